using ILGPU.Runtime;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels.Clustering;
using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>
/// An inverted file on a GPU: labels are clustered when the index is built, and a document is compared with the labels of the
/// clusters whose centroids are nearest. Approximate: a near label in a far cluster is missed; the similarities of the labels
/// that are found are those of <see cref="GpuLabelIndex"/>, bit for bit. One search runs at a time; others wait.
/// </summary>
internal sealed class GpuIvfLabelIndex : ILabelIndex, IDisposable
{
    /// <summary>Rows that are copied to the device at once when they are put in order.</summary>
    private const int RowsAtOnce = 4096;

    private readonly GpuDevice _device;
    private readonly DeviceArena _labels;
    private readonly InvertedLists _rows;
    private readonly IvfLists _lists;
    private readonly QueryStream _queries;

    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; copied.</param>
    /// <exception cref="LightDxmlException">The device's memory does not hold the label embeddings, or the device fails.</exception>
    /// <exception cref="OptionsException">An option is out of its range.</exception>
    public GpuIvfLabelIndex(GpuDevice device, DenseMatrix labelEmbeddings, IvfOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _device = device;
        (LabelCount, Dimensions) = (labelEmbeddings.RowCount, labelEmbeddings.Dimensions);
        Clusters = options.ClustersFor(LabelCount);
        Probes = options.ProbesFor(Clusters, LabelCount);
        _labels = new DeviceArena(device);
        lock (device.Gate)
        {
            (_rows, _lists) = _labels.Filled(() => Build(labelEmbeddings, options));
            _queries = QueriesOf(Probes);
        }
    }

    public string Name => "gpu-ivf";

    public int LabelCount { get; }

    public int Dimensions { get; }

    /// <summary>Lists that the labels are shared out among.</summary>
    public int Clusters { get; }

    /// <summary>Lists that a search looks through, or more where those hold too few labels.</summary>
    public int Probes { get; }

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        ShortlistArguments.Check(documents, shortlist, Dimensions);
        Search(documents.Span, documents.RowCount, shortlist.Width, shortlist.Labels(0, documents.RowCount), shortlist.Scores(0, documents.RowCount));
    }

    public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities)
    {
        ShortlistArguments.Check(document, labels, similarities, Dimensions);
        Search(GpuLabelIndex.Padded(document), 1, labels.Length, labels, similarities);
    }

    public void Dispose()
    {
        lock (_device.Gate)
        {
            _queries.Dispose();
            _labels.Dispose();
        }
    }

    /// <summary>Looks through the nearest lists; for queries whose lists hold fewer labels than are asked for, through twice as many.</summary>
    /// <param name="queries">[count, stride].</param>
    private void Search(ReadOnlySpan<float> queries, int count, int width, Span<int> labels, Span<float> similarities)
    {
        lock (_device.Gate)
        {
            _queries.Search(queries, count, width, labels, similarities);
            for (var probes = Probes; probes < Clusters && Unfilled(labels, count, width) is { Length: > 0 } unfilled;)
            {
                probes = (int)Math.Min(2L * probes, Clusters);
                SearchAgain(unfilled, probes, queries, width, labels, similarities);
            }
        }
    }

    /// <summary>The queries that have fewer labels than they could have.</summary>
    private int[] Unfilled(ReadOnlySpan<int> labels, int count, int width)
    {
        var most = Math.Min(width, LabelCount);
        var unfilled = new List<int>();
        for (var query = 0; most > 0 && query < count; query++)
        {
            if (labels[query * width + most - 1] < 0)
                unfilled.Add(query);
        }

        return [.. unfilled];
    }

    private void SearchAgain(int[] unfilled, int probes, ReadOnlySpan<float> queries, int width, Span<int> labels, Span<float> similarities)
    {
        // The blocks of the usual search may hold all that is free; the next one makes its own again.
        _queries.Dispose();
        var stride = _lists.Stride;
        var again = new float[unfilled.Length * stride];
        for (var i = 0; i < unfilled.Length; i++)
            queries.Slice(unfilled[i] * stride, stride).CopyTo(again.AsSpan(i * stride));
        var (found, scores) = (new int[unfilled.Length * width], new float[unfilled.Length * width]);
        using (var search = QueriesOf(probes))
            search.Search(again, unfilled.Length, width, found, scores);
        for (var i = 0; i < unfilled.Length; i++)
        {
            found.AsSpan(i * width, width).CopyTo(labels[(unfilled[i] * width)..]);
            scores.AsSpan(i * width, width).CopyTo(similarities[(unfilled[i] * width)..]);
        }
    }

    /// <summary>A search through so many lists.</summary>
    private QueryStream QueriesOf(int probes)
    {
        var (lists, capacity) = (_lists with { Probes = probes }, _rows.MostRows(probes));
        return new QueryStream(
            _device, new SearchShape(lists.Stride, capacity, WholeColumns: true, Clusters, probes),
            (arena, plan, width) => new IvfSearch(arena, plan.Queries, capacity, width, lists));
    }

    /// <summary>Clusters the labels and puts them on the device, list after list.</summary>
    private (InvertedLists Rows, IvfLists Lists) Build(DenseMatrix labelEmbeddings, IvfOptions options)
    {
        var stride = labelEmbeddings.Stride;
        var clustering = new GpuSphericalKMeans(_labels, Clusters, stride);
        var lists = LabelCount > 0
            ? clustering.Cluster(labelEmbeddings, options)
            : InvertedLists.From([], Clusters);
        var labels = _labels.Allocate<float>((long)LabelCount * stride, "label embeddings");
        var rows = new DenseMatrix(Math.Min(RowsAtOnce, Math.Max(1, LabelCount)), Dimensions);
        for (var first = 0; first < LabelCount; first += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, LabelCount - first);
            for (var i = 0; i < count; i++)
                labelEmbeddings.Row(lists.Order[first + i]).CopyTo(rows.Row(i));
            labels.SubView((long)first * stride, (long)count * stride).CopyFromCPU(_device.Accelerator.DefaultStream, rows.Rows(0, count));
        }

        var order = _labels.Upload<int>(lists.Order, "label rows");
        var offsets = _labels.Upload<int>(lists.Offsets, "list offsets");
        return (lists, new IvfLists(clustering.Centroids, labels, order, offsets, Clusters, Probes, stride));
    }
}
