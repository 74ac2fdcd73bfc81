using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Inference.Tests;

public sealed class CalibratedPredictorTests
{
    private static readonly ScoreCalibration Calibration = new([0, 0.4f, 0.7f, 1], [0, 0.1f, 0.8f, 0.9f]);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public void Calibration_MapsScores_AndLeavesTheOrder(int top)
    {
        var (model, documents) = (Model(), Documents(30, seed: 2));
        using var plain = new Predictor(model, threads: 1);
        using var calibrated = new Predictor(model with { Calibration = Calibration }, threads: 1);
        var (before, after) = (plain.Predict(documents, top), calibrated.Predict(documents, top));
        for (var document = 0; document < 30; document++)
        {
            Assert.Equal(before.Labels(document).ToArray(), after.Labels(document).ToArray());
            Assert.Equal(before.Scores(document).ToArray().Select(Calibration.Map), after.Scores(document).ToArray());
        }
    }

    [Fact]
    public void OneDocument_HasTheBitsOfMany()
    {
        var documents = Documents(30, seed: 3);
        using var calibrated = new Predictor(Model() with { Calibration = Calibration }, threads: 2);
        var many = calibrated.Predict(documents, 5);
        for (var document = 0; document < 30; document++)
        {
            var (labels, scores) = (new int[5], new float[5]);
            calibrated.Predict(documents.RowColumns(document), documents.RowValues(document), labels, scores);
            Assert.Equal(many.Labels(document).ToArray(), labels);
            Assert.Equal(many.Scores(document).ToArray(), scores);
        }
    }

    [Fact]
    public void TailWeight_MultipliesTheProbability()
    {
        var documents = Documents(10, seed: 4);
        var model = Model() with { Calibration = Calibration };
        using var untailed = new Predictor(model, threads: 1);
        using var tailed = new Predictor(model with { Inference = model.Inference with { Tail = 0.7 } }, threads: 1);
        var (probabilities, scores) = (untailed.Predict(documents, 12), tailed.Predict(documents, 12));
        for (var document = 0; document < 10; document++)
        {
            for (var place = 0; place < 12; place++)
            {
                var label = scores.Labels(document)[place];
                Assert.Equal(probabilities.Scores(document)[probabilities.Labels(document).IndexOf(label)] * tailed.TailFactors![label], scores.Scores(document)[place], 1e-6);
            }
        }
    }

    [Fact]
    public void DocumentOfWhichNothingIsKnown_GetsTheMostFrequentLabels_AloneAndAmongOthers()
    {
        using var predictor = new Predictor(Model() with { Calibration = Calibration }, threads: 1);
        var (labels, scores) = (new int[3], new float[3]);
        predictor.Predict([], [], labels, scores);
        Assert.Equal([11, 10, 9], labels);
        Assert.Equal([1.1f / 1.1f, 1f, 0.9f], scores.Select(score => MathF.Round(score, 5)));

        var many = predictor.Predict(new SparseMatrix(2, 20, [0, 0, 1], [3], [1f]), 3);
        Assert.Equal(labels, many.Labels(0).ToArray());
        Assert.Equal(scores, many.Scores(0).ToArray());
    }

    [Fact]
    public void Stored_CalibrationAndThresholds_AreReadAsTheyWere()
    {
        using var folder = new TemporaryFolder();
        var thresholds = new DecisionThresholds(0.3f, [.. Enumerable.Range(0, 12).Select(label => label / 12f)], [.. Enumerable.Range(0, 100).Select(step => step < 70 ? step / 100f : float.PositiveInfinity)]);
        ModelFolder.Save(Model() with { Calibration = Calibration, Thresholds = thresholds }, folder["model"]);
        var read = ModelFolder.Load(folder["model"]);
        Assert.Equal(Calibration.Scores.ToArray(), read.Calibration!.Scores.ToArray());
        Assert.Equal(Calibration.Probabilities.ToArray(), read.Calibration.Probabilities.ToArray());
        Assert.Equal([thresholds.Overall, .. thresholds.PerLabel, .. thresholds.ByPrecision], [read.Thresholds!.Overall, .. read.Thresholds.PerLabel, .. read.Thresholds.ByPrecision]);

        ModelFolder.Save(Model(), folder["without"]);
        Assert.Null(ModelFolder.Load(folder["without"]).Calibration);
        Assert.Null(ModelFolder.Load(folder["without"]).Thresholds);
    }

    // Of some of twenty features.
    private static SparseMatrix Documents(int count, int seed)
    {
        var random = new Random(seed);
        int[][] rows = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 20).Where(_ => random.Next(3) == 0).Append(19).Distinct().ToArray())];
        long[] offsets = [0, .. rows.Select((_, row) => (long)rows.Take(row + 1).Sum(columns => columns.Length))];
        return new SparseMatrix(count, 20, offsets, [.. rows.SelectMany(row => row)], [.. rows.SelectMany(row => row).Select(_ => random.NextSingle() + 0.1f)]);
    }

    // The sample says that it was trained on ten documents.
    private static Model Model() => SampleModels.Random(20, 12, 8, seed: 1) with { LabelFrequencies = [.. Enumerable.Range(0, 12)] };
}
