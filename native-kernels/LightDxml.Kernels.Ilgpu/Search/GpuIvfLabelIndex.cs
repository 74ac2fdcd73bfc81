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
    private readonly QueryStream _queries;

    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; copied.</param>
    /// <exception cref="LightDxmlException">The device's memory does not hold the label embeddings.</exception>
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
            try
            {
                var (lists, capacity) = Build(labelEmbeddings, options);
                _queries = new QueryStream(
                    device, new SearchShape(lists.Stride, capacity, WholeColumns: true, Clusters, Probes),
                    (arena, plan, width) => new IvfSearch(arena, plan.Queries, capacity, width, lists));
            }
            catch
            {
                _labels.Dispose();
                throw;
            }
        }
    }

    public string Name => "gpu-ivf";

    public int LabelCount { get; }

    public int Dimensions { get; }

    /// <summary>Lists that the labels are shared out among.</summary>
    public int Clusters { get; }

    /// <summary>Lists that a search looks through.</summary>
    public int Probes { get; }

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        ShortlistArguments.Check(documents, shortlist, Dimensions);
        lock (_device.Gate)
        {
            _queries.Search(
                documents.Span, documents.RowCount, shortlist.Width, shortlist.Labels(0, documents.RowCount), shortlist.Scores(0, documents.RowCount));
        }
    }

    public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities)
    {
        ShortlistArguments.Check(document, labels, similarities, Dimensions);
        GpuLabelIndex.SearchOne(_device, _queries, document, labels, similarities);
    }

    public void Dispose()
    {
        lock (_device.Gate)
        {
            _queries.Dispose();
            _labels.Dispose();
        }
    }

    /// <summary>Clusters the labels and puts them on the device, list after list.</summary>
    private (IvfLists Lists, int Capacity) Build(DenseMatrix labelEmbeddings, IvfOptions options)
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
        return (new IvfLists(clustering.Centroids, labels, order, offsets, Clusters, Probes, stride), lists.MostRows(Probes));
    }
}
