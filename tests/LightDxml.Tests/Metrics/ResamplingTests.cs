using LightDxml.Metrics;

namespace LightDxml.Tests.Metrics;

public class ResamplingTests
{
    private static readonly EvaluationOptions Options = new() { Ks = [1, 3] };

    [Fact]
    public void Interval_OfAShare_IsThatOfTheBinomial()
    {
        // 300 of 1,000 points are hits: the standard error is √(0.3 · 0.7 / 1000) = 0.01449, so that 95 % is ± 0.0284.
        int[][] truth = [.. Enumerable.Range(0, 1000).Select(point => new[] { point % 10 < 3 ? 0 : 1 })];
        int[][] rankings = [.. Enumerable.Repeat(new[] { 0 }, 1000)];
        var scores = PointScores.Of(Points.Ranking(2, rankings), Points.Labels(2, truth), new EvaluationOptions { Ks = [1] });
        var interval = Bootstrap.Intervals(scores, new BootstrapOptions(Replicates: 4000))[RankingMetric.Precision][0];
        // The ends are quantiles of 4,000 replicates: their own standard error is about 0.0006; four of these.
        Assert.Equal(0.3 - 0.0284, interval.Low, 0.0025);
        Assert.Equal(0.3 + 0.0284, interval.High, 0.0025);
    }

    [Fact]
    public void Intervals_HoldTheEvaluatorsFigures_AndDoNotDependOnThreads()
    {
        var (labels, predictions, weights) = Sample(seed: 11);
        var scores = PointScores.Of(predictions, labels, Options, weights);
        var report = Evaluator.Evaluate(predictions, labels, Options, weights);
        var one = Bootstrap.Intervals(scores, new BootstrapOptions(Replicates: 200, Threads: 1));
        var two = Bootstrap.Intervals(scores, new BootstrapOptions(Replicates: 200, Threads: 2));
        foreach (var (metric, values) in new[]
                 {
                     (RankingMetric.Precision, report.Precision), (RankingMetric.Ndcg, report.Ndcg), (RankingMetric.Recall, report.Recall),
                     (RankingMetric.PropensityScoredPrecision, report.PropensityScoredPrecision!),
                     (RankingMetric.PropensityScoredNdcg, report.PropensityScoredNdcg!), (RankingMetric.Abandonment, report.Abandonment),
                 })
        {
            Assert.Equal(one[metric], two[metric]);
            for (var slot = 0; slot < Options.Ks.Count; slot++)
                Assert.InRange(values[slot], one[metric][slot].Low, one[metric][slot].High);
        }
    }

    [Fact]
    public void Intervals_WithoutPropensities_LeaveTheScoredMetricsOut()
    {
        var (labels, predictions, _) = Sample(seed: 12);
        var intervals = Bootstrap.Intervals(PointScores.Of(predictions, labels, Options), new BootstrapOptions(Replicates: 20));
        Assert.Equal([RankingMetric.Precision, RankingMetric.Ndcg, RankingMetric.Recall, RankingMetric.Abandonment], intervals.Keys.Order());
    }

    [Fact]
    public void Difference_IsThatOfTheEvaluator_ForEveryMetric()
    {
        var (labels, first, weights) = Sample(seed: 13);
        var (_, second, _) = Sample(seed: 14);
        var differences = Compare(labels, first, second, weights);
        var (a, b) = (Evaluator.Evaluate(first, labels, Options, weights), Evaluator.Evaluate(second, labels, Options, weights));
        Assert.Equal(12, differences.Count);
        Expect(RankingMetric.Precision, a.Precision, b.Precision);
        Expect(RankingMetric.Ndcg, a.Ndcg, b.Ndcg);
        Expect(RankingMetric.Recall, a.Recall, b.Recall);
        Expect(RankingMetric.PropensityScoredPrecision, a.PropensityScoredPrecision!, b.PropensityScoredPrecision!);
        Expect(RankingMetric.PropensityScoredNdcg, a.PropensityScoredNdcg!, b.PropensityScoredNdcg!);
        Expect(RankingMetric.Abandonment, a.Abandonment, b.Abandonment);

        void Expect(RankingMetric metric, IReadOnlyList<double> ofFirst, IReadOnlyList<double> ofSecond)
        {
            for (var slot = 0; slot < Options.Ks.Count; slot++)
                Assert.Equal(ofFirst[slot] - ofSecond[slot], differences.Single(entry => entry.Metric == metric && entry.K == Options.Ks[slot]).Difference, 1e-9);
        }
    }

    [Fact]
    public void MethodAgainstItself_DiffersByNothing_WithCertainty()
    {
        var (labels, predictions, weights) = Sample(seed: 15);
        Assert.All(Compare(labels, predictions, predictions, weights), difference =>
            Assert.Equal((0.0, 0.0, 0.0, 1.0), (difference.Difference, difference.Low, difference.High, difference.PValue)));
    }

    // Four points, all won: of the 16 ways to swap, the 2 with all signs alike reach the difference, so that p is about 1/8.
    [Fact]
    public void PValue_OfFourWonPoints_IsTheShareOfSignsThatReachIt()
    {
        var labels = Points.Labels(2, [0], [0], [0], [0]);
        var options = new EvaluationOptions { Ks = [1] };
        var difference = PairedComparison.Of(
            PointScores.Of(Points.Ranking(2, [0], [0], [0], [0]), labels, options), PointScores.Of(Points.Ranking(2, [1], [1], [1], [1]), labels, options),
            new BootstrapOptions(Replicates: 8000))[0];
        // Four standard errors of √(1/8 · 7/8 / 8000).
        Assert.Equal(0.125, difference.PValue, 0.015);
        Assert.Equal((1, 1, 1), (difference.Difference, difference.Low, difference.High));
    }

    [Fact]
    public void DifferentPoints_AreRefused()
    {
        var (labels, predictions, weights) = Sample(seed: 16);
        var scores = PointScores.Of(predictions, labels, Options, weights);
        var other = PointScores.Of(Points.Ranking(2, [0]), Points.Labels(2, [0]), Options);
        Assert.Throws<LightDxmlException>(() => PairedComparison.Of(scores, other, new BootstrapOptions()));
    }

    // At dial 0 the rankings are as given; at 1 label 1 with weight 4 overtakes 0 (0.9 · 1 < 0.7 · 4).
    [Fact]
    public void HeadToTail_TurnsTowardsRareLabels()
    {
        var curve = HeadToTailCurve.Of(Points.Ranking(2, [0, 1], [0, 1]), Points.Labels(2, [0], [1]), [1, 4], dials: [0, 1]);
        Assert.Equal([0.5, 0.5], curve.Points.Select(point => point.Precision));
        Assert.Equal([1.0 / 5, 4.0 / 5], curve.Points.Select(point => point.PropensityScoredPrecision));
    }

    [Fact]
    public void HeadToTail_NegativeScores_AreBroughtToProbabilitiesFirst()
    {
        // σ(−1) = 0.27 · 2 < σ(0.5) = 0.62 · 1 < σ(−1) · 4.
        var predictions = ThresholdTests.Scores(2, [(0, 0.5f), (1, -1f)]);
        var labels = Points.Labels(2, [1]);
        Assert.Equal([0.0, 0.0, 1.0], HeadToTailCurve.Of(predictions, labels, [1, 2], dials: [0, 1, 2]).Points.Select(point => point.Precision));
    }

    private static IReadOnlyList<PairedDifference> Compare(LightDxml.Data.SparseMatrix labels, LightDxml.Data.RankedLabels first, LightDxml.Data.RankedLabels second, double[] weights) =>
        PairedComparison.Of(PointScores.Of(first, labels, Options, weights), PointScores.Of(second, labels, Options, weights), new BootstrapOptions(Replicates: 100));

    private static (LightDxml.Data.SparseMatrix Labels, LightDxml.Data.RankedLabels Predictions, double[] Weights) Sample(int seed)
    {
        var (truth, _) = Points.Random(seed: 99, points: 400, labelCount: 25);
        var (_, rankings) = Points.Random(seed, points: 400, labelCount: 25);
        return (Points.Labels(25, truth), Points.Ranking(25, rankings), [.. Enumerable.Range(1, 25).Select(label => 1.0 + label / 5.0)]);
    }
}
