namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// Binary cross-entropy of one document over its shortlist, forward and backward to the document:
    /// t_j = ⟨document, classifier[shortlist[j]]⟩; y_j = 1 for j &lt; positiveCount, else 0; w_j is a positive's weight, and 1 of the others;
    /// slotGradients[j] = scale · w_j · (σ(t_j) − y_j); documentGradient = Σ_j slotGradients[j] · classifier[shortlist[j]].
    /// </summary>
    /// <param name="document">[dim].</param>
    /// <param name="classifier">[labels, stride].</param>
    /// <param name="shortlist">[width] label rows, positives first; no padding.</param>
    /// <param name="positiveWeights">[positiveCount], or empty where every positive weighs 1.</param>
    /// <param name="slotGradients">[width], overwritten.</param>
    /// <param name="documentGradient">[dim], overwritten.</param>
    /// <returns>scale · Σ_j w_j · BCE(t_j, y_j) when <paramref name="wantLoss"/>, else 0.</returns>
    public abstract double ShortlistLoss(
        ReadOnlySpan<float> document, ReadOnlySpan<float> classifier, int dim, int stride,
        ReadOnlySpan<int> shortlist, int positiveCount, ReadOnlySpan<float> positiveWeights, float scale, bool wantLoss,
        Span<float> slotGradients, Span<float> documentGradient);
}
