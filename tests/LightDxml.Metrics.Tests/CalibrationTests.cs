using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Metrics.Tests;

public class CalibrationTests
{
    // In the first two places: 0.95 hit, 0.15 miss, 0.85 miss, 0.25 hit, with two bins of width 0.5.
    [Fact]
    public void Reliability_HandCase()
    {
        var truth = Points.Labels(3, [0], [1]);
        var predictions = ThresholdTests.Scores(3, [(0, 0.95f), (1, 0.15f), (2, 0.1f)], [(0, 0.85f), (1, 0.25f), (2, 0.1f)]);
        var curve = ReliabilityCurve.Of(predictions, truth, k: 2, binCount: 2)!;
        Assert.Equal([2, 2], curve.Bins.Select(bin => bin.Count));
        Assert.Equal(0.2, curve.Bins[0].MeanScore, 1e-7);
        Assert.Equal(0.9, curve.Bins[1].MeanScore, 1e-7);
        Assert.Equal([0.5, 0.5], curve.Bins.Select(bin => bin.HitRate));
        // (2 · |0.2 − 0.5| + 2 · |0.9 − 0.5|) / 4; scores are floats, so that the bound is theirs.
        Assert.Equal(0.35, curve.ExpectedCalibrationError, 1e-7);
        Assert.Equal((0.55, 0.5), (Math.Round(curve.MeanScore, 6), curve.HitRate));
    }

    [Fact]
    public void Reliability_ScoreOfOne_FallsIntoTheLastBin() =>
        Assert.Equal(1, ReliabilityCurve.Of(ThresholdTests.Scores(1, [(0, 1f)]), Points.Labels(1, [0]), k: 1)!.Bins[^1].Count);

    [Fact]
    public void Reliability_ScoresThatAreNoProbabilities_HaveNone() =>
        Assert.Null(ReliabilityCurve.Of(ThresholdTests.Scores(1, [(0, 1.5f)]), Points.Labels(1, [0]), k: 1));

    [Fact]
    public void Reliability_OfNothing_IsNone() =>
        Assert.Null(ReliabilityCurve.Of(new RankedLabels(1, 3, 2), Points.Labels(3, [0]), k: 1));

    // Scores 1, 2, 3, 4 with hits 0, 1, 0, 1: the middle two are pooled to 1/2.
    [Fact]
    public void Isotonic_PoolsAdjacentViolators()
    {
        var truth = Points.Labels(1, [], [0], [], [0]);
        var map = IsotonicCalibration.Fit(ThresholdTests.Scores(1, [(0, 1f)], [(0, 2f)], [(0, 3f)], [(0, 4f)]), truth, k: 1, PointSlice.All);
        Assert.Equal([0, 0, 0.25, 0.5, 0.5, 0.75, 1, 1], new[] { -9f, 1f, 1.5f, 2f, 3f, 3.5f, 4f, 9f }.Select(map.Map));
    }

    [Fact]
    public void Isotonic_IsRising_AndKeepsTheHitRate()
    {
        var (labels, predictions) = ThresholdTests.RandomScores(seed: 8);
        var map = IsotonicCalibration.Fit(predictions, labels, k: 3, PointSlice.All);
        var mapped = Enumerable.Range(0, 101).Select(score => map.Map(score / 100f)).ToList();
        Assert.Equal(mapped.Order(), mapped);
        var (sum, hits) = (0.0, 0);
        for (var point = 0; point < predictions.PointCount; point++)
        {
            for (var place = 0; place < 3; place++)
            {
                sum += map.Map(predictions.Scores(point)[place]);
                hits += labels.RowColumns(point).Contains(predictions.Labels(point)[place]) ? 1 : 0;
            }
        }

        // Least squares over level sets keeps the total.
        Assert.Equal(hits, sum, 1e-6);
    }

    [Fact]
    public void CrossFit_KeepsLabels_AndMendsScoresThatAreMuchTooHigh()
    {
        var (labels, predictions) = ThresholdTests.RandomScores(seed: 4);
        for (var point = 0; point < predictions.PointCount; point++)
            foreach (ref var score in predictions.Scores(point))
                score = 0.9f + score / 10;
        var calibrated = IsotonicCalibration.CrossFit(predictions, labels, k: 3);
        Assert.Equal(predictions.Labels(17)[..3].ToArray(), calibrated.Labels(17).ToArray());
        var (before, after) = (ReliabilityCurve.Of(predictions, labels, k: 3)!, ReliabilityCurve.Of(calibrated, labels, k: 3)!);
        Assert.True(before.ExpectedCalibrationError > 0.3 && after.ExpectedCalibrationError < 0.1, $"{before.ExpectedCalibrationError} → {after.ExpectedCalibrationError}");
    }
}
