namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    public override void RowAdam(
        ReadOnlySpan<int> touchedRows, ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> sources, int dim, int stride, AdamStep step,
        Span<float> parameters, Span<float> firstMoments, Span<float> secondMoments)
    {
        var gradient = stackalloc float[dim];
        fixed (int* index = indices)
        fixed (float* weight = weights, source = sources, parameter = parameters, first = firstMoments, second = secondMoments)
        {
            for (var t = 0; t < touchedRows.Length; t++)
            {
                if (t + 1 < touchedRows.Length)
                    PrefetchRows(touchedRows[t + 1] * (long)stride, dim, parameter, first, second);
                GatherSum(index + offsets[t], weight + offsets[t], offsets[t + 1] - offsets[t], source, dim, stride, gradient);
                var row = touchedRows[t] * (long)stride;
                AdamRow(gradient, dim, step, parameter + row, first + row, second + row);
            }
        }
    }

    private static void PrefetchRows(long start, int dim, float* parameters, float* first, float* second)
    {
        PrefetchRow(parameters + start, dim);
        PrefetchRow(first + start, dim);
        PrefetchRow(second + start, dim);
    }
}
