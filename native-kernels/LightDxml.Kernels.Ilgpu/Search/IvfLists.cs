using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>The label embeddings of an inverted file on the device, list after list.</summary>
/// <param name="Centroids">[clusters, stride].</param>
/// <param name="Labels">[labels, stride].</param>
/// <param name="Order">[labels], the label row at each place of the lists.</param>
/// <param name="Offsets">[clusters + 1].</param>
internal sealed record IvfLists(
    ArrayView<float> Centroids, ArrayView<float> Labels, ArrayView<int> Order, ArrayView<int> Offsets, int Clusters, int Probes, int Stride);
