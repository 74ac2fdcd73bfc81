using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Kernels.Clustering;

namespace LightDxml.Indexes;

/// <summary>
/// An inverted file: labels are clustered when the index is built, and a document is compared with the labels of the clusters
/// whose centroids are nearest. Approximate: a near label in a far cluster is missed; the similarities of the labels that are
/// found are those of <see cref="ExactLabelIndex"/>, bit for bit. It is built in a fraction of a graph's time, and documents that
/// are searched together read a cluster's labels once, as one matrix product.
/// </summary>
public sealed partial class IvfLabelIndex : ILabelIndex
{
    private readonly KernelSet _kernels;
    private readonly DenseMatrix _centroids;
    private readonly DenseMatrix _labels;
    private readonly InvertedLists _lists;

    /// <summary>Whether a search that has looked through enough labels leaves out what lists are left; not where their number is set.</summary>
    private readonly bool _bounded;

    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; copied.</param>
    /// <exception cref="OptionsException">An option is out of its range.</exception>
    public IvfLabelIndex(DenseMatrix labelEmbeddings, IvfOptions options, KernelSet kernels, int threads)
    {
        ArgumentNullException.ThrowIfNull(labelEmbeddings);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(kernels);
        options.Validate();
        _kernels = kernels;
        var clusters = options.ClustersFor(labelEmbeddings.RowCount);
        (_centroids, _lists) = labelEmbeddings.RowCount > 0
            ? options.Cluster(labelEmbeddings, clusters, kernels, threads)
            : (new DenseMatrix(clusters, labelEmbeddings.Dimensions), InvertedLists.From([], clusters));
        if (options.Clusters == 0)
            (_centroids, _lists) = LongLists.Split(labelEmbeddings, _centroids, _lists, options, kernels, threads);
        Clusters = _lists.Count;
        Probes = options.ProbesFor(Clusters, labelEmbeddings.RowCount);
        _bounded = options.Probes == 0;
        _labels = labelEmbeddings.SelectRows(_lists.Order);
    }

    private IvfLabelIndex(IvfLabelIndex other, int probes)
    {
        (_kernels, _centroids, _labels, _lists) = (other._kernels, other._centroids, other._labels, other._lists);
        (Clusters, Probes) = (other.Clusters, Math.Clamp(probes, 1, other.Clusters));
    }

    public string Name => "ivf";

    public int LabelCount => _labels.RowCount;

    public int Dimensions => _labels.Dimensions;

    /// <summary>Lists that the labels are shared out among.</summary>
    public int Clusters { get; }

    /// <summary>Lists that a search looks through.</summary>
    public int Probes { get; }

    /// <summary>Labels of the longest list.</summary>
    internal int LongestList => _lists.MostRows(1);

    /// <summary>The same lists, of which a search looks through another number.</summary>
    public IvfLabelIndex WithProbes(int probes) => new(this, probes);

    public void Search(ReadOnlySpan<float> document, Span<int> labels, Span<float> similarities)
    {
        ShortlistArguments.Check(document, labels, similarities, Dimensions);
        var scratch = ThreadScratch.Ivf;
        scratch.ReserveQueries(1, _labels.Stride);
        var query = scratch.Queries.AsSpan(0, _labels.Stride);
        document.CopyTo(query);
        query[document.Length..].Clear();
        SearchOne(query, labels, similarities, scratch);
    }

    /// <summary>
    /// Looks through the nearest lists; where they hold fewer labels than are asked for, through twice as many. The query's own
    /// lists follow each other in the candidates, so that nothing has to be put in order.
    /// </summary>
    /// <param name="query">[stride]; must not be a part of the scratch but its queries.</param>
    private void SearchOne(ReadOnlySpan<float> query, Span<int> labels, Span<float> similarities, IvfScratch scratch)
    {
        for (var probes = Probes; ; probes = (int)Math.Min(2L * probes, Clusters))
        {
            scratch.ReserveProbes(1, probes);
            FindLists(query, 1, probes, scratch);
            var lists = scratch.Probes.AsSpan(0, probes);
            var starts = scratch.Starts.AsSpan(0, probes + 1);
            var candidates = Place(lists, starts, 0, labels.Length);
            if (candidates < labels.Length && probes < Clusters)
                continue;
            scratch.ReserveCandidates(candidates);
            for (var p = 0; p < probes; p++)
            {
                // A product may write up to 15 places further, where the next list's products come.
                var length = starts[p + 1] - starts[p];
                if (length > 0)
                    Products(query, 1, lists[p], 0, length, scratch.Candidates.AsSpan(starts[p]), (length + 15) / 16 * 16);
            }

            Rank(lists, starts, labels, similarities, scratch);
            return;
        }
    }

    /// <summary>products[q, l] = ⟨queries[q], the list's labels from <paramref name="first"/> on⟩.</summary>
    private void Products(ReadOnlySpan<float> queries, int count, int list, int first, int length, Span<float> products, int productStride)
    {
        var stride = _labels.Stride;
        _kernels.InnerProducts(
            queries, count, stride, _labels.Rows(_lists.Offsets[list] + first, length), length, stride, stride, products, productStride);
    }

    /// <summary>The lists of the nearest centroids into <see cref="IvfScratch.Probes"/>, [count, probes], nearest first, −1 for queries with NaN.</summary>
    private void FindLists(ReadOnlySpan<float> queries, int count, int probes, IvfScratch scratch)
    {
        var stride = _centroids.Stride;
        _kernels.InnerProductTopK(
            queries, count, stride, _centroids.Span, Clusters, stride, stride, probes,
            ThreadScratch.Floats(_kernels.InnerProductTopKScratch(count, Clusters, stride, probes)), scratch.Probes, scratch.ProbeSimilarities);
    }

    /// <summary>
    /// Where each list of a query begins among the candidates, and behind the last one where it ends. Near lists are longer than far ones,
    /// so that a number of lists alone does not bound the work: behind twice the labels that as many lists of mean length hold, none is looked through.
    /// </summary>
    /// <param name="lists">Nearest first; those that are left out become −1.</param>
    /// <returns>The end.</returns>
    private int Place(Span<int> lists, Span<int> starts, int start, int width)
    {
        var enough = _bounded ? start + IvfOptions.EnoughLabels(LabelCount, width) : long.MaxValue;
        for (var p = 0; p < lists.Length; p++)
        {
            if (start >= enough)
                lists[p] = -1;
            starts[p] = start;
            start = checked(start + (lists[p] < 0 ? 0 : _lists.Length(lists[p])));
        }

        starts[lists.Length] = start;
        return start;
    }
}
