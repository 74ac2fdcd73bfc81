namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void RowAdam(
        ReadOnlySpan<int> touchedRows, ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> sources, int dim, int stride, AdamStep step,
        Span<float> parameters, Span<float> firstMoments, Span<float> secondMoments)
    {
        for (var t = 0; t < touchedRows.Length; t++)
        {
            for (var c = 0; c < dim; c++)
            {
                var gradient = 0f;
                for (var j = offsets[t]; j < offsets[t + 1]; j++)
                    gradient += weights[j] * sources[indices[j] * stride + c];
                var at = touchedRows[t] * stride + c;
                AdamElement(gradient, step, ref parameters[at], ref firstMoments[at], ref secondMoments[at]);
            }
        }
    }
}
