using LightDxml.Data;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>The operations that GPUs have too, over one backend: what a test body runs on.</summary>
internal interface IGpuBackend
{
    void InnerProductTopK(DenseMatrix queries, DenseMatrix labels, int k, Span<int> topRows, Span<float> topScores);

    void NormalizeRows(DenseMatrix rows);

    void LabelCentroids(ReadOnlySpan<int> offsets, ReadOnlySpan<int> points, DenseMatrix documents, DenseMatrix centroids);
}
