using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Compares rankings with the labels that the points have.</summary>
public static class Evaluator
{
    /// <summary>Points a partial sum; fixed, so that sums do not depend on the number of threads.</summary>
    internal const int RangePoints = 1024;

    /// <summary>The metrics of <paramref name="predictions"/>; a ranking counts as it stands, whatever its scores.</summary>
    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="inversePropensities">[labels] from <see cref="Propensities"/>, or null for no propensity-scored metrics.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree, or a point ranks a label twice or by a score that is no number, or a propensity is none.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static EvaluationReport Evaluate(
        RankedLabels predictions, SparseMatrix truth, EvaluationOptions options, double[]? inversePropensities = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        EvaluationInput.Check(predictions, truth, inversePropensities);
        int[] ks = [.. options.Ks];
        var labelCounts = new LabelCounts(truth.ColumnCount, ks.Length);
        var sums = Sum(predictions, truth, ks, inversePropensities, labelCounts, options.Threads);
        var truthCounts = LabelFrequencies.Count(truth);
        var macro = labelCounts.Average(truthCounts);
        var points = truth.RowCount;
        return new EvaluationReport
        {
            Ks = ks,
            PointCount = points,
            PointsWithoutLabels = sums.PointsWithoutLabels,
            TestLabelCount = truthCounts.Count(n => n > 0),
            RankedWidth = predictions.Width,
            Precision = Ratios(slot => sums.Hits[slot], slot => (double)points * ks[slot]),
            Recall = Ratios(slot => sums.Recall[slot], _ => points - sums.PointsWithoutLabels),
            RPrecision = Ratios(slot => sums.RPrecision[slot], _ => points - sums.PointsWithoutLabels),
            Ndcg = Ratios(slot => sums.Ndcg[slot], _ => points),
            PropensityScoredPrecision = inversePropensities is null ? null : Ratios(slot => sums.WeightedHits[slot], slot => sums.WeightedIdeal[slot]),
            PropensityScoredNdcg = inversePropensities is null ? null : Ratios(slot => sums.WeightedNdcg[slot], slot => sums.WeightedNdcgIdeal[slot]),
            MacroPrecision = macro.Precision,
            MacroRecall = macro.Recall,
            MacroF1 = macro.F1,
            Coverage = macro.Coverage,
            Abandonment = Ratios(slot => sums.Abandoned[slot], _ => points),
            AtThreshold = options.ScoreThreshold is { } threshold
                ? ThresholdScores.Of(predictions, truth, truthCounts, threshold, options.Threads)
                : null,
        };

        double[] Ratios(Func<int, double> sum, Func<int, double> over) =>
            [.. Enumerable.Range(0, ks.Length).Select(slot => over(slot) > 0 ? sum(slot) / over(slot) : 0)];
    }

    /// <summary>Sums over all points of checked inputs, the same bits for every number of threads.</summary>
    internal static RankingSums Sum(
        RankedLabels predictions, SparseMatrix truth, int[] ks, double[]? inversePropensities, LabelCounts? labelCounts, int threads)
    {
        var partial = new RankingSums[(truth.RowCount + RangePoints - 1) / RangePoints];
        RowRanges.ForEach(truth.RowCount, RangePoints, threads, (first, end) =>
        {
            var sums = new RankingSums(ks, inversePropensities, labelCounts);
            for (var point = first; point < end; point++)
                sums.AddPoint(predictions.Labels(point), truth.RowColumns(point));
            partial[first / RangePoints] = sums;
        });
        var total = new RankingSums(ks, inversePropensities, labelCounts: null);
        foreach (var sums in partial)
            total.Add(sums);
        return total;
    }
}
