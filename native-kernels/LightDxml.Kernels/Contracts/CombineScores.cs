namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>scores[j] = β σ(logits[j]) + (1 − β) σ(similarities[j]), LightDXML's prediction score; −∞ logits give −∞.</summary>
    /// <param name="scores">[n], may be one of the inputs.</param>
    public abstract void CombineScores(ReadOnlySpan<float> logits, ReadOnlySpan<float> similarities, float beta, Span<float> scores);
}
