using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text.Synthetic;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class TrainerTests
{
    private static readonly TrainingOptions Quick = new()
    {
        Encoder = new EncoderOptions { Dimensions = 24, Dropout = 0.1 },
        Proxy = new ProxyOptions { Hidden = 32, Passes = 2 },
        Schedule = new ScheduleOptions { Epochs = 6, RefreshEvery = 2, BatchSize = 32 },
        Shortlist = new ShortlistOptions { Width = 30 },
        Negatives = new NegativeOptions { Uniform = 10 },
    };

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Train_AnyThreadCount_GivesTheSameBits(int threads)
    {
        var data = SmallData.Learnable(600, 80, 1);
        var expected = Train(data, Quick, 1);
        var actual = Train(data, Quick, threads);
        Assert.Equal(Parameters(expected), Parameters(actual));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Train_RowsThatKeepTheirLengths_AnyThreadCount_GivesTheSameBits(int threads)
    {
        var data = Uneven(SmallData.Learnable(400, 40, 1), 5);
        var options = Quick with { Shortlist = new ShortlistOptions() };
        var expected = Train(data, options, 1);
        Assert.Equal(UnitLength.False, expected.Training!.Options.Encoder.UnitRows);
        Assert.Equal(Parameters(expected), Parameters(Train(data, options, threads)));
    }

    // The model takes rows as they come, so that features in another unit make another model of the same predictions.
    [Fact]
    public void Train_RowsThatKeepTheirLengths_InAnotherUnit_PredictTheSame()
    {
        var (data, test) = (SmallData.Learnable(400, 40, 1), SmallData.Learnable(100, 40, 2));
        var options = Quick with { Shortlist = new ShortlistOptions() };
        using var small = new Predictor(Train(Uneven(data, 1), options, 2), 1);
        using var large = new Predictor(Train(Uneven(data, 64), options, 2), 1);
        var (expected, actual) = (small.Predict(Uneven(test, 1).Features, 3), large.Predict(Uneven(test, 64).Features, 3));
        for (var point = 0; point < test.PointCount; point++)
        {
            // A factor of 64 is exact in every number, and so in its inverse.
            Assert.Equal(expected.Labels(point).ToArray(), actual.Labels(point).ToArray());
            Assert.Equal(expected.Scores(point).ToArray(), actual.Scores(point).ToArray());
        }
    }

    [Fact]
    public void Train_AnotherSeed_GivesAnotherModel()
    {
        var data = SmallData.Learnable(300, 40, 1);
        Assert.NotEqual(Parameters(Train(data, Quick, 1)), Parameters(Train(data, Quick with { Seed = 2 }, 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public void Train_LearnableData_PredictsUnseenPoints(int width)
    {
        var data = SmallData.Learnable(1500, 80, 1);
        var test = SmallData.Learnable(200, 80, 2);
        var options = Quick with { Shortlist = Quick.Shortlist with { Width = width }, Schedule = Quick.Schedule with { Epochs = 10 } };
        using var predictor = new Predictor(Train(data, options, 2), 2);
        var predictions = predictor.Predict(test.Features, 3);
        var hits = Enumerable.Range(0, test.PointCount).Count(i => test.Labels.RowColumns(i).Contains(predictions.Labels(i)[0]));

        // Every label has three words of its own, so nearly all points can be told; a guess would be right for one in ten.
        Assert.InRange(hits / 200.0, 0.9, 1);
    }

    [Fact]
    public void Train_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            Trainer.Train(SmallData.Learnable(100, 20, 1), null, Quick, 1, new Recorder(), source.Token));
    }

    [Fact]
    public void Train_Patience_StopsEarlyAndKeepsTheBestEpoch()
    {
        var recorder = new Recorder();
        var options = Quick with
        {
            Schedule = Quick.Schedule with { Epochs = 60 },
            Validation = new ValidationOptions { Share = 0.2, Patience = 3, RefitUpTo = 0 },
        };
        var model = Trainer.Train(SmallData.Learnable(400, 30, 1), null, options, 2, recorder);
        var epochs = recorder.Events.OfType<EpochCompleted>().ToArray();
        Assert.InRange(epochs.Length, 4, 59);
        Assert.Equal(epochs.Max(epoch => epoch.ValidationP1), model.Training!.Statistics.ValidationP1);
        Assert.Equal(epochs[^1].Epoch - 3, model.Training!.Statistics.BestEpoch);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(399, false)]
    public void Train_UpToTheGivenPoints_TheNetworkIsTrainedAnewOnAll(int refitUpTo, bool anew)
    {
        var data = SmallData.Learnable(400, 30, 1);
        var options = Quick with { Validation = new ValidationOptions { Share = 0.2, RefitUpTo = 0 } };
        var blind = Train(data, options, 2);
        var model = Train(data, options with { Validation = options.Validation with { RefitUpTo = refitUpTo } }, 2);
        Assert.Equal(anew, !Parameters(blind).SequenceEqual(Parameters(model)));

        // What was chosen on the points held out stays.
        Assert.Equal(blind.ScoreWeights, model.ScoreWeights);
        Assert.Equal((blind.Training!.Statistics.BestEpoch, blind.Training!.Statistics.ValidationP1), (model.Training!.Statistics.BestEpoch, model.Training!.Statistics.ValidationP1));
    }

    [Fact]
    public void Train_ReportsEveryEpochAndRefresh()
    {
        var recorder = new Recorder();
        Trainer.Train(SmallData.Learnable(300, 40, 1), null, Quick with { Validation = new ValidationOptions { RefitUpTo = 0 } }, 1, recorder);
        Assert.Equal(Enumerable.Range(1, 6), recorder.Events.OfType<EpochCompleted>().Select(epoch => epoch.Epoch));
        Assert.Equal([0, 2, 4], recorder.Events.OfType<ShortlistRefreshed>().Select(refresh => refresh.Epoch));
        Assert.All(recorder.Events.OfType<ShortlistRefreshed>(), refresh => Assert.InRange(refresh.Recall, 0.3, 1));
    }

    [Fact]
    public void Train_ValidationFileWithFewerLabelsAndFeatures_IsReadAsOneOfTheTrainingSet()
    {
        var (data, unseen) = (SmallData.Learnable(300, 40, 1), SmallData.Learnable(100, 40, 2));
        SortedSet<int>[] firstLabels = [.. Enumerable.Range(0, 100).Select(point => new SortedSet<int>(unseen.Labels.RowColumns(point).ToArray().Where(label => label < 5)))];
        var narrow = unseen with { Labels = SmallData.Matrix(firstLabels, 5) };
        var wide = unseen with { Labels = SmallData.Matrix(firstLabels, 40) };
        var expected = Trainer.Train(data, wide, Quick, 2, new Recorder());
        var actual = Trainer.Train(data, narrow, Quick, 2, new Recorder());
        Assert.Equal(Parameters(expected), Parameters(actual));
        Assert.Equal((expected.ScoreWeights, expected.Training!.Statistics.ValidationP1), (actual.ScoreWeights, actual.Training!.Statistics.ValidationP1));
    }

    [Fact]
    public void Train_NoLabels_IsAnErrorThatNamesTheSet()
    {
        var data = SmallData.Learnable(10, 5, 1);
        var bare = data with { Labels = new SparseMatrix(10, 5, new long[11], []) };
        Assert.Contains("small has no labels", Assert.Throws<LightDxmlException>(() =>
            Trainer.Train(bare, null, Quick, 1, new Recorder())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_PointsWithoutLabelsOrFeatures_AreAccepted()
    {
        var data = SmallData.Learnable(100, 20, 1);
        var rows = Enumerable.Range(0, 100).Select(i => new SortedSet<int>(i % 3 == 0 ? [] : data.Labels.RowColumns(i).ToArray())).ToArray();
        var features = Enumerable.Range(0, 100).Select(i => new SortedDictionary<int, float>(i % 5 == 0
            ? [] : Enumerable.Range(0, data.Features.RowLength(i)).ToDictionary(j => data.Features.RowColumns(i)[j], j => data.Features.RowValues(i)[j]))).ToArray();
        var odd = new Dataset("odd", SmallData.Matrix(features, data.FeatureCount), SmallData.Matrix(rows, 20));
        var model = Train(odd, Quick with { Shortlist = new ShortlistOptions { Width = 8 } }, 2);
        Assert.All(Parameters(model), value => Assert.True(float.IsFinite(value)));
    }

    // As with a validation file whose labels are written in another way: nothing can be chosen or fitted by it.
    [Theory]
    [InlineData(Head.Auto, Head.Hybrid)]
    [InlineData(Head.Sparse, Head.Sparse)]
    public void Train_ValidationDocumentsWithoutKnownLabels_IsThatWithoutValidation(Head head, Head expected)
    {
        var data = SmallData.Learnable(300, 40, 1);
        var unlabelled = SmallData.Learnable(60, 40, 2) with { Labels = SmallData.Matrix([.. Enumerable.Repeat(new SortedSet<int>(), 60)], 40) };
        var options = Quick with { Head = head };
        var recorder = new Recorder();
        var model = Trainer.Train(data, unlabelled, options, 2, recorder);
        var without = Train(data, options with { Head = expected, Validation = new ValidationOptions { Share = 0 } }, 2);
        Assert.Equal(without.ScoreWeights, model.ScoreWeights);
        Assert.Null(model.Calibration);
        Assert.Null(model.Thresholds);
        Assert.Contains(recorder.Events.OfType<TrainingNote>(), note => note.Text.StartsWith("fewer than 10 labels of validation documents are among their candidates", StringComparison.Ordinal));
    }

    // Every held-out document has a label that no other has: what scores are worth cannot be learnt from it.
    [Fact]
    public void Train_OneDocumentALabel_FindsIt()
    {
        var data = Balanced(labels: 120, documents: 1, seed: 1);
        var model = Train(data, Quick, 2);
        Assert.Equal(ScoreWeights.Unfitted, model.ScoreWeights);
        Assert.Null(model.Calibration);
        Assert.Null(model.Thresholds);
        Assert.InRange(PrecisionAt1(model, data), 0.9, 1);
    }

    // A label one of whose documents is held out has one fewer to learn from, which must not speak for it.
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Train_LabelsOfEqualFrequency_TakesNoFrequencyAsASignal(int documents)
    {
        var (data, test) = (Balanced(labels: 60, documents, seed: 1), Balanced(labels: 60, 4, seed: 2));
        var model = Train(data, Quick with { Head = Head.Hybrid }, 2);
        Assert.Equal((0, 0), (model.ScoreWeights!.Frequency, model.ScoreWeights.FrequencyMargin));
        Assert.InRange(PrecisionAt1(model, test), 0.8, 1);
    }

    /// <summary>Each label has so many documents, with three of its four own features and three of forty that all share.</summary>
    private static Dataset Balanced(int labels, int documents, int seed)
    {
        var random = new Random(seed);
        var (features, truth) = (new List<SortedDictionary<int, float>>(), new List<SortedSet<int>>());
        for (var document = 0; document < labels * documents; document++)
        {
            var label = document % labels;
            int[] own = [0, 1, 2, 3];
            random.Shuffle(own);
            features.Add(new SortedDictionary<int, float>(own[..3].Select(feature => 40 + 4 * label + feature).Concat(Enumerable.Range(0, 3).Select(_ => random.Next(40))).Distinct().ToDictionary(feature => feature, _ => 1f)));
            truth.Add([label]);
        }

        return new Dataset("balanced", SmallData.Matrix(features, 40 + 4 * labels), SmallData.Matrix(truth, labels));
    }

    private static double PrecisionAt1(Model model, Dataset data)
    {
        using var predictor = new Predictor(model, 2);
        return Evaluator.Evaluate(predictor.Predict(data.Features, 1), data.Labels, new EvaluationOptions { Ks = [1] }).Precision[0];
    }

    [Theory]
    [InlineData(Head.Hybrid, true, "validation.share", "validation.refitUpTo", "prediction.beta")]
    [InlineData(Head.Dense, true, "validation.share", "validation.refitUpTo")]
    [InlineData(Head.Sparse, false, "prediction.beta")]
    [InlineData(Head.Dense, false)]
    public void Train_SettingsWithoutEffect_AreNamed(Head head, bool hasValidation, params string[] expected)
    {
        var options = Quick with { Head = head, Schedule = Quick.Schedule with { Epochs = 1 }, Validation = new ValidationOptions { Share = 0.2, RefitUpTo = 10, Patience = 3 }, Prediction = new PredictionOptions { Beta = 0.5 } };
        Assert.Equal(expected, Unused(options, hasValidation, out _));
        Assert.Empty(Unused(Quick with { Head = head, Schedule = options.Schedule }, hasValidation, out _));
    }

    [Fact]
    public void Train_BetaWhereTheHeadIsChosen_HasNoEffectOnASparseOne()
    {
        var named = Unused(Quick with { Validation = new ValidationOptions { Share = 0 }, Prediction = new PredictionOptions { Beta = 0.5 } }, false, out var model);
        Assert.NotNull(model.Sparse);
        Assert.Equal(["prediction.beta"], named);
    }

    private static string[] Unused(TrainingOptions options, bool hasValidation, out Model model)
    {
        var recorder = new Recorder();
        model = Trainer.Train(SmallData.Learnable(300, 40, 1), hasValidation ? SmallData.Learnable(60, 40, 2) : null, options, 2, recorder);
        return [.. recorder.Events.OfType<TrainingNote>().Where(note => note.Text.Contains(" has no effect", StringComparison.Ordinal)).Select(note => note.Text.Split(' ')[0])];
    }

    [Fact]
    public void Train_LossWeighedByPropensity_ScoresRareLabelsHigher()
    {
        var (train, test) = SyntheticDataset.Generate(new SyntheticOptions { TrainingPoints = 800, TestPoints = 200, Labels = 100, Features = 500 });
        var frequencies = LabelFrequencies.Count(train.Labels);
        Assert.True(MeanScoreOfRareLabels(1) > 1.5 * MeanScoreOfRareLabels(0));

        double MeanScoreOfRareLabels(double power)
        {
            var options = Quick with { Head = Head.Dense, Encoder = Quick.Encoder with { Propensity = power } };
            using var predictor = new Predictor(Train(train, options, 2), 2);
            var all = predictor.Predict(test.Features, train.LabelCount);
            return all.Labels(0, test.PointCount).ToArray().Zip(all.Scores(0, test.PointCount).ToArray())
                .Where(pair => frequencies[pair.First] is >= 1 and <= 8).Average(pair => pair.Second);
        }
    }

    /// <summary>Rows of lengths from 0.7 to 1.3 of <paramref name="unit"/>.</summary>
    private static Dataset Uneven(Dataset data, float unit)
    {
        var row = 0;
        return data with { Features = data.Features.ScaleRows(_ => unit * (0.7f + row++ % 7 / 10f)) };
    }

    private static Model Train(Dataset data, TrainingOptions options, int threads) =>
        Trainer.Train(data, null, options, threads, new Recorder());

    private static float[] Parameters(Model model) =>
    [
        .. model.Network.Embeddings.ToMatrix().Span, .. model.Network.ResidualWeights.Span, .. model.Network.ResidualBias.Span,
        .. model.Network.Classifier.Span, .. model.LabelEmbeddings.Span,
    ];

    private sealed class Recorder : ITrainingObserver
    {
        public List<TrainingEvent> Events { get; } = [];

        public void Report(TrainingEvent progress) => Events.Add(progress);
    }
}
