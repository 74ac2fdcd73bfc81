namespace LightDxml.Kernels;

internal abstract partial class KernelSet
{
    /// <summary>centroids[l, 0..dim) = mean of documents[i, 0..dim) over the points i of label l, summed in their order; a label without points gets 0.</summary>
    /// <param name="offsets">[labels + 1], into <paramref name="points"/>.</param>
    /// <param name="points">Point rows, label after label.</param>
    /// <param name="documents">[pointCount, documentStride].</param>
    /// <param name="centroids">[labels, centroidStride], columns 0..dim overwritten.</param>
    public abstract void LabelCentroids(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> points,
        ReadOnlySpan<float> documents, int documentStride, int dim, Span<float> centroids, int centroidStride);
}
