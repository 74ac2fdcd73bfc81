using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>
/// centroids[l] = mean of documents[i] over the points i of label l, summed in their order; a label without points gets 0.
/// A group a label, a thread a column.
/// </summary>
internal static class LabelCentroids
{
    /// <param name="offsets">[labels + 1], into <paramref name="points"/>.</param>
    /// <param name="points">Point rows, label after label.</param>
    /// <param name="documents">[points, stride].</param>
    /// <param name="centroids">[labels, stride], overwritten.</param>
    public static void Run(ArrayView<int> offsets, ArrayView<int> points, ArrayView<float> documents, ArrayView<float> centroids, int stride)
    {
        int start = offsets[Grid.IdxX], end = offsets[Grid.IdxX + 1];
        for (var c = Group.IdxX; c < stride; c += Group.DimX)
        {
            var sum = 0f;
            for (var j = start; j < end; j++)
                sum += documents[(long)points[j] * stride + c];
            centroids[(long)Grid.IdxX * stride + c] = end > start ? sum / (end - start) : 0f;
        }
    }
}
