using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Sums over points of what the hits on each group's labels count; one object a range of points, added in range order.</summary>
/// <param name="groupOf">[labels] the group of a label row.</param>
/// <param name="ks">Ascending ranks; every array is [groups × ranks].</param>
/// <param name="inversePropensities">[labels], or null.</param>
internal sealed class GroupHitSums(int[] groupOf, int groupCount, int[] ks, double[]? inversePropensities)
{
    public double[] Hits { get; } = new double[groupCount * ks.Length];

    public double[] Recall { get; } = new double[groupCount * ks.Length];

    public double[] WeightedHits { get; } = new double[groupCount * ks.Length];

    /// <param name="ranking">Label rows, best first, −1 where not filled.</param>
    /// <param name="truth">The point's label rows, ascending.</param>
    public void AddPoint(ReadOnlySpan<int> ranking, ReadOnlySpan<int> truth)
    {
        var places = Math.Min(ranking.Length, ks[^1]);
        for (var place = 0; place < places; place++)
        {
            var label = ranking[place];
            if (label < 0 || truth.BinarySearch(label) < 0)
                continue;
            var row = groupOf[label] * ks.Length;
            for (var slot = ks.Length - 1; slot >= 0 && ks[slot] > place; slot--)
            {
                Hits[row + slot]++;
                Recall[row + slot] += 1.0 / truth.Length;
                WeightedHits[row + slot] += inversePropensities?[label] ?? 0;
            }
        }
    }

    public void Add(GroupHitSums other)
    {
        for (var i = 0; i < Hits.Length; i++)
        {
            Hits[i] += other.Hits[i];
            Recall[i] += other.Recall[i];
            WeightedHits[i] += other.WeightedHits[i];
        }
    }

    /// <summary>What a group contributes to P@k, R@k and, with propensities, PSP@k: over the groups, contributions add up to the metric.</summary>
    /// <param name="points">Points that were added.</param>
    /// <param name="whole">The sums of the same points over all labels.</param>
    /// <returns>One value a rank in each.</returns>
    public (double[] Precision, double[] Recall, double[]? PropensityScoredPrecision) Contributions(int group, int points, RankingSums whole) => (
        Ratios(group, Hits, slot => (double)points * ks[slot]),
        Ratios(group, Recall, _ => points - whole.PointsWithoutLabels),
        inversePropensities is null ? null : Ratios(group, WeightedHits, slot => whole.WeightedIdeal[slot]));

    /// <summary>A group's sums over a number a rank; 0 where that is 0.</summary>
    /// <param name="sums">[groups × ranks].</param>
    public double[] Ratios(int group, double[] sums, Func<int, double> over) =>
        [.. Enumerable.Range(0, ks.Length).Select(slot => over(slot) > 0 ? sums[group * ks.Length + slot] / over(slot) : 0)];

    /// <summary>Sums over all points of checked inputs, the same bits for every number of threads.</summary>
    public static GroupHitSums Of(
        RankedLabels predictions, SparseMatrix truth, int[] groupOf, int groupCount, int[] ks, double[]? inversePropensities, int threads)
    {
        var partial = new GroupHitSums[(truth.RowCount + Evaluator.RangePoints - 1) / Evaluator.RangePoints];
        RowRanges.ForEach(truth.RowCount, Evaluator.RangePoints, threads, (first, end) =>
        {
            var sums = new GroupHitSums(groupOf, groupCount, ks, inversePropensities);
            for (var point = first; point < end; point++)
                sums.AddPoint(predictions.Labels(point), truth.RowColumns(point));
            partial[first / Evaluator.RangePoints] = sums;
        });
        var total = new GroupHitSums(groupOf, groupCount, ks, inversePropensities);
        foreach (var sums in partial)
            total.Add(sums);
        return total;
    }
}
