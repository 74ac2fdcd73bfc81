using LightDxml.Data;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>A kernel set of this processor.</summary>
internal sealed class CpuBackend(KernelSet kernels) : IGpuBackend
{
    public void InnerProductTopK(DenseMatrix queries, DenseMatrix labels, int k, Span<int> topRows, Span<float> topScores) =>
        kernels.InnerProductTopK(
            queries.Span, queries.RowCount, queries.Stride, labels.Span, labels.RowCount, labels.Stride, queries.Dimensions, k,
            new float[kernels.InnerProductTopKScratch(queries.RowCount, labels.RowCount, queries.Dimensions, k)], topRows, topScores);

    public void NormalizeRows(DenseMatrix rows) => kernels.NormalizeRows(rows.Span, rows.RowCount, rows.Dimensions, rows.Stride, rows.Span);

    public void LabelCentroids(ReadOnlySpan<int> offsets, ReadOnlySpan<int> points, DenseMatrix documents, DenseMatrix centroids) =>
        kernels.LabelCentroids(offsets, points, documents.Span, documents.Stride, documents.Dimensions, centroids.Span, centroids.Stride);
}
