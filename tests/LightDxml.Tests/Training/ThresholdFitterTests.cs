using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training.Tests;

public sealed class ThresholdFitterTests
{
    [Theory]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void ForPrecision_GivesThatPrecision_AndNothingLowerDoes(double wanted)
    {
        var (predictions, truth) = CalibrationFitterTests.Ranked(documents: 1000, score => score, seed: 4);
        var thresholds = ThresholdFitter.Fit(predictions, truth, Enumerable.Repeat(100, 10).ToArray());
        var threshold = thresholds.ForPrecision(wanted)!.Value;
        Assert.True(PrecisionFrom(threshold) >= wanted);
        Assert.True(PrecisionFrom(threshold - 0.02f) < wanted);

        double PrecisionFrom(float least) => AssignmentScores.Of(predictions, truth, (_, _, _, score) => score >= least).MicroPrecision;
    }

    [Fact]
    public void ForPrecision_ThatNoThresholdGives_IsNone()
    {
        var (predictions, truth) = CalibrationFitterTests.Ranked(documents: 300, score => 0.4 * score, seed: 5);
        var thresholds = ThresholdFitter.Fit(predictions, truth, Enumerable.Repeat(100, 10).ToArray());
        Assert.Null(thresholds.ForPrecision(0.99));
        Assert.InRange(thresholds.BestPrecision, 0.3, 0.98);
    }

    [Fact]
    public void Overall_IsBestForMicroF1()
    {
        var (predictions, truth) = CalibrationFitterTests.Ranked(documents: 500, score => score * score, seed: 6);
        var overall = ThresholdFitter.Fit(predictions, truth, Enumerable.Repeat(100, 10).ToArray()).Overall;
        var best = MicroF1From(overall);
        for (var step = 1; step < 20; step++)
            Assert.True(MicroF1From(step / 20f) <= best);

        double MicroF1From(float least) => AssignmentScores.Of(predictions, truth, (_, _, _, score) => score >= least).MicroF1;
    }

    [Fact]
    public void PerLabel_FollowsALabelWithManyDocuments_AndItsLikeWhereThereAreNone()
    {
        // Of label 0 only scores from 0.7 on are right, of the others from 0.2 on; label 3 is never seen; all are of one group.
        var random = new Random(7);
        const int documents = 800;
        var predictions = new RankedLabels(documents, 4, 3);
        var rows = new List<int>();
        var offsets = new long[documents + 1];
        for (var document = 0; document < documents; document++)
        {
            float[] scores = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
            int[] order = [.. Enumerable.Range(0, 3).OrderByDescending(label => scores[label])];
            order.CopyTo(predictions.Labels(document));
            order.Select(label => scores[label]).ToArray().CopyTo(predictions.Scores(document));
            rows.AddRange(Enumerable.Range(0, 3).Where(label => scores[label] >= (label == 0 ? 0.7f : 0.2f)));
            offsets[document + 1] = rows.Count;
        }

        var perLabel = LabelThresholdFitter.Fit(predictions, new SparseMatrix(documents, 4, offsets, [.. rows]), [50, 50, 50, 50]);
        Assert.Equal(0.68, perLabel[0], 0.06);
        Assert.Equal(0.2, perLabel[1], 0.03);
        Assert.Equal(0.2, perLabel[3], 0.1);
    }

    [Fact]
    public void PerLabel_WithoutAnyDocumentOfItsLike_IsAHalf()
    {
        var (predictions, truth) = CalibrationFitterTests.Ranked(documents: 50, score => score, seed: 8);
        var wider = new RankedLabels(50, 11, 10);
        for (var document = 0; document < 50; document++)
        {
            predictions.Labels(document).CopyTo(wider.Labels(document));
            predictions.Scores(document).CopyTo(wider.Scores(document));
        }

        var truthOfEleven = new SparseMatrix(50, 11, truth.RowOffsets.ToArray(), [.. Enumerable.Range(0, 50).SelectMany(document => truth.RowColumns(document).ToArray())]);
        Assert.Equal(0.5f, LabelThresholdFitter.Fit(wider, truthOfEleven, [.. Enumerable.Repeat(100, 10), 1])[10]);
    }

    [Fact]
    public void Mean_OfMembers_IsTheMeanOfEachThreshold()
    {
        var first = new DecisionThresholds(0.2f, [0.1f, 0.4f], [.. Enumerable.Repeat(0.3f, 100)]);
        var second = new DecisionThresholds(0.4f, [0.3f, 0.6f], [.. Enumerable.Repeat(float.PositiveInfinity, 100)]);
        var mean = DecisionThresholds.Mean([first, second]);
        Assert.Equal(0.3f, mean.Overall, 1e-6);
        Assert.Equal([0.2f, 0.5f], mean.PerLabel.Select(threshold => MathF.Round(threshold, 5)));
        Assert.Null(mean.ForPrecision(0.5));
    }
}
