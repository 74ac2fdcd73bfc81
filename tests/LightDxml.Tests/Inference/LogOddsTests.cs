using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Inference.Tests;

public sealed class LogOddsTests
{
    private const int Labels = 12;
    private static readonly SparseMatrix Documents = SmallData.Learnable(30, Labels, 5).Features;

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.7)]
    public void PredictLogOdds_AreThoseOfTheScoresBeforeCalibrationAndTailWeight(double beta)
    {
        var model = SampleModels.Random(Documents.ColumnCount, Labels, 6, seed: 5) with { LabelFrequencies = [.. Enumerable.Range(0, Labels).Select(label => 1 + label)] };
        model = model with { Inference = model.Inference with { Beta = beta } };
        var flat = model with { Calibration = new ScoreCalibration([0, 1], [0.5f, 0.5f]), Inference = model.Inference with { Tail = 0.7 } };
        using var plain = new Predictor(model, threads: 1);
        using var calibrated = new Predictor(flat, threads: 1);
        var (scores, odds) = (plain.Predict(Documents, Labels), calibrated.PredictLogOdds(Documents, Labels));
        for (var document = 0; document < Documents.RowCount; document++)
        {
            Assert.Equal(scores.Labels(document).ToArray(), odds.Labels(document).ToArray());
            Assert.All(
                scores.Scores(document).ToArray().Zip(odds.Scores(document).ToArray()),
                pair => Assert.Equal(Math.Log(pair.First / (1.0 - pair.First)), pair.Second, 1e-3));
        }
    }

    [Fact]
    public void PredictLogOdds_TellDocumentsApart_WhereProbabilitiesAreOne()
    {
        var model = SampleModels.Random(3, 2, 4, seed: 6);
        var classifier = model.Network.Classifier.Clone();
        TensorPrimitives.Multiply(classifier.Span, 1000, classifier.Span);
        model = model with { Network = model.Network with { Classifier = classifier } };
        using var predictor = new Predictor(model, threads: 1);
        var documents = SparseMatrix.OfRows([([0, 1], [0.6f, 0.8f]), ([0, 1], [0.8f, 0.6f])], 3);
        var (scores, odds) = (predictor.Predict(documents, 1), predictor.PredictLogOdds(documents, 1));
        Assert.Equal(scores.Scores(0)[0], scores.Scores(1)[0]);
        Assert.True(Math.Abs(odds.Scores(0)[0] - odds.Scores(1)[0]) > 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void PredictLogOdds_OfDocumentOfWhichNothingIsKnown_AreThoseOfTheFrequencies(double tail)
    {
        var model = SampleModels.Random(3, 2, 4, seed: 6) with { LabelFrequencies = [5, 8] };
        model = model with { Inference = model.Inference with { Tail = tail } };
        using var predictor = new Predictor(model, threads: 1);
        var odds = predictor.PredictLogOdds(SparseMatrix.OfRows([([], [])], 3), 2);
        Assert.Equal([1, 0], odds.Labels(0).ToArray());
        Assert.Equal([MathF.Log(0.8f / 0.2f), 0f], odds.Scores(0).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void PredictLogOdds_OfAnEnsemble_AreTheMeansOfItsMembers()
    {
        Model[] models = [SampleModels.Random(Documents.ColumnCount, Labels, 6, seed: 1), SampleModels.Random(Documents.ColumnCount, Labels, 6, seed: 2)];
        using var ensemble = new EnsemblePredictor(models, threads: 1);
        using var first = new Predictor(models[0], threads: 1);
        using var second = new Predictor(models[1], threads: 1);
        var (odds, one, other) = (ensemble.PredictLogOdds(Documents, 4), first.PredictLogOdds(Documents, Labels), second.PredictLogOdds(Documents, Labels));
        for (var document = 0; document < Documents.RowCount; document++)
        {
            for (var place = 0; place < 4; place++)
            {
                var label = odds.Labels(document)[place];
                Assert.Equal((Of(one, document, label) + Of(other, document, label)) / 2, odds.Scores(document)[place], 1e-4);
            }

            Assert.Equal(odds.Scores(document).ToArray().OrderDescending(), odds.Scores(document).ToArray());
        }

        static float Of(RankedLabels ranked, int document, int label) => ranked.Scores(document)[ranked.Labels(document).IndexOf(label)];
    }
}
