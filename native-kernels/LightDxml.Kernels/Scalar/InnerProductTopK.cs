namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override int InnerProductTopKScratch(int queryCount, int labelCount, int dim, int k) => labelCount;

    public override void InnerProductTopK(
        ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride,
        int dim, int k, Span<float> scratch, Span<int> topRows, Span<float> topScores)
    {
        var products = scratch[..labelCount];
        for (var q = 0; q < queryCount; q++)
        {
            for (var l = 0; l < labelCount; l++)
                products[l] = Dot(queries.Slice(q * queryStride, dim), labels.Slice(l * labelStride, dim));
            TopK(products, topRows.Slice(q * k, k), topScores.Slice(q * k, k));
        }
    }
}
