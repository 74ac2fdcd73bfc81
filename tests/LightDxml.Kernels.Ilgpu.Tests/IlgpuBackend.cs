using ILGPU.Runtime;
using LightDxml.Data;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Kernels.Ilgpu.Search;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>A device of ILGPU: arguments are copied in, results out.</summary>
internal sealed class IlgpuBackend(GpuDevice device) : IGpuBackend
{
    private AcceleratorStream Stream => device.Accelerator.DefaultStream;

    public void InnerProductTopK(DenseMatrix queries, DenseMatrix labels, int k, Span<int> topRows, Span<float> topScores)
    {
        var ranked = new RankedLabels(queries.RowCount, labels.RowCount, k);
        using var index = new GpuLabelIndex(device, labels);
        index.Search(queries, ranked, 1);
        ranked.Labels(0, queries.RowCount).CopyTo(topRows);
        ranked.Scores(0, queries.RowCount).CopyTo(topScores);
    }

    public void NormalizeRows(DenseMatrix rows)
    {
        lock (device.Gate)
        {
            using var arena = new DeviceArena(device);
            var view = arena.Upload<float>(rows.Span, "the rows");
            device.Kernels.NormalizeRows(Stream, (rows.RowCount, device.GroupSize), view, rows.Stride);
            view.CopyToCPU(Stream, rows.Span);
        }
    }

    public void LabelCentroids(ReadOnlySpan<int> offsets, ReadOnlySpan<int> points, DenseMatrix documents, DenseMatrix centroids)
    {
        lock (device.Gate)
        {
            using var arena = new DeviceArena(device);
            var view = arena.Allocate<float>(centroids.Span.Length, "the centroids");
            device.Kernels.LabelCentroids(
                Stream, (centroids.RowCount, device.GroupSize), arena.Upload(offsets, "the offsets"), arena.Upload(points, "the points"),
                arena.Upload<float>(documents.Span, "the documents"), view, documents.Stride);
            view.CopyToCPU(Stream, centroids.Span);
        }
    }
}
