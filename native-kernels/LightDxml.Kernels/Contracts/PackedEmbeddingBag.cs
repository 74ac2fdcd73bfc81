namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>
    /// bag[0..dim) = Σ_j weights[j] · scales[i_j] · rows[i_j, 0..dim) with i = indices, summed in order of j: an embedding bag
    /// over rows of four bits. Gives the same bits as <see cref="EmbeddingBag"/> over the rows unpacked and scaled, where
    /// integer · scale is exact.
    /// </summary>
    /// <param name="rows">[rowCount, PackedNibbles.Width(dim)], laid out as <see cref="PackedNibbles"/> says.</param>
    /// <param name="scales">[rowCount].</param>
    /// <param name="bag">[PackedNibbles.PaddedColumns(dim)], overwritten; must not alias an input.</param>
    public abstract void PackedEmbeddingBag(
        ReadOnlySpan<int> indices, ReadOnlySpan<float> weights, ReadOnlySpan<byte> rows, ReadOnlySpan<float> scales, int dim, Span<float> bag);
}
