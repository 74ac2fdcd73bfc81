namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>logits[j] = ⟨document[0..dim), classifier[shortlist[j], 0..dim)⟩; padding slots (−1) get −∞.</summary>
    /// <param name="document">[dim].</param>
    /// <param name="classifier">[labels, stride].</param>
    /// <param name="shortlist">[width] label rows.</param>
    /// <param name="logits">[width], overwritten; must not alias an input.</param>
    public abstract void ShortlistLogits(
        ReadOnlySpan<float> document, ReadOnlySpan<float> classifier, int dim, int stride, ReadOnlySpan<int> shortlist, Span<float> logits);
}
