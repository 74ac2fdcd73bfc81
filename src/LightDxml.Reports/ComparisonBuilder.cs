using LightDxml.Metrics;
using LightDxml.Reports.Model;

namespace LightDxml.Reports;

/// <summary>Compares two methods: differences of the metrics, and the labels won and lost.</summary>
internal static class ComparisonBuilder
{
    public static MethodComparison Compare(AllLabels all, int first, int second, Bootstrap firstSamples, Bootstrap secondSamples, ReportOptions options)
    {
        var changes = new List<LabelChange>();
        var tied = 0;
        for (var label = 0; label < all.Train.Count; label++)
        {
            var (a, b) = (all.Scores[first], all.Scores[second]);
            if (a.TestPoints(label) == 0)
                continue;
            if (a.Hits(label) == b.Hits(label))
                tied++;
            else
                changes.Add(new LabelChange(label, all.Train[label], a.TestPoints(label), a.Hits(label), b.Hits(label)));
        }

        var won = changes.Where(change => change.FirstHits > change.SecondHits).ToList();
        var lost = changes.Where(change => change.FirstHits < change.SecondHits).ToList();
        return new MethodComparison(
            first, second, PairedComparison.Of(firstSamples, secondSamples),
            won.Count, lost.Count, tied, Greatest(won, options.ChangedLabels), Greatest(lost, options.ChangedLabels));
    }

    // Hits over the root of the test points, their standard deviation but for a factor: by hits alone the head would win
    // everywhere, by recall the labels of a single test point, which luck decides.
    private static LabelChange[] Greatest(List<LabelChange> changes, int count) =>
    [
        .. changes
            .OrderByDescending(change => Math.Abs(change.FirstHits - change.SecondHits) / Math.Sqrt(change.Test))
            .ThenByDescending(change => change.Test).ThenBy(change => change.Label).Take(count),
    ];
}
