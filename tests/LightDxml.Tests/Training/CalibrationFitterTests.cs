using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training.Tests;

public sealed class CalibrationFitterTests
{
    [Theory]
    [InlineData(2.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Fit_OfScoresThatAreAPowerOff_FindsTheProbabilities(double power)
    {
        var (predictions, truth) = Ranked(documents: 4000, score => Math.Pow(score, power), seed: 1);
        var map = CalibrationFitter.Fit(predictions, truth, PointSlice.All)!;
        // Bins of 50 pairs and more have a standard error of 0.07 at most; neighbours are pooled, so that most are nearer.
        foreach (var score in new[] { 0.1f, 0.3f, 0.5f, 0.7f, 0.9f })
            Assert.Equal(Math.Pow(score, power), map.Map(score), 0.06);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(200)]
    [InlineData(3000)]
    public void Fit_RisesWithoutPlateaus_AndStaysInItsRange(int documents)
    {
        var (predictions, truth) = Ranked(documents, score => 0.8 * score, seed: 2);
        var map = CalibrationFitter.Fit(predictions, truth, PointSlice.All)!;
        var before = -1f;
        for (var step = 0; step <= 1000; step++)
        {
            var probability = map.Map(step / 1000f);
            Assert.InRange(probability, 0, 1);
            Assert.True(probability > before, $"{probability} at {step / 1000f} does not exceed {before}");
            before = probability;
        }
    }

    [Fact]
    public void Fit_OnAHandfulOfDocuments_HardlyMovesScores()
    {
        var (predictions, truth) = Ranked(documents: 4, _ => 0, seed: 3);
        var map = CalibrationFitter.Fit(predictions, truth, PointSlice.All)!;
        Assert.InRange(map.Map(0.5f), 0.05f, 0.5f);
        Assert.Null(CalibrationFitter.Fit(new RankedLabels(3, 10, 4), truth.SelectRows([0, 1, 2]), PointSlice.All));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(50)]
    public void Fit_OfFewScoresThatAreRight_LeavesThemNearlyAsTheyAre(int documents)
    {
        // Two labels with 0.99 are right, eight with 0.01 are wrong.
        var predictions = new RankedLabels(documents, 10, 10);
        var columns = new List<int>();
        for (var document = 0; document < documents; document++)
        {
            Enumerable.Range(0, 10).ToArray().CopyTo(predictions.Labels(document));
            new[] { 0.99f, 0.99f, 0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 0.01f }.CopyTo(predictions.Scores(document));
            columns.AddRange([0, 1]);
        }

        var truth = new SparseMatrix(documents, 10, [.. Enumerable.Range(0, documents + 1).Select(row => 2L * row)], [.. columns]);
        var map = CalibrationFitter.Fit(predictions, truth, PointSlice.All)!;
        Assert.Equal(0.99, map.Map(0.99f), 0.01);
        Assert.Equal(0.01, map.Map(0.01f), 0.01);
        var thresholds = ThresholdFitter.Fit(predictions, truth, Enumerable.Repeat(20, 10).ToArray());
        Assert.Equal(0.5, thresholds.Overall, 0.01);
        Assert.All(thresholds.PerLabel, threshold => Assert.InRange(threshold, 0.3f, 0.7f));
    }

    [Fact]
    public void Calibration_OfKnotsThatDoNotRise_IsRefused()
    {
        Assert.Throws<LightDxmlException>(() => new ScoreCalibration([0, 0.5f, 0.5f, 1], [0, 0.1f, 0.2f, 1]));
        Assert.Throws<LightDxmlException>(() => new ScoreCalibration([0, 0.5f, 1], [0, 0.6f, 0.5f]));
        Assert.Throws<LightDxmlException>(() => new ScoreCalibration([0, 1], [0, float.NaN]));
        Assert.Throws<LightDxmlException>(() => new ScoreCalibration([0.1f, 1], [0, 1]));
    }

    /// <summary>Each document ranks ten labels with uniform scores, each right with the probability that the score stands for.</summary>
    internal static (RankedLabels Predictions, SparseMatrix Truth) Ranked(int documents, Func<double, double> probability, int seed)
    {
        var random = new Random(seed);
        var predictions = new RankedLabels(documents, 10, 10);
        var offsets = new long[documents + 1];
        var columns = new List<int>();
        for (var document = 0; document < documents; document++)
        {
            float[] scores = [.. Enumerable.Range(0, 10).Select(_ => random.NextSingle()).OrderDescending()];
            int[] labels = [.. Enumerable.Range(0, 10)];
            random.Shuffle(labels);
            labels.CopyTo(predictions.Labels(document));
            scores.CopyTo(predictions.Scores(document));
            columns.AddRange(Enumerable.Range(0, 10).Where(place => random.NextDouble() < probability(scores[place])).Select(place => labels[place]).Order());
            offsets[document + 1] = columns.Count;
        }

        return (predictions, new SparseMatrix(documents, 10, offsets, [.. columns]));
    }
}
