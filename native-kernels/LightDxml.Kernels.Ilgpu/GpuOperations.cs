using ILGPU.Runtime;
using LightDxml.Data;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Kernels.Ilgpu.Search;

namespace LightDxml.Kernels.Ilgpu;

/// <summary>
/// The device's kernels over data of this machine: arguments are copied in, results out, as <see cref="KernelSet"/> defines
/// them, but for the rounding of sums. For batches large enough to be worth the copies.
/// </summary>
internal sealed class GpuOperations(GpuDevice device)
{
    /// <summary>For each query the k labels of largest inner product, best first, ties to the lower row.</summary>
    /// <param name="topRows">[queries, k], −1 where there is none.</param>
    /// <param name="topScores">[queries, k], −∞ where there is none.</param>
    /// <exception cref="LightDxmlException">The device has too little memory.</exception>
    public void InnerProductTopK(DenseMatrix queries, DenseMatrix labels, int k, Span<int> topRows, Span<float> topScores)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var ranked = new RankedLabels(queries.RowCount, labels.RowCount, k);
        using var index = new GpuLabelIndex(device, labels);
        index.Search(queries, ranked, 1);
        ranked.Labels(0, queries.RowCount).CopyTo(topRows);
        ranked.Scores(0, queries.RowCount).CopyTo(topScores);
    }

    /// <summary>rows[r] = rows[r] / ‖rows[r]‖₂; a row of zeros stays zeros.</summary>
    /// <exception cref="LightDxmlException">The device has too little memory.</exception>
    public void NormalizeRows(DenseMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.RowCount == 0)
            return;
        lock (device.Gate)
        {
            using var arena = new DeviceArena(device);
            var stream = device.Accelerator.DefaultStream;
            var view = arena.Upload<float>(rows.Span, "the rows");
            device.Kernels.NormalizeRows(stream, (rows.RowCount, device.GroupSize), view, rows.Stride);
            view.CopyToCPU(stream, rows.Span);
        }
    }

    /// <summary>centroids[l] = mean of documents[i] over the points i of label l; a label without points gets 0.</summary>
    /// <param name="offsets">[labels + 1], into <paramref name="points"/>.</param>
    /// <param name="points">Rows of <paramref name="documents"/>, label after label.</param>
    /// <param name="centroids">[labels, dimensions], overwritten.</param>
    /// <exception cref="LightDxmlException">The device has too little memory.</exception>
    public void LabelCentroids(ReadOnlySpan<int> offsets, ReadOnlySpan<int> points, DenseMatrix documents, DenseMatrix centroids)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(centroids);
        Check(offsets, documents, centroids);
        if (centroids.RowCount == 0)
            return;
        lock (device.Gate)
        {
            using var arena = new DeviceArena(device);
            var stream = device.Accelerator.DefaultStream;
            var view = arena.Allocate<float>(centroids.Span.Length, "the centroids");
            device.Kernels.LabelCentroids(
                stream, (centroids.RowCount, device.GroupSize), arena.Upload(offsets, "the offsets"), arena.Upload(points, "the points"),
                arena.Upload<float>(documents.Span, "the documents"), view, documents.Stride);
            view.CopyToCPU(stream, centroids.Span);
        }
    }

    /// <summary>
    /// The robust distance loss of a batch of labels: losses[l] = Σ_i log(1 + ‖e_l − x_i‖²) over the label's points i, and its
    /// gradient scales[l] · Σ_i 2 (e_l − x_i) / (1 + ‖e_l − x_i‖²).
    /// </summary>
    /// <param name="embeddings">[labels, dimensions].</param>
    /// <param name="offsets">[labels + 1], into <paramref name="points"/>.</param>
    /// <param name="points">Rows of <paramref name="documents"/>, label after label.</param>
    /// <param name="scales">[labels].</param>
    /// <param name="losses">[labels], overwritten.</param>
    /// <param name="gradients">[labels, dimensions], overwritten.</param>
    /// <exception cref="LightDxmlException">The device has too little memory.</exception>
    public void ProxyLoss(
        DenseMatrix embeddings, ReadOnlySpan<int> offsets, ReadOnlySpan<int> points, DenseMatrix documents, ReadOnlySpan<float> scales,
        Span<float> losses, DenseMatrix gradients)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(gradients);
        Check(offsets, documents, embeddings);
        Check(offsets, documents, gradients);
        if (embeddings.RowCount == 0)
            return;
        lock (device.Gate)
        {
            using var arena = new DeviceArena(device);
            var stream = device.Accelerator.DefaultStream;
            var lossView = arena.Allocate<float>(losses.Length, "the losses");
            var gradientView = arena.Allocate<float>(gradients.Span.Length, "the gradients");
            device.Kernels.ProxyLoss(
                stream, (embeddings.RowCount, device.GroupSize), arena.Upload<float>(embeddings.Span, "the label embeddings"),
                arena.Upload(offsets, "the offsets"), arena.Upload(points, "the points"), arena.Upload<float>(documents.Span, "the documents"),
                arena.Upload(scales, "the scales"), lossView, gradientView, embeddings.Stride);
            lossView.CopyToCPU(stream, losses);
            gradientView.CopyToCPU(stream, gradients.Span);
        }
    }

    private static void Check(ReadOnlySpan<int> offsets, DenseMatrix documents, DenseMatrix labels)
    {
        if (offsets.Length != labels.RowCount + 1)
            throw new ArgumentException($"There are {offsets.Length} offsets for {labels.RowCount} labels.", nameof(offsets));
        if (documents.Dimensions != labels.Dimensions)
            throw new ArgumentException($"The documents have {documents.Dimensions} dimensions, the labels {labels.Dimensions}.", nameof(documents));
    }
}
