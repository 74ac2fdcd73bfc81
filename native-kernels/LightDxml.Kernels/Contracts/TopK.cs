namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// The k largest of <paramref name="scores"/>, best first; ties go to the lower index, NaN is never selected. With
    /// fewer than k selectable scores the remaining indices are −1 and their scores −∞.
    /// </summary>
    /// <param name="scores">[n].</param>
    /// <param name="topIndices">[k].</param>
    /// <param name="topScores">[k].</param>
    public abstract void TopK(ReadOnlySpan<float> scores, Span<int> topIndices, Span<float> topScores);
}
