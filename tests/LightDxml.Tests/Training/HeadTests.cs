using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public class HeadTests
{
    private static readonly Dataset Data = SmallData.Learnable(900, 80, 1);
    private static readonly Dataset Unseen = SmallData.Learnable(150, 80, 2);

    public static TheoryData<Head, int, int, string> Variants => new()
    {
        { Head.Dense, 0, 8192, "exact" },
        { Head.Sparse, 0, 8192, "exact" },
        { Head.Hybrid, 0, 8192, "exact" },
        { Head.Hybrid, 20, 0, "exact" },
        { Head.Auto, 20, 0, "exact" },
        { Head.Dense, 40, 0, "exact" },
        { Head.Hybrid, 40, 0, "centroids" },
        { Head.Auto, 40, 8192, "centroids" },
        { Head.Sparse, 40, 8192, "centroids" },
        { Head.Dense, 40, 0, "centroids" },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Train_EveryHead_PredictsUnseenPoints(Head head, int width, int scanLabels, string index)
    {
        using var predictor = new Predictor(Train(head, width, scanLabels, 2, index: index), 2);
        var predictions = predictor.Predict(Unseen.Features, 3);
        var hits = Enumerable.Range(0, Unseen.PointCount).Count(i => Unseen.Labels.RowColumns(i).Contains(predictions.Labels(i)[0]));

        // A dense head alone cannot find a label that is not on the shortlist of 40 among the 80.
        Assert.InRange(hits / 150.0, head == Head.Dense && width > 0 ? 0.7 : 0.85, 1);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Predict_OneDocument_EqualsTheBatch_AndScoresFall(Head head, int width, int scanLabels, string index)
    {
        using var predictor = new Predictor(Train(head, width, scanLabels, 1, index: index), 2);
        var predictions = predictor.Predict(Unseen.Features, 5);
        var (labels, scores) = (new int[5], new float[5]);
        for (var i = 0; i < Unseen.PointCount; i++)
        {
            predictor.Predict(Unseen.Features.RowColumns(i), Unseen.Features.RowValues(i), labels, scores);
            Assert.Equal(predictions.Labels(i).ToArray(), labels);
            Assert.Equal(predictions.Scores(i).ToArray(), scores);
            Assert.Equal(scores.OrderDescending(), scores);
            Assert.All(scores, score => Assert.InRange(score, 0, 1));
        }
    }

    [Theory]
    [InlineData(0.5f, 0f)]
    [InlineData(3f, 0f)]
    [InlineData(-2f, 0f)]
    [InlineData(40f, 0f)]
    [InlineData(1f, 30f)]
    [InlineData(1f, -100f)]
    public void Predict_FewOfTheBest_AreTheFirstOfAll(float cosine, float intercept)
    {
        // Whoever asks for few gets them without the similarities of candidates that cannot be among them; σ of 30 is 1 for all.
        var model = Train(Head.Hybrid, 0, 8192, 1);
        using var predictor = new Predictor(model with
        {
            ScoreWeights = model.ScoreWeights! with { Cosine = cosine, Intercept = intercept },
            Inference = model.Inference with { Candidates = model.LabelCount },
        }, 1);
        var all = predictor.Predict(Unseen.Features, model.LabelCount);
        foreach (var top in (int[])[1, 3, 10])
        {
            var best = predictor.Predict(Unseen.Features, top);
            for (var i = 0; i < Unseen.PointCount; i++)
            {
                Assert.Equal(all.Labels(i)[..top].ToArray(), best.Labels(i).ToArray());
                Assert.Equal(all.Scores(i)[..top].ToArray(), best.Scores(i).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(75)]
    [InlineData(150)]
    [InlineData(151)]
    public void Predict_ChunksOfAnySize_AnIndexGivesTheSame(int chunkPoints)
    {
        var model = Train(Head.Hybrid, 20, 0, 1);
        using var whole = new Predictor(model, 2);
        var kernels = KernelBackends.Select();
        using var chunks = new Predictor(model, new CandidateFinder(model, null, kernels, 2) { Chunk = chunkPoints }, kernels, ownsFinder: true);
        var (expected, actual) = (whole.Predict(Unseen.Features, 5), chunks.Predict(Unseen.Features, 5));
        Assert.NotNull(chunks.Finder.Index);
        Assert.Equal(expected.Labels(0, 150).ToArray(), actual.Labels(0, 150).ToArray());
        Assert.Equal(expected.Scores(0, 150).ToArray(), actual.Scores(0, 150).ToArray());
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("centroids")]
    public void Predict_OneDocument_AllocatesNothingOnceWarm(string index)
    {
        using var predictor = new Predictor(Train(Head.Hybrid, 20, 0, 1, index: index), 1);
        var (labels, scores) = (new int[5], new float[5]);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var i = 0; i < 50; i++)
                predictor.Predict(Unseen.Features.RowColumns(i), Unseen.Features.RowValues(i), labels, scores);
        }));
    }

    [Theory]
    [InlineData(Precision.Int4, "exact")]
    [InlineData(Precision.Int8, "exact")]
    [InlineData(Precision.Float32, "exact")]
    [InlineData(Precision.Int4, "centroids")]
    public void SaveAndLoad_HybridModel_PredictsTheSameBits(Precision precision, string index)
    {
        using var folder = new TemporaryFolder();
        var model = ModelPrecision.Apply(Train(Head.Hybrid, 20, 0, 1, Precision.Float32, index), precision);
        ModelFolder.Save(model, folder["model"]);
        using var before = new Predictor(model, 1);
        var expected = before.Predict(Unseen.Features, 5);
        foreach (var read in new[] { ModelFolder.Load(folder["model"]), ModelFolder.Open(folder["model"]) })
        {
            using var after = new Predictor(read, 1);
            var actual = after.Predict(Unseen.Features, 5);
            Assert.Equal(expected.Labels(0, expected.PointCount).ToArray(), actual.Labels(0, actual.PointCount).ToArray());
            Assert.Equal(expected.Scores(0, expected.PointCount).ToArray(), actual.Scores(0, actual.PointCount).ToArray());

            // Whatever the precision: a label index takes the longer of two label embeddings for the nearer.
            for (var label = 0; label < read.LabelCount; label++)
            {
                var length = Math.Sqrt(read.LabelEmbeddings.Row(label).ToArray().Sum(x => (double)x * x));
                Assert.True(length == 0 || Math.Abs(length - 1) < 1e-4, $"label {label} has an embedding of length {length}");
            }
        }
    }

    [Fact]
    public void Open_FourBitModel_SavesAgainTheSameFile()
    {
        using var folder = new TemporaryFolder();
        ModelFolder.Save(Train(Head.Hybrid, 20, 0, 1), folder["model"]);
        var opened = ModelFolder.Open(folder["model"]);
        Assert.IsNotType<DenseEmbeddings>(opened.Network.Embeddings);
        ModelFolder.Save(opened, folder["again"]);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(folder["model"], ModelFolder.TensorFile)),
            File.ReadAllBytes(Path.Combine(folder["again"], ModelFolder.TensorFile)));
    }

    [Theory]
    [InlineData(2, "exact")]
    [InlineData(4, "exact")]
    [InlineData(3, "centroids")]
    public void Train_HybridHead_AnyThreadCount_GivesTheSameBits(int threads, string index)
    {
        var (expected, actual) = (Train(Head.Hybrid, 20, 0, 1, index: index), Train(Head.Hybrid, 20, 0, threads, index: index));
        Assert.Equal(expected.ScoreWeights, actual.ScoreWeights);
        Assert.Equal(expected.Sparse!.Biases, actual.Sparse!.Biases);
        for (var label = 0; label < Data.LabelCount; label++)
        {
            Assert.Equal(expected.Sparse.Weights.RowColumns(label).ToArray(), actual.Sparse.Weights.RowColumns(label).ToArray());
            Assert.Equal(expected.Sparse.Weights.RowValues(label).ToArray(), actual.Sparse.Weights.RowValues(label).ToArray());
        }
    }

    [Fact]
    public void SparseHead_PointsHeldOut_TeachTheFullClassifierAlone()
    {
        var shortlist = new RankedLabels(Data.PointCount, Data.LabelCount, Data.LabelCount);
        for (var point = 0; point < Data.PointCount; point++)
        {
            for (var label = 0; label < Data.LabelCount; label++)
                shortlist.Labels(point)[label] = label;
        }

        bool[] heldOut = [.. Enumerable.Range(0, Data.PointCount).Select(point => point % 10 == 0)];
        int[] seen = [.. Enumerable.Range(0, Data.PointCount).Where(point => !heldOut[point])];
        var split = TrainingSplit.HoldingOut(Data, [.. Enumerable.Range(0, Data.PointCount).Where(point => heldOut[point])]);
        var result = new SparseHeadTrainer(split, new SparseHeadOptions { PruneBelow = 0 }, 1, 2).Train(Shortlists.Of(shortlist), (_, _) => { }, Checkpoint.None, default);
        var alone = new SparseHeadTrainer(TrainingSplit.Of(Data.SelectRows(seen), null, 0, 1), new SparseHeadOptions { PruneBelow = 0 }, 1, 2)
            .Train(Shortlists.Of(Select(shortlist, seen)), (_, _) => { }, Checkpoint.None, default);
        Assert.Equal(alone.Full.Own.Biases, result.Blind.Biases);
        Assert.NotEqual(result.Blind.Biases, result.Full.Own.Biases);

        // The points held out lie better in the classifier that has learnt from them.
        Assert.True(HeldOutLoss(result.Full.Own) < HeldOutLoss(result.Blind));

        double HeldOutLoss(SparseClassifier classifier)
        {
            var loss = 0.0;
            var document = new float[Data.FeatureCount];
            for (var point = 0; point < Data.PointCount; point += 10)
            {
                Array.Clear(document);
                for (var k = 0; k < Data.Features.RowLength(point); k++)
                    document[Data.Features.RowColumns(point)[k]] = Data.Features.RowValues(point)[k];
                for (var label = 0; label < Data.LabelCount; label++)
                {
                    var y = Data.Labels.RowColumns(point).Contains(label) ? 1 : -1;
                    var margin = classifier.Biases[label];
                    for (var k = 0; k < classifier.Weights.RowLength(label); k++)
                        margin += classifier.Weights.RowValues(label)[k] * document[classifier.Weights.RowColumns(label)[k]];
                    loss += Math.Pow(Math.Max(0, 1 - y * margin), 2);
                }
            }

            return loss;
        }

        static RankedLabels Select(RankedLabels lists, int[] points)
        {
            var selected = new RankedLabels(points.Length, lists.LabelCount, lists.Width);
            for (var i = 0; i < points.Length; i++)
                lists.Labels(points[i]).CopyTo(selected.Labels(i));
            return selected;
        }
    }

    [Fact]
    public void SparseHead_MoreWeightsThanAModelHolds_IsAnErrorAsSoonAsTheyAre()
    {
        var labelsDone = 0L;
        var trainer = new SparseHeadTrainer(TrainingSplit.Of(Data, null, 0, 1), new SparseHeadOptions(), 1, 1) { MostWeights = 50 };
        var message = Assert.Throws<LightDxmlException>(() => trainer.Train(null, (done, _) => labelsDone = done, Checkpoint.None, default)).Message;
        Assert.Contains("more than the 50 weights", message, StringComparison.Ordinal);
        Assert.Contains("raise sparse.pruneBelow", message, StringComparison.Ordinal);
        Assert.InRange(labelsDone, 0, Data.LabelCount / 2);
    }

    [Fact]
    public void SparseHead_PropensityOfOne_CostsALabelsPositivesItsInversePropensity()
    {
        var shortlist = new RankedLabels(Data.PointCount, Data.LabelCount, Data.LabelCount);
        for (var point = 0; point < Data.PointCount; point++)
        {
            for (var label = 0; label < Data.LabelCount; label++)
                shortlist.Labels(point)[label] = label;
        }

        SparseClassifier Classifier(SparseHeadOptions options) => new SparseHeadTrainer(TrainingSplit.Of(Data, null, 0, 1), options, 1, 2).Train(Shortlists.Of(shortlist), (_, _) => { }, Checkpoint.None, default).Full.Own;
        var weighted = Classifier(new SparseHeadOptions { Propensity = 1 });
        var inverse = Propensities.Inverse(Data.Labels, PropensityOptions.Standard);
        foreach (var label in new[] { Array.IndexOf(inverse, inverse.Min()), Array.IndexOf(inverse, inverse.Max()) })
        {
            var alone = Classifier(new SparseHeadOptions { PositiveCost = inverse[label] });
            Assert.Equal(alone.Biases[label], weighted.Biases[label]);
            Assert.Equal(alone.Weights.RowValues(label).ToArray(), weighted.Weights.RowValues(label).ToArray());
        }

        Assert.True(inverse.Max() > inverse.Min());
    }

    [Fact]
    public void Predict_TailDialTurned_PredictsRarerLabels()
    {
        var model = Train(Head.Hybrid, 0, 8192, 1);
        double MeanFrequency(double tail)
        {
            var turned = model with { Inference = model.Inference with { Tail = tail } };
            using var predictor = new Predictor(turned, 1);
            var predictions = predictor.Predict(Unseen.Features, 3);
            return predictions.Labels(0, predictions.PointCount).ToArray().Average(label => model.LabelFrequencies![label]);
        }

        Assert.True(MeanFrequency(1) < MeanFrequency(0));
    }

    private static Model Train(Head head, int width, int scanLabels, int threads, Precision precision = Precision.Int4, string index = "exact") => Trainer.Train(
        Data, null, new TrainingOptions
        {
            Head = head,
            Encoder = new EncoderOptions { Dimensions = 24, Dropout = 0.1 },
            Proxy = new ProxyOptions { Hidden = 32, Passes = 2 },
            Schedule = new ScheduleOptions { Epochs = 8, RefreshEvery = 4, BatchSize = 32 },
            Shortlist = new ShortlistOptions { Width = width, Index = index },
            Negatives = new NegativeOptions { Uniform = 10 },
            Prediction = new PredictionOptions { ScanLabels = scanLabels },
            Validation = new ValidationOptions { Share = 0.1 },
            Storage = new StorageOptions { Precision = precision },
        }, threads, new SilentObserver());
}
