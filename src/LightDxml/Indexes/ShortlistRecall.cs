using LightDxml.Data;

namespace LightDxml.Indexes;

/// <summary>Recall of a shortlist: the share of the points' labels that it holds.</summary>
internal static class ShortlistRecall
{
    // Labels never seen, seen once or twice, and then by powers of ten.
    private static readonly int[] BinEnds = [0, 2, 9, 99, 999, int.MaxValue];

    /// <param name="labels">[points, labels], the true labels.</param>
    /// <returns>Between 0 and 1 over all (point, label) pairs; 1 when there are none.</returns>
    public static double Of(RankedLabels shortlist, SparseMatrix labels)
    {
        ArgumentNullException.ThrowIfNull(shortlist);
        ArgumentNullException.ThrowIfNull(labels);
        return labels.NonZeroCount == 0 ? 1 : Held(shortlist, labels, 0) / (double)labels.NonZeroCount;
    }

    /// <summary>(point, label) pairs that the shortlists of some points hold.</summary>
    /// <param name="labels">[points, labels], the true labels.</param>
    /// <param name="first">The point of the first shortlist.</param>
    public static long Held(RankedLabels shortlist, SparseMatrix labels, int first)
    {
        long held = 0;
        for (var point = 0; point < shortlist.PointCount; point++)
        {
            var truth = labels.RowColumns(first + point);
            foreach (var label in shortlist.Labels(point))
            {
                if (label >= 0 && truth.BinarySearch(label) >= 0)
                    held++;
            }
        }

        return held;
    }

    /// <summary>Recall by the labels' training frequencies: 0, 1 to 2, 3 to 9, 10 to 99, 100 to 999, 1000 and more.</summary>
    /// <param name="labels">[points, labels], the true labels.</param>
    /// <param name="frequencies">[labels] training points of each label.</param>
    /// <returns>The bins that have pairs, rarest first.</returns>
    public static IReadOnlyList<RecallBin> ByFrequency(RankedLabels shortlist, SparseMatrix labels, int[] frequencies)
    {
        ArgumentNullException.ThrowIfNull(shortlist);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(frequencies);
        var pairs = new long[BinEnds.Length];
        var held = new long[BinEnds.Length];
        for (var point = 0; point < labels.RowCount; point++)
        {
            var ranked = shortlist.Labels(point);
            foreach (var label in labels.RowColumns(point))
            {
                var bin = Array.FindIndex(BinEnds, end => frequencies[label] <= end);
                pairs[bin]++;
                if (ranked.Contains(label))
                    held[bin]++;
            }
        }

        return [.. Enumerable.Range(0, BinEnds.Length).Where(bin => pairs[bin] > 0)
            .Select(bin => new RecallBin(bin == 0 ? 0 : BinEnds[bin - 1] + 1, BinEnds[bin], pairs[bin], held[bin] / (double)pairs[bin]))];
    }
}
