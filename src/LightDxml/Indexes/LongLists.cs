using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Kernels.Clustering;

namespace LightDxml.Indexes;

/// <summary>
/// Clusters long lists once more. Labels of many points lie close together about the mean of all, which is where most
/// documents look: without this, one list in a hundred holds twenty times the mean, and every document looks through all of those.
/// </summary>
internal static class LongLists
{
    /// <summary>A list of more than this many times the mean length is split.</summary>
    private const int MostMeans = 3;

    /// <summary>The lists with every long one split into lists of about the mean length, and without empty ones.</summary>
    /// <param name="labels">[labels, dimensions].</param>
    /// <param name="centroids">[lists, dimensions].</param>
    public static (DenseMatrix Centroids, InvertedLists Lists) Split(
        DenseMatrix labels, DenseMatrix centroids, InvertedLists lists, IvfOptions options, KernelSet kernels, int threads)
    {
        var mean = Math.Max(1, labels.RowCount / lists.Count);
        var starts = new List<int>();
        var order = new int[labels.RowCount];
        var parts = new List<(DenseMatrix Centroids, int Row)>();
        for (var list = 0; list < lists.Count; list++)
        {
            var rows = lists.Order.AsSpan(lists.Offsets[list], lists.Length(list));
            if (rows.Length > MostMeans * mean)
            {
                var (partCentroids, split) = options.Cluster(labels.SelectRows(rows), (rows.Length + mean - 1) / mean, kernels, threads);
                for (var part = 0; part < split.Count; part++)
                    Add(partCentroids, part, rows, split.Order.AsSpan(split.Offsets[part], split.Length(part)), lists.Offsets[list] + split.Offsets[part]);
            }
            else
            {
                for (var i = 0; i < rows.Length; i++)
                    order[lists.Offsets[list] + i] = rows[i];
                Begin(centroids, list, rows.Length, lists.Offsets[list]);
            }
        }

        var kept = new DenseMatrix(Math.Max(1, parts.Count), labels.Dimensions);
        for (var part = 0; part < parts.Count; part++)
            parts[part].Centroids.Row(parts[part].Row).CopyTo(kept.Row(part));
        if (parts.Count == 0)
            starts.Add(0);
        return (kept, new InvertedLists([.. starts, labels.RowCount], order));

        void Add(DenseMatrix from, int part, ReadOnlySpan<int> rows, ReadOnlySpan<int> places, int start)
        {
            for (var i = 0; i < places.Length; i++)
                order[start + i] = rows[places[i]];
            Begin(from, part, places.Length, start);
        }

        void Begin(DenseMatrix from, int row, int length, int start)
        {
            if (length == 0)
                return;
            starts.Add(start);
            parts.Add((from, row));
        }
    }
}
