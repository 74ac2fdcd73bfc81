namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// For each query q the k rows l of <paramref name="labels"/> with the largest ⟨queries[q], labels[l]⟩, best first,
    /// ties to the lower row; fewer than k rows leave −1 and −∞ behind, NaN products are never selected.
    /// </summary>
    /// <param name="queries">[queryCount, queryStride].</param>
    /// <param name="labels">[labelCount, labelStride].</param>
    /// <param name="scratch">At least <see cref="InnerProductTopKScratch"/>(queryCount, labelCount, dim, k) floats, contents lost.</param>
    /// <param name="topRows">[queryCount, k].</param>
    /// <param name="topScores">[queryCount, k].</param>
    public abstract void InnerProductTopK(
        ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride,
        int dim, int k, Span<float> scratch, Span<int> topRows, Span<float> topScores);

    /// <summary>Floats of scratch that <see cref="InnerProductTopK"/> needs.</summary>
    public abstract int InnerProductTopKScratch(int queryCount, int labelCount, int dim, int k);
}
