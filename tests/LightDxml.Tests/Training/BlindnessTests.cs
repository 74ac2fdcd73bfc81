using System.Globalization;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Metrics;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

/// <summary>What is fitted before the choice on held-out points has not seen their labels, not even by counting them.</summary>
public class BlindnessTests
{
    private static readonly Dataset Data = SmallData.Learnable(500, 60, 1);
    private static readonly int[] HeldOutPoints = [.. Enumerable.Range(0, 50).Select(i => i * 10)];

    // One epoch, so that there is none to choose; shortlists and an index, so that every part of a model is there.
    private static readonly TrainingOptions Options = TrainingPlan.Resolve(
        new TrainingOptions
        {
            Head = Head.Hybrid,
            Encoder = new EncoderOptions { Dimensions = 24, Dropout = 0.1 },
            Schedule = new ScheduleOptions { Epochs = 1, BatchSize = 32 },
            Shortlist = new ShortlistOptions { Width = 20, Index = "exact" },
            Prediction = new PredictionOptions { ScanLabels = 0 },
            Sparse = new SparseHeadOptions { Propensity = 0.5 },
        },
        Data);

    [Theory]
    [InlineData("exact")]
    [InlineData("centroids")]
    public void Blind_OtherLabelsOfHeldOutPoints_ChangeNothingThatIsLearntBlind(string index)
    {
        var options = Options with { Shortlist = Options.Shortlist with { Index = index } };
        var (expected, _) = Blind(TrainingSplit.HoldingOut(Data, HeldOutPoints), options);
        var (actual, _) = Blind(TrainingSplit.HoldingOut(WithOtherLabels(), HeldOutPoints), options);
        var (before, after) = (expected.Head.Chosen, actual.Head.Chosen);
        Assert.Equal(before.Network.Embeddings.ToMatrix().Span.ToArray(), after.Network.Embeddings.ToMatrix().Span.ToArray());
        Assert.Equal(before.Network.Classifier.Span.ToArray(), after.Network.Classifier.Span.ToArray());
        Assert.Equal(before.LabelEmbeddings.Span.ToArray(), after.LabelEmbeddings.Span.ToArray());
        Assert.Equal(before.LabelFrequencies, after.LabelFrequencies);
        Assert.Equal(Entries(before.Centroids!), Entries(after.Centroids!));
        Assert.Equal(index == "exact", before.PartCentroids is not null);
        Assert.Equal(Entries(before.PartCentroids?.Rows ?? before.Centroids!), Entries(after.PartCentroids?.Rows ?? after.Centroids!));
        Assert.Equal(before.Sparse!.Biases, after.Sparse!.Biases);
        Assert.Equal(Entries(before.Sparse.Weights), Entries(after.Sparse.Weights));

        // Their labels did change something: what is fitted to them, and the classifier that goes on with them.
        Assert.NotEqual(before.ScoreWeights, after.ScoreWeights);
        Assert.NotEqual(expected.Head.Full!.Own.Biases, actual.Head.Full!.Own.Biases);
    }

    [Fact]
    public void Blind_HeadIsChosenBy_HeadAndTailWithBlindPropensities()
    {
        var split = TrainingSplit.HoldingOut(Data, HeldOutPoints);
        var (result, notes) = Blind(split, Options);
        using var predictor = new Predictor(result.Head.Chosen, 2);
        var predictions = predictor.Predict(split.HeldOut!.Features, 5);
        Assert.Contains(notes, note => note.Contains(Figure(split.Blind), StringComparison.Ordinal));
        Assert.NotEqual(Figure(split.Blind), Figure(split.HeldOut));

        string Figure(Dataset propensitiesOf)
        {
            var report = Evaluator.Evaluate(
                predictions, split.HeldOut.Labels, new EvaluationOptions(), Propensities.Inverse(propensitiesOf.Labels, PropensityOptions.Standard));
            return string.Create(CultureInfo.InvariantCulture, $"PSnDCG@5 {report.PropensityScoredNdcg![^1]:P2} ");
        }
    }

    [Fact]
    public void Blind_TailDial_TurnsTheRankingThatHeadsAreChosenBy()
    {
        var split = TrainingSplit.HoldingOut(Data, HeldOutPoints);
        string[] Heads(double tail) => [.. Blind(split, Options with { Prediction = Options.Prediction with { Tail = tail } }).Notes
            .Where(note => note.StartsWith("head ", StringComparison.Ordinal))];
        Assert.NotEqual(Heads(0), Heads(1));
    }

    private static ((TrainingCycle.Result Cycle, HeadSelection.Result Head) Result, string[] Notes) Blind(TrainingSplit split, TrainingOptions options)
    {
        var recorder = new Recorder();
        var result = new Trainer.Run(options, KernelBackends.Select(), 2, recorder).Blind(split, Checkpoint.None, default);
        return (result, [.. recorder.Events.OfType<TrainingNote>().Select(note => note.Text)]);
    }

    /// <summary>The data set with each held-out point's labels moved on by seven.</summary>
    private static Dataset WithOtherLabels()
    {
        SortedSet<int>[] rows = [.. Enumerable.Range(0, Data.PointCount).Select(point => new SortedSet<int>(
            Data.Labels.RowColumns(point).ToArray().Select(label => HeldOutPoints.Contains(point) ? (label + 7) % Data.LabelCount : label)))];
        return Data with { Labels = SmallData.Matrix(rows, Data.LabelCount) };
    }

    private static (int Row, int Column, float Value)[] Entries(SparseMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.RowCount).SelectMany(row => matrix.RowColumns(row).ToArray().Zip(matrix.RowValues(row).ToArray(), (column, value) => (row, column, value)))];

    private sealed class Recorder : ITrainingObserver
    {
        public List<TrainingEvent> Events { get; } = [];

        public void Report(TrainingEvent progress) => Events.Add(progress);
    }
}
