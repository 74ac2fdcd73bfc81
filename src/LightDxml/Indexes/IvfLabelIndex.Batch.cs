using LightDxml.Data;

namespace LightDxml.Indexes;

internal sealed partial class IvfLabelIndex
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

    public void Search(DenseMatrix documents, RankedLabels shortlist, int threads)
    {
        ShortlistArguments.Check(documents, shortlist, Dimensions);
        var expected = Math.Max(1, (long)LabelCount * Probes / Clusters);
        var most = (int)Math.Clamp(BlockCandidates / expected, LeastBlock, MostBlock);
        var share = (documents.RowCount + RowRanges.ResolveThreads(threads) - 1) / RowRanges.ResolveThreads(threads);
        using var scratch = new ThreadLocal<IvfScratch>(() => new IvfScratch());
        RowRanges.ForEach(documents.RowCount, Math.Clamp(share, 1, most), threads, (first, end) =>
            SearchBlock(documents, first, end - first, shortlist, scratch.Value!));
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
}
