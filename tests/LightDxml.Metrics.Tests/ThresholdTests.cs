using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

public class ThresholdTests
{
    // By falling score: (0.9, label 0, hit), (0.8, label 1, miss), (0.6, label 1, hit), (0.6, label 0, miss), (0.3, label 0, hit); six pairs are true.
    private static readonly SparseMatrix Truth = Points.Labels(3, [0], [0, 1], [0, 1], [2]);
    private static readonly RankedLabels Scored = Scores(3, [(0, 0.9f), (1, 0.8f)], [(1, 0.6f)], [(0, 0.3f)], [(0, 0.6f)]);

    [Fact]
    public void Sweep_HasEveryDistinctScore_TiedScoresTogether()
    {
        var sweep = ThresholdSweep.Of(Scored, Truth);
        Assert.Equal([0.9f, 0.8f, 0.6f, 0.3f], sweep.Points.Select(point => (float)point.Threshold));
        Assert.Equal([1, 2, 4, 5], sweep.Points.Select(point => point.Assignments));
        Expect([2.0 / 7, 2.0 / 8, 4.0 / 10, 6.0 / 11], sweep.Points.Select(point => point.MicroF1));
        Expect([1, 1.0 / 2, 2.0 / 4, 3.0 / 5], sweep.Points.Select(point => point.MicroPrecision));
        // Label 0 has 3 true points, label 1 two, label 2 one: F1 2/4, 2/4, 2/5, 4/6 and 0, 0, 2/4, 2/4 and 0.
        Expect([0.5 / 3, 0.5 / 3, (0.4 + 0.5) / 3, (2.0 / 3 + 0.5) / 3], sweep.Points.Select(point => point.MacroF1));
        Assert.Equal(6.0 / 11, sweep.BestMicro.MicroF1, 1e-12);
        Assert.Equal(0.3f, (float)sweep.BestMacro.Threshold);
    }

    [Fact]
    public void Sweep_EqualsTheEvaluatorAtEveryThreshold()
    {
        var (labels, predictions) = RandomScores(seed: 3);
        var sweep = ThresholdSweep.Of(predictions, labels, pointCount: 20);
        Assert.InRange(sweep.Points.Count, 10, 21);
        foreach (var point in sweep.Points)
        {
            var expected = Evaluator.Evaluate(predictions, labels, new EvaluationOptions { ScoreThreshold = point.Threshold }).AtThreshold!;
            Expect([expected.MicroPrecision, expected.MicroRecall, expected.MicroF1, expected.MacroF1], [point.MicroPrecision, point.MicroRecall, point.MicroF1, point.MacroF1]);
            Assert.True(sweep.BestMicro.MicroF1 >= point.MicroF1 - 1e-12 && sweep.BestMacro.MacroF1 >= point.MacroF1 - 1e-12);
        }
    }

    [Fact]
    public void TopK_AssignsTheFirstPlaces()
    {
        var scores = AssignmentScores.TopK(Scored, Truth, k: 1);
        // Label 0 rightly, 1 rightly, 0 rightly, 0 wrongly: 3 of 4 assignments, 6 true pairs.
        Expect([4.0 / 4, 3.0 / 4, 3.0 / 6, 6.0 / 10], [scores.AssignedPerPoint, scores.MicroPrecision, scores.MicroRecall, scores.MicroF1]);
        // Label 0: 2 right of 3, of 3 true; label 1: 1 of 1, of 2 true; label 2 none.
        Assert.Equal((4.0 / 6 + 2.0 / 3 + 0) / 3, scores.MacroF1, 1e-12);
    }

    [Fact]
    public void OneThreshold_IsFittedOnTheOtherHalf()
    {
        // Even points want a threshold of 0.5 or so, odd points one of 0.1: each half gets the other's.
        var truth = Points.Labels(2, [0], [0], [0], [0]);
        var predictions = Scores(2, [(0, 0.9f), (1, 0.4f)], [(0, 0.2f), (1, 0.1f)], [(0, 0.8f), (1, 0.4f)], [(0, 0.2f), (1, 0.1f)]);
        var scores = AssignmentScores.OneThreshold(predictions, truth);
        // With 0.2 (from the odd points) the even ones get both labels; with 0.8 the odd ones get none.
        Expect([4.0 / 4, 2.0 / 4, 2.0 / 4], [scores.AssignedPerPoint, scores.MicroPrecision, scores.MicroRecall]);
    }

    [Fact]
    public void LabelThresholds_AreEachLabelsBest_HalfwayToTheNextScore()
    {
        var truth = Points.Labels(3, [0], [0], [1], []);
        var predictions = Scores(3, [(0, 0.9f), (1, 0.8f)], [(0, 0.5f)], [(1, 0.7f), (0, 0.3f)], [(1, 0.1f), (2, 0.9f)]);
        var thresholds = LabelThresholds.Fit(predictions, truth, PointSlice.All);
        Assert.Equal(0.4f, thresholds[0], 1e-6f);
        // One miss above the hit: assigning both is better than none.
        Assert.Equal(0.4f, thresholds[1], 1e-6f);
        // No hit: the best threshold for all labels together, 0.5, that assigns both labels 0 and the hit of label 1.
        Assert.Equal(0.5f, thresholds[2], 1e-6f);
    }

    [Fact]
    public void ThresholdPerLabel_FittedAndAppliedToTwinHalves_IsTheBestOfEachLabel()
    {
        // Every point stands twice, once in each half, so that what is fitted on one half is the best for the other.
        var (truth, rankings) = Points.Random(seed: 9, points: 200, labelCount: 20);
        int[][] twinTruth = [.. truth.SelectMany(row => new[] { row, row })];
        int[][] twinRankings = [.. rankings.SelectMany(row => new[] { row, row })];
        var (labels, predictions) = (Points.Labels(20, twinTruth), Points.Ranking(20, twinRankings));
        var perLabel = AssignmentScores.ThresholdPerLabel(predictions, labels);
        var sweep = ThresholdSweep.Of(predictions, labels);
        Assert.True(perLabel.MacroF1 >= sweep.BestMacro.MacroF1 - 1e-12, $"{perLabel.MacroF1} < {sweep.BestMacro.MacroF1}");
        Assert.Equal(sweep.BestMicro.MicroF1, AssignmentScores.OneThreshold(predictions, labels).MicroF1, 1e-12);
    }

    [Fact]
    public void NothingRanked_IsAnEmptyCurve()
    {
        var sweep = ThresholdSweep.Of(new RankedLabels(1, 3, 2), Points.Labels(3, [0]));
        Assert.Empty(sweep.Points);
        Assert.Equal((new ThresholdScores(0, 0, 0, 0, 0), new ThresholdScores(0, 0, 0, 0, 0)), (sweep.BestMicro, sweep.BestMacro));
    }

    internal static RankedLabels Scores(int labelCount, params (int Label, float Score)[][] rows)
    {
        var ranking = new RankedLabels(rows.Length, labelCount, rows.Max(row => row.Length));
        for (var point = 0; point < rows.Length; point++)
            for (var place = 0; place < rows[point].Length; place++)
                (ranking.Labels(point)[place], ranking.Scores(point)[place]) = rows[point][place];
        return ranking;
    }

    internal static (SparseMatrix Labels, RankedLabels Predictions) RandomScores(int seed)
    {
        var (truth, rankings) = Points.Random(seed, points: 700, labelCount: 30);
        var random = new Random(seed);
        var predictions = Points.Ranking(30, rankings);
        for (var point = 0; point < predictions.PointCount; point++)
        {
            foreach (ref var score in predictions.Scores(point))
                score = random.Next(40) / 40f;
            predictions.Scores(point).Sort((a, b) => b.CompareTo(a));
        }

        return (Points.Labels(30, truth), predictions);
    }

    private static void Expect(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        foreach (var (want, got) in expected.Zip(actual, (want, got) => (want, got)))
            Assert.Equal(want, got, 1e-9);
    }
}
