using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

/// <summary>
/// Four points and four labels with inverse propensities 1, 2, 4, 8:
/// <code>
/// point  truth    ranking   hit at rank
/// 0      0 2      2 1 0     1, 3
/// 1      1        0 1 3     2
/// 2      none     0 1 2     none
/// 3      0 1 3    3 2       1            (two places filled)
/// </code>
/// The discounts are 1, δ = 1/log₂ 3 and 1/2. Bounds of 1e-12 leave room for the order of sums and no more.
/// </summary>
public class EvaluatorHandCaseTests
{
    private static readonly double[] InversePropensities = [1, 2, 4, 8];
    private static readonly double Delta = 1 / Math.Log2(3);
    private static readonly SparseMatrix Truth = Points.Labels(4, [0, 2], [1], [], [0, 1, 3]);
    private static readonly RankedLabels Predictions = Points.Ranking(4, [2, 1, 0], [0, 1, 3], [0, 1, 2], [3, 2]);
    private static readonly EvaluationReport Report = Evaluator.Evaluate(
        Predictions, Truth, new EvaluationOptions { Ks = [1, 2, 3], ScoreThreshold = 0.6 }, InversePropensities);

    // Hits in the first k: point 0: 1 1 2, point 1: 0 1 1, point 2: 0, point 3: 1; over k · 4 points, the one without labels included.
    [Fact]
    public void Precision_CountsThePointWithoutLabels() =>
        Expect([2.0 / 4, 3.0 / 8, 4.0 / 12], Report.Precision);

    // The three points with labels: (1/2 + 0 + 1/3)/3, (1/2 + 1 + 1/3)/3, (1 + 1 + 1/3)/3.
    [Fact]
    public void Recall_IsOverPointsWithLabels() =>
        Expect([5.0 / 18, 11.0 / 18, 7.0 / 9], Report.Recall);

    // k = 2: point 0 has 1 of 1 + δ, point 1 δ of 1, point 3 1 of 1 + δ. k = 3: 3/2 of 1 + δ, δ of 1, 1 of 3/2 + δ.
    [Fact]
    public void Ndcg_IsTheDiscountedShareOfTheIdeal() =>
        Expect([2.0 / 4, (2 / (1 + Delta) + Delta) / 4, (1.5 / (1 + Delta) + Delta + 1 / (1.5 + Delta)) / 4], Report.Ndcg);

    // Hits weigh 4 + 0 + 8, then 4 + 2 + 8, then 5 + 2 + 8; the best attainable 4 + 2 + 8, then (4+1) + 2 + (8+2), then 5 + 2 + 11.
    [Fact]
    public void PropensityScoredPrecision_IsARatioOfSumsOverPoints() =>
        Expect([12.0 / 14, 14.0 / 17, 15.0 / 18], Report.PropensityScoredPrecision!);

    // Over the points' ideal discount sums: k = 2: (4 + 8)/(1 + δ) + 2δ of (4 + δ)/(1 + δ) + 2 + (8 + 2δ)/(1 + δ);
    // k = 3: (4 + 1/2)/(1 + δ) + 2δ + 8/(3/2 + δ) of (4 + δ)/(1 + δ) + 2 + (8 + 2δ + 1/2)/(3/2 + δ).
    [Fact]
    public void PropensityScoredNdcg_IsARatioOfMeans() => Expect(
        [
            12.0 / 14,
            (12 / (1 + Delta) + 2 * Delta) / ((12 + 3 * Delta) / (1 + Delta) + 2),
            (4.5 / (1 + Delta) + 2 * Delta + 8 / (1.5 + Delta)) / ((4 + Delta) / (1 + Delta) + 2 + (8.5 + 2 * Delta) / (1.5 + Delta)),
        ],
        Report.PropensityScoredNdcg!);

    // Hits/places by label 0..3: k = 1: 0/2 0/0 1/1 1/1; k = 2: 0/2 1/3 1/2 1/1; k = 3: 1/3 1/3 1/3 1/2.
    [Fact]
    public void MacroPrecision_IsTheMeanOverLabels() =>
        Expect([2.0 / 4, (1.0 / 3 + 1.0 / 2 + 1) / 4, 1.5 / 4], Report.MacroPrecision);

    // The labels have 2, 2, 1, 1 test points.
    [Fact]
    public void MacroRecall_IsTheMeanOverLabels() =>
        Expect([2.0 / 4, 2.5 / 4, 3.0 / 4], Report.MacroRecall);

    // 2 · hits / (places + test points): k = 2: 0, 2/5, 2/3, 1; k = 3: 2/5, 2/5, 2/4, 2/3.
    [Fact]
    public void MacroF1_IsTheMeanOverLabels() =>
        Expect([2.0 / 4, (2.0 / 5 + 2.0 / 3 + 1) / 4, (4.0 / 5 + 1.0 / 2 + 2.0 / 3) / 4], Report.MacroF1);

    // Labels 2 and 3 are hit first, then 1, then 0.
    [Fact]
    public void Coverage_IsTheShareOfTestLabelsHit() =>
        Expect([2.0 / 4, 3.0 / 4, 1], Report.Coverage);

    // Points 1 and 2, then point 2 alone.
    [Fact]
    public void Abandonment_IsTheShareOfPointsWithoutAHit() =>
        Expect([2.0 / 4, 1.0 / 4, 1.0 / 4], Report.Abandonment);

    // Scores fall 0.9, 0.7, 0.5: the first two places are assigned, 8 in all, 3 of them rightly, of 6 labels. Macro-F1 is that of k = 2.
    [Fact]
    public void Threshold_AssignsTheScoresThatReachIt()
    {
        var scores = Report.AtThreshold!;
        Expect(
            [3.0 / 8, 3.0 / 6, 6.0 / 14, (2.0 / 5 + 2.0 / 3 + 1) / 4],
            [scores.MicroPrecision, scores.MicroRecall, scores.MicroF1, scores.MacroF1]);
    }

    [Fact]
    public void Counts_NamePointsAndLabels()
    {
        Assert.Equal((4, 1, 4, 3), (Report.PointCount, Report.PointsWithoutLabels, Report.TestLabelCount, Report.RankedWidth));
        Assert.Equal(Report.Recall[1], Report.At(Report.Recall, 2));
    }

    private static void Expect(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
