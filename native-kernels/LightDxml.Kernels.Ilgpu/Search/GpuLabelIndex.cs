using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>
/// Compares a document with every label on a GPU: exact up to the rounding of sums. The label embeddings are uploaded once;
/// documents are streamed. One search runs at a time; others wait. A search of one document is a round trip to the device and
/// allocates a little.
/// </summary>
internal sealed class GpuLabelIndex : ILabelIndex, IDisposable
{
    private readonly GpuDevice _device;
    private readonly DeviceArena _labels;
    private readonly QueryStream _queries;

    /// <param name="labelEmbeddings">[labels, dimensions]; copied.</param>
    /// <exception cref="LightDxmlException">The device's memory does not hold the label embeddings, or the device fails.</exception>
    public GpuLabelIndex(GpuDevice device, DenseMatrix labelEmbeddings)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        _device = device;
        (LabelCount, Dimensions) = (labelEmbeddings.RowCount, labelEmbeddings.Dimensions);
        int labelCount = LabelCount, stride = labelEmbeddings.Stride;
        _labels = new DeviceArena(device);
        lock (device.Gate)
        {
            var rows = _labels.Filled(() => _labels.Upload<float>(labelEmbeddings.Span, "label embeddings"));
            _queries = new QueryStream(
                device, new SearchShape(stride, labelCount),
                (arena, plan, width) => new ExactSearch(arena, plan.Queries, plan.Columns, width, rows, labelCount, stride));
        }
    }

    public string Name => "gpu";

    public int LabelCount { get; }

    public int Dimensions { get; }

    /// <summary>The blocks of the latest search.</summary>
    internal SearchPlan Plan => _queries.Plan;

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        ShortlistArguments.Check(documents, shortlist, Dimensions);
        Search(documents.Span, documents.RowCount, shortlist.Width, shortlist.Labels(0, documents.RowCount), shortlist.Scores(0, documents.RowCount));
    }

    public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities)
    {
        ShortlistArguments.Check(document, labels, similarities, Dimensions);
        Search(Padded(document), 1, labels.Length, labels, similarities);
    }

    public void Dispose()
    {
        lock (_device.Gate)
        {
            _queries.Dispose();
            _labels.Dispose();
        }
    }

    /// <summary>A document, as long as the rows of a matrix are.</summary>
    internal static float[] Padded(ReadOnlySpan<float> document)
    {
        var padded = new float[DenseMatrix.StrideOf(document.Length)];
        document.CopyTo(padded);
        return padded;
    }

    private void Search(ReadOnlySpan<float> queries, int count, int width, Span<int> labels, Span<float> similarities)
    {
        lock (_device.Gate)
            _queries.Search(queries, count, width, labels, similarities);
    }
}
