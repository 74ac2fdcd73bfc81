namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// products[q, l] = ⟨queries[q], labels[l]⟩, each summed alike whatever queries and labels are given with it: the bits that
    /// <see cref="InnerProductTopK"/> ranks by.
    /// </summary>
    /// <param name="queries">[queryCount, queryStride].</param>
    /// <param name="labels">[labelCount, labelStride].</param>
    /// <param name="products">
    /// [queryCount, productStride], the stride at least labelCount rounded up to 16; what lies behind labelCount is lost. Must not alias an input.
    /// </param>
    public abstract void InnerProducts(
        ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride,
        int dim, Span<float> products, int productStride);
}
