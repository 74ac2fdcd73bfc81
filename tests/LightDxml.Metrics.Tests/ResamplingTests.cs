using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

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
        var interval = Bootstrap.Of(scores, new BootstrapOptions(Replicates: 4000)).Intervals()[RankingMetric.Precision][0];
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
        var one = Bootstrap.Of(scores, new BootstrapOptions(Replicates: 200, Threads: 1)).Intervals();
        var two = Bootstrap.Of(scores, new BootstrapOptions(Replicates: 200, Threads: 2)).Intervals();
        Assert.Equal(Enum.GetValues<RankingMetric>(), one.Keys.Order());
        foreach (var metric in one.Keys)
        {
            var values = ValuesOf(report, metric);
            Assert.Equal(one[metric], two[metric]);
            for (var slot = 0; slot < Options.Ks.Count; slot++)
                Assert.InRange(values[slot], one[metric][slot].Low, one[metric][slot].High);
        }
    }

    // Labels of one point each, nearly all hit: resamples lose a third of them, and their spread reaches beyond 1.
    [Theory]
    [InlineData(RankingMetric.Coverage)]
    [InlineData(RankingMetric.MacroRecall)]
    public void Intervals_OfMeansOverLabelsNearOne_EndAtOne(RankingMetric metric)
    {
        int[][] truth = [.. Enumerable.Range(0, 60).Select(point => new[] { point })];
        int[][] rankings = [.. Enumerable.Range(0, 60).Select(point => new[] { point == 7 ? 8 : point })];
        var samples = Bootstrap.Of(PointScores.Of(Points.Ranking(60, rankings), Points.Labels(60, truth), Options), new BootstrapOptions(Replicates: 200));

        var interval = samples.Intervals()[metric][0];

        Assert.True(samples.Values(metric, 0).Max() > 1, "The replicates stay below 1, so that this test shows nothing.");
        Assert.Equal(1, interval.High);
        Assert.InRange(interval.Low, 0.5, samples.Figure(metric, 0));
    }

    [Fact]
    public void Intervals_WithoutPropensities_LeaveTheScoredMetricsOut()
    {
        var (labels, predictions, _) = Sample(seed: 12);
        var intervals = Bootstrap.Of(PointScores.Of(predictions, labels, Options), new BootstrapOptions(Replicates: 20)).Intervals();
        Assert.Equal(
            Enum.GetValues<RankingMetric>().Except([RankingMetric.PropensityScoredPrecision, RankingMetric.PropensityScoredNdcg]), intervals.Keys.Order());
    }

    [Fact]
    public void Difference_IsThatOfTheEvaluator_ForEveryMetric()
    {
        var (labels, first, weights) = Sample(seed: 13);
        var (_, second, _) = Sample(seed: 14);
        var differences = Compare(labels, first, second, weights);
        var (a, b) = (Evaluator.Evaluate(first, labels, Options, weights), Evaluator.Evaluate(second, labels, Options, weights));
        Assert.Equal(20, differences.Count);
        foreach (var difference in differences)
        {
            var slot = Options.Ks.ToList().IndexOf(difference.K);
            Assert.Equal(ValuesOf(a, difference.Metric)[slot] - ValuesOf(b, difference.Metric)[slot], difference.Difference, 1e-9);
        }
    }

    // Of many test sets from one source, the macro-F1 and the coverage spread as the intervals of one of them say.
    [Theory]
    [InlineData(RankingMetric.MacroF1)]
    [InlineData(RankingMetric.MacroRecall)]
    [InlineData(RankingMetric.Coverage)]
    public void IntervalOfAMeanOverLabels_IsAsWideAsTheSpreadOverTestSets(RankingMetric metric)
    {
        var options = new EvaluationOptions { Ks = [3] };
        var (figures, widths) = (new List<double>(), new List<double>());
        for (var seed = 0; seed < 150; seed++)
        {
            // Sixty labels, of which most have a few of the 150 points.
            var (truth, rankings) = Points.Random(seed, points: 150, labelCount: 60);
            var scores = PointScores.Of(Points.Ranking(60, rankings), Points.Labels(60, truth), options);
            var samples = Bootstrap.Of(scores, new BootstrapOptions(Replicates: 100, Seed: seed));
            figures.Add(samples.Figure(metric, slot: 0));
            var interval = samples.Intervals()[metric][0];
            widths.Add(interval.High - interval.Low);
            Assert.InRange(figures[^1], interval.Low, interval.High);
        }

        var deviation = Math.Sqrt(figures.Sum(figure => Math.Pow(figure - figures.Average(), 2)) / (figures.Count - 1));
        // 95 % of a normal distribution are 3.92 standard deviations. The resamples' spread errs by up to a third here: labels
        // with one or two points are resampled from one or two.
        Assert.InRange(widths.Average() / (3.92 * deviation), 0.67, 1.5);
    }

    [Fact]
    public void MeansOverLabels_OfResampledPoints_AreTheEvaluatorsOfThosePoints()
    {
        var (truth, rankings) = Points.Random(seed: 21, points: 60, labelCount: 25);
        int[] drawn = [.. Enumerable.Range(0, 60).Select(i => i * i % 37)];
        var counts = new int[60];
        foreach (var point in drawn)
            counts[point]++;
        var scores = PointScores.Of(Points.Ranking(25, rankings), Points.Labels(25, truth), Options);
        var resampled = Evaluator.Evaluate(
            Points.Ranking(25, [.. drawn.Select(point => rankings[point])]), Points.Labels(25, [.. drawn.Select(point => truth[point])]), Options);
        foreach (var (metric, values) in scores.MetricsOf([counts])[0])
            for (var slot = 0; slot < values.Length; slot++)
                Assert.Equal(ValuesOf(resampled, metric)[slot], values[slot], 1e-12);
    }

    [Fact]
    public void SwappedPoints_ChangeMeansOverLabels_AsTheEvaluatorSays()
    {
        var (truth, first) = Points.Random(seed: 22, points: 130, labelCount: 25);
        var (_, second) = Points.Random(seed: 23, points: 130, labelCount: 25);
        // Half of the points are alike in both methods.
        for (var point = 0; point < 130; point += 2)
            second[point] = first[point];
        var labels = Points.Labels(25, truth);
        var random = new Random(5);
        ulong[] bits = [(ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64()];
        var swaps = new LabelSwaps(
            PointScores.Of(Points.Ranking(25, first), labels, Options).Labels, PointScores.Of(Points.Ranking(25, second), labels, Options).Labels);
        var differences = new double[LabelPlaces.Metrics.Count * Options.Ks.Count];
        swaps.Differences(bits, differences);

        bool IsSwapped(int point) => (bits[point / 64] >> (point % 64) & 1) == 1;
        var a = Evaluator.Evaluate(Points.Ranking(25, [.. Enumerable.Range(0, 130).Select(point => IsSwapped(point) ? second[point] : first[point])]), labels, Options);
        var b = Evaluator.Evaluate(Points.Ranking(25, [.. Enumerable.Range(0, 130).Select(point => IsSwapped(point) ? first[point] : second[point])]), labels, Options);
        foreach (var metric in LabelPlaces.Metrics)
            for (var slot = 0; slot < Options.Ks.Count; slot++)
                Assert.Equal(ValuesOf(a, metric)[slot] - ValuesOf(b, metric)[slot], differences[LabelPlaces.Index(metric, slot, Options.Ks.Count)], 1e-12);
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

    [Fact]
    public void DifferentPropensities_AreRefused()
    {
        var (labels, predictions, weights) = Sample(seed: 16);
        var scores = PointScores.Of(predictions, labels, Options, weights);
        var other = PointScores.Of(predictions, labels, Options, [.. weights.Select(weight => 2 * weight)]);
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

    // Hits weigh 1 and 9, but 0.9 · 1 > 0.7 · 1.2: what scores are multiplied by is another thing.
    [Fact]
    public void HeadToTail_FactorsOfTheirOwn_RankAndDoNotMeasure()
    {
        var (predictions, labels) = (ThresholdTests.Scores(2, [(0, 0.9f), (1, 0.7f)]), Points.Labels(2, [1]));
        Assert.Equal([0.0, 0.0, 1.0], HeadToTailCurve.Of(predictions, labels, [1, 9], factors: [1, 1.2], dials: [0, 1, 2]).Points.Select(point => point.Precision));
        Assert.Equal([0.0, 1.0, 1.0], HeadToTailCurve.Of(predictions, labels, [1, 9], dials: [0, 1, 2]).Points.Select(point => point.Precision));
    }

    private static IReadOnlyList<double> ValuesOf(EvaluationReport report, RankingMetric metric) => metric switch
    {
        RankingMetric.Precision => report.Precision,
        RankingMetric.Ndcg => report.Ndcg,
        RankingMetric.Recall => report.Recall,
        RankingMetric.PropensityScoredPrecision => report.PropensityScoredPrecision!,
        RankingMetric.PropensityScoredNdcg => report.PropensityScoredNdcg!,
        RankingMetric.Abandonment => report.Abandonment,
        RankingMetric.MacroPrecision => report.MacroPrecision,
        RankingMetric.MacroRecall => report.MacroRecall,
        RankingMetric.MacroF1 => report.MacroF1,
        RankingMetric.Coverage => report.Coverage,
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    private static IReadOnlyList<PairedDifference> Compare(LightDxml.Data.SparseMatrix labels, LightDxml.Data.RankedLabels first, LightDxml.Data.RankedLabels second, double[] weights) =>
        PairedComparison.Of(PointScores.Of(first, labels, Options, weights), PointScores.Of(second, labels, Options, weights), new BootstrapOptions(Replicates: 100));

    private static (LightDxml.Data.SparseMatrix Labels, LightDxml.Data.RankedLabels Predictions, double[] Weights) Sample(int seed)
    {
        var (truth, _) = Points.Random(seed: 99, points: 400, labelCount: 25);
        var (_, rankings) = Points.Random(seed, points: 400, labelCount: 25);
        return (Points.Labels(25, truth), Points.Ranking(25, rankings), [.. Enumerable.Range(1, 25).Select(label => 1.0 + label / 5.0)]);
    }
}
