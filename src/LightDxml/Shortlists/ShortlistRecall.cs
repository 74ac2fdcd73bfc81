using LightDxml.Data;

namespace LightDxml.Shortlists;

/// <summary>Recall of a shortlist: the share of the points' labels that it holds.</summary>
public static class ShortlistRecall
{
    /// <param name="labels">[points, labels], the true labels.</param>
    /// <returns>Between 0 and 1 over all (point, label) pairs; 1 when there are none.</returns>
    public static double Of(RankedLabels shortlist, SparseMatrix labels)
    {
        ArgumentNullException.ThrowIfNull(shortlist);
        ArgumentNullException.ThrowIfNull(labels);
        long held = 0;
        for (var point = 0; point < labels.RowCount; point++)
        {
            var truth = labels.RowColumns(point);
            foreach (var label in shortlist.Labels(point))
            {
                if (label >= 0 && truth.BinarySearch(label) >= 0)
                    held++;
            }
        }

        return labels.NonZeroCount == 0 ? 1 : held / (double)labels.NonZeroCount;
    }
}
