namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// The robust distance loss of label-embedding training for one label: over its points i, Σ_i log(1 + ‖embedding − documents[i]‖²),
    /// gradient = scale · Σ_i 2 (embedding − documents[i]) / (1 + ‖embedding − documents[i]‖²). Points are gathered on the fly.
    /// </summary>
    /// <param name="embedding">[dim], φ(l).</param>
    /// <param name="points">Rows of <paramref name="documents"/>.</param>
    /// <param name="documents">[pointCount, documentStride].</param>
    /// <param name="gradient">[dim], overwritten.</param>
    /// <returns>The loss, not scaled.</returns>
    public abstract double ProxyLoss(
        ReadOnlySpan<float> embedding, ReadOnlySpan<int> points, ReadOnlySpan<float> documents, int documentStride,
        int dim, float scale, Span<float> gradient);
}
