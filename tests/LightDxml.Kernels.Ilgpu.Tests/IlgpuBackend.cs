using LightDxml.Data;
using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>A device of ILGPU.</summary>
internal sealed class IlgpuBackend(GpuDevice device) : IGpuBackend
{
    private readonly GpuOperations _operations = new(device);

    public void InnerProductTopK(DenseMatrix queries, DenseMatrix labels, int k, Span<int> topRows, Span<float> topScores) =>
        _operations.InnerProductTopK(queries, labels, k, topRows, topScores);

    public void NormalizeRows(DenseMatrix rows) => _operations.NormalizeRows(rows);

    public void LabelCentroids(ReadOnlySpan<int> offsets, ReadOnlySpan<int> points, DenseMatrix documents, DenseMatrix centroids) =>
        _operations.LabelCentroids(offsets, points, documents, centroids);

    public void ProxyLoss(
        DenseMatrix embeddings, ReadOnlySpan<int> offsets, ReadOnlySpan<int> points, DenseMatrix documents, ReadOnlySpan<float> scales,
        Span<float> losses, DenseMatrix gradients) =>
        _operations.ProxyLoss(embeddings, offsets, points, documents, scales, losses, gradients);
}
