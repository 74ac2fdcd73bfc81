namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void RowRmsProp(
        ReadOnlySpan<int> touchedRows, ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> sources, int dim, int stride, RowRmsStep step, Span<float> parameters, Span<float> states)
    {
        var gradient = new float[dim];
        for (var t = 0; t < touchedRows.Length; t++)
        {
            var squares = 0f;
            for (var c = 0; c < dim; c++)
            {
                gradient[c] = 0;
                for (var j = offsets[t]; j < offsets[t + 1]; j++)
                    gradient[c] += weights[j] * sources[indices[j] * stride + c];
                squares += gradient[c] * gradient[c];
            }

            var move = step.Advance(squares, states.Slice(touchedRows[t] * 2, 2));
            for (var c = 0; c < dim; c++)
                parameters[touchedRows[t] * stride + c] -= move * gradient[c];
        }
    }
}
