using System.Collections.Concurrent;
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
internal sealed class IvfLabelIndex : ILabelIndex
{
    /// <summary>Queries and labels of one product: the queries stay in the second-level cache while the labels pass.</summary>
    private const int ProductQueries = 64;
    private const int ProductLabels = 256;

    /// <summary>
    /// Similarities that a thread keeps for its block of documents: 64 MB. A block of n reads all labels from memory once and
    /// compares each with n · probes / clusters documents; at 1,000 documents the reading is a few percent of the arithmetic.
    /// </summary>
    private const long BlockCandidates = 1L << 24;
    private const int LeastBlock = 64;
    private const int MostBlock = 2048;

    private readonly KernelSet _kernels;
    private readonly DenseMatrix _centroids;
    private readonly DenseMatrix _labels;
    private readonly InvertedLists _lists;

    /// <summary>Working memory of threads that have searched: one search after the other uses it again, and the collector may take it.</summary>
    private readonly WeakReference<ConcurrentBag<IvfScratch>> _idle = new([]);

    /// <summary>Whether a search that has looked through enough labels leaves out what lists are left; not where their number is set.</summary>
    private readonly bool _bounded;

    /// <param name="labelEmbeddings">[labels, dimensions], of unit length; copied, or else the index's own.</param>
    /// <param name="owned">Whether the matrix is the index's own from now on: its rows are put into the order of the lists, which saves a copy.</param>
    /// <exception cref="OptionsException">An option is out of its range.</exception>
    public IvfLabelIndex(DenseMatrix labelEmbeddings, IvfOptions options, KernelSet kernels, int threads, bool owned = false)
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
        if (owned)
            labelEmbeddings.ReorderRows(_lists.Order);
        _labels = owned ? labelEmbeddings : labelEmbeddings.SelectRows(_lists.Order);
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

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        ShortlistArguments.Check(documents, shortlist, Dimensions);
        var expected = Math.Max(1, (long)LabelCount * Probes / Clusters);
        var most = (int)Math.Clamp(BlockCandidates / expected, LeastBlock, MostBlock);
        var share = (documents.RowCount + RowRanges.ResolveThreads(threads) - 1) / RowRanges.ResolveThreads(threads);
        if (!_idle.TryGetTarget(out var idle))
            _idle.SetTarget(idle = []);
        RowRanges.ForEach(documents.RowCount, Math.Clamp(share, 1, most), threads, (first, end) =>
        {
            var scratch = idle.TryTake(out var used) ? used : new IvfScratch();
            SearchBlock(documents, first, end - first, shortlist, scratch);
            idle.Add(scratch);
        });
    }

    /// <summary>Searches a block cluster by cluster: a cluster's labels times the documents that look through it.</summary>
    private void SearchBlock(DenseMatrix documents, int first, int count, RankedLabels shortlist, IvfScratch scratch)
    {
        scratch.ReserveProbes(count, Probes);
        FindLists(documents.Rows(first, count), count, Probes, scratch);
        var candidates = 0;
        for (var q = 0; q < count; q++)
            candidates = Place(Lists(scratch, q), Starts(scratch, q), candidates, shortlist.Width);
        scratch.ReserveCandidates(candidates);
        OrderVisits(count, scratch);
        for (var cluster = 0; cluster < Clusters; cluster++)
        {
            var visits = scratch.Visits.AsSpan(scratch.VisitOffsets[cluster]..scratch.VisitOffsets[cluster + 1]);
            for (var visit = 0; visit < visits.Length; visit += ProductQueries)
                Compare(documents, first, cluster, visits[visit..Math.Min(visits.Length, visit + ProductQueries)], scratch);
        }

        for (var q = 0; q < count; q++)
        {
            var starts = Starts(scratch, q);
            var labels = shortlist.Labels(first + q);
            var similarities = shortlist.Scores(first + q);
            if (starts[^1] - starts[0] < labels.Length && Probes < Clusters)
                SearchOne(documents.Rows(first + q, 1), labels, similarities, ThreadScratch.Ivf);
            else
                Rank(Lists(scratch, q), starts, labels, similarities, scratch);
        }
    }

    /// <summary>Puts a cluster's products with up to <see cref="ProductQueries"/> documents where each document's candidates want them.</summary>
    private void Compare(DenseMatrix documents, int firstDocument, int cluster, ReadOnlySpan<int> visits, IvfScratch scratch)
    {
        var stride = documents.Stride;
        for (var i = 0; i < visits.Length; i++)
            documents.Rows(firstDocument + visits[i] / (Probes + 1), 1).CopyTo(scratch.Queries.AsSpan(i * stride));
        var length = _lists.Length(cluster);
        for (var label = 0; label < length; label += ProductLabels)
        {
            var width = Math.Min(ProductLabels, length - label);
            Products(scratch.Queries, visits.Length, cluster, label, width, scratch.Products, ProductLabels);
            for (var i = 0; i < visits.Length; i++)
                scratch.Products.AsSpan(i * ProductLabels, width).CopyTo(scratch.Candidates.AsSpan(scratch.Starts[visits[i]] + label));
        }
    }

    /// <summary>The block's visits of clusters, ordered by cluster.</summary>
    private void OrderVisits(int count, IvfScratch scratch)
    {
        scratch.ReserveQueries(ProductQueries, _labels.Stride);
        scratch.ReserveVisits(Clusters, count * Probes, ProductQueries * ProductLabels);
        var offsets = scratch.VisitOffsets.AsSpan(0, Clusters + 1);
        offsets.Clear();
        foreach (var list in scratch.Probes.AsSpan(0, count * Probes))
        {
            if (list >= 0)
                offsets[list]++;
        }

        for (var cluster = 1; cluster <= Clusters; cluster++)
            offsets[cluster] += offsets[cluster - 1];

        // Filled from the back, so that each cluster's end becomes its start.
        for (var q = count - 1; q >= 0; q--)
        {
            var lists = Lists(scratch, q);
            for (var p = 0; p < lists.Length; p++)
            {
                if (lists[p] >= 0)
                    scratch.Visits[--offsets[lists[p]]] = q * (Probes + 1) + p;
            }
        }
    }

    private Span<int> Lists(IvfScratch scratch, int query) => scratch.Probes.AsSpan(query * Probes, Probes);

    private Span<int> Starts(IvfScratch scratch, int query) => scratch.Starts.AsSpan(query * (Probes + 1), Probes + 1);

    /// <summary>
    /// The best of a query's candidates, ties to the lower label row. Selection knows places among the candidates only, so
    /// labels of equal similarity are put in order behind it, and one more than asked for tells whether the last place is tied.
    /// </summary>
    /// <param name="starts">[lists + 1] where each list's similarities begin in the candidates.</param>
    private void Rank(ReadOnlySpan<int> lists, ReadOnlySpan<int> starts, Span<int> labels, Span<float> similarities, IvfScratch scratch)
    {
        if (labels.IsEmpty)
            return;
        var candidates = scratch.Candidates.AsSpan(starts[0]..starts[^1]);
        scratch.ReserveWidth(labels.Length + 1);
        var places = scratch.Places.AsSpan(0, labels.Length + 1);
        var best = scratch.Best.AsSpan(0, labels.Length + 1);
        _kernels.TopK(candidates, places, best);
        best[..^1].CopyTo(similarities);
        for (var j = 0; j < labels.Length; j++)
            labels[j] = places[j] < 0 ? -1 : Label(places[j] + starts[0], lists, starts);
        if (places[^1] >= 0 && best[^1] == best[^2])
            BreakLastTie(candidates, lists, starts, labels, similarities);
        var filled = labels.IndexOf(-1) is >= 0 and var empty ? empty : labels.Length;
        RankingSort.OrderTies(similarities[..filled], labels[..filled]);
    }

    /// <summary>More labels than there is room for are as near as the last one: those of the lowest rows stay.</summary>
    private void BreakLastTie(
        ReadOnlySpan<float> candidates, ReadOnlySpan<int> lists, ReadOnlySpan<int> starts,
        Span<int> labels, Span<float> similarities)
    {
        var tied = similarities[^1];
        var first = similarities.IndexOf(tied);
        var lowest = new BestRows<float>(labels[first..], similarities[first..]);
        for (var place = 0; place < candidates.Length; place++)
        {
            if (candidates[place] == tied)
                lowest.Offer(Label(place + starts[0], lists, starts), tied);
        }
    }

    /// <summary>The label at a place of the candidates: that of the last list that begins there or before.</summary>
    private int Label(int place, ReadOnlySpan<int> lists, ReadOnlySpan<int> starts)
    {
        var list = 0;
        for (var length = lists.Length; length > 1;)
        {
            var half = length >> 1;
            list = starts[list + half] <= place ? list + half : list;
            length -= half;
        }

        return _lists.Order[_lists.Offsets[lists[list]] + place - starts[list]];
    }
}
