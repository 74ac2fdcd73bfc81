namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void InnerProducts(
        ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride,
        int dim, Span<float> products, int productStride)
    {
        for (var q = 0; q < queryCount; q++)
        {
            for (var l = 0; l < labelCount; l++)
                products[q * productStride + l] = Dot(queries.Slice(q * queryStride, dim), labels.Slice(l * labelStride, dim));
        }
    }
}
