using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    public override void RowRmsProp(
        ReadOnlySpan<int> touchedRows, ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> sources, int dim, int stride, RowRmsStep step, Span<float> parameters, Span<float> states)
    {
        var gradient = stackalloc float[dim];
        fixed (int* index = indices)
        fixed (float* weight = weights, source = sources, parameter = parameters)
        {
            for (var t = 0; t < touchedRows.Length; t++)
            {
                if (t + 1 < touchedRows.Length)
                    PrefetchRow(parameter + touchedRows[t + 1] * (long)stride, dim);
                GatherSum(index + offsets[t], weight + offsets[t], offsets[t + 1] - offsets[t], source, dim, stride, gradient);
                var move = step.Advance(SumOfSquares(gradient, dim), states.Slice(touchedRows[t] * 2, 2));
                AddScaled(-move, gradient, dim, parameter + touchedRows[t] * (long)stride);
            }
        }
    }

    private static float SumOfSquares(float* values, int length)
    {
        var squares = Vector512<float>.Zero;
        var i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            var v = Vector512.Load(values + i);
            squares = Vector512.FusedMultiplyAdd(v, v, squares);
        }

        var sum = Vector512.Sum(squares);
        for (; i < length; i++)
            sum = MathF.FusedMultiplyAdd(values[i], values[i], sum);
        return sum;
    }
}
