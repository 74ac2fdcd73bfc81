namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>bags[r, 0..dim) = Σ_{j ∈ [offsets[r], offsets[r+1])} weights[j] · rows[indices[j], 0..dim), summed in order of j.</summary>
    /// <param name="offsets">[bagCount + 1], into <paramref name="indices"/> and <paramref name="weights"/>.</param>
    /// <param name="rows">[rowCount, stride].</param>
    /// <param name="bags">[bagCount, stride], columns 0..dim overwritten; must not alias an input.</param>
    public abstract void EmbeddingBag(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> rows, int dim, int stride, Span<float> bags);
}
