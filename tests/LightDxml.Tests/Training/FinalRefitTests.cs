using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text.Synthetic;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

/// <summary>What the model keeps of points held out, on a set where many labels have a point or two.</summary>
public class FinalRefitTests
{
    private static readonly Dataset Data = SyntheticDataset.Generate(
        new SyntheticOptions { TrainingPoints = 1500, TestPoints = 10, Labels = 2500, Features = 1500 }).Train;

    private static readonly TrainingOptions Options = new()
    {
        Head = Head.Hybrid,
        Encoder = new EncoderOptions { Dimensions = 24 },
        Schedule = new ScheduleOptions { Epochs = 1 },
        Prediction = new PredictionOptions { ScanLabels = 0 },
        Validation = new ValidationOptions { Share = 0.2 },
        Storage = new StorageOptions { Precision = Precision.Float32 },
    };

    private static readonly Lazy<Model> Trained = new(() => Trainer.Train(Data, null, Options, 2, new SilentObserver()));

    private static readonly Lazy<int[]> OnlyHeldOut = new(() =>
    {
        var blind = LabelFrequencies.Count(Data.SelectRows(HoldOut.Split(Data.PointCount, 0.2, Options.Seed).Train).Labels);
        var all = LabelFrequencies.Count(Data.Labels);
        return [.. Enumerable.Range(0, Data.LabelCount).Where(label => all[label] > 0 && blind[label] == 0)];
    });

    // A problem of positives alone is solved by a bias above 0, which scores the label high for every document.
    [Fact]
    public void Train_NoLabel_HasABiasAboveZero()
    {
        Assert.InRange(OnlyHeldOut.Value.Length, 20, Data.LabelCount);
        Assert.All(Trained.Value.Sparse!.Biases, bias => Assert.InRange(bias, -3, 0));
    }

    [Fact]
    public void Train_LabelWhoseOnlyPointsWereHeldOut_HasEmbeddingCentroidAndFrequency()
    {
        var model = Trained.Value;
        foreach (var label in OnlyHeldOut.Value)
        {
            Assert.True(model.LabelEmbeddings.Row(label).ContainsAnyExcept(0f));
            Assert.NotEqual(0, model.Centroids!.RowLength(label));
            Assert.NotEqual(0, model.LabelFrequencies![label]);
        }
    }

    [Fact]
    public void Train_LabelFrequencies_AreThoseOfAllPoints() => Assert.Equal(LabelFrequencies.Count(Data.Labels), Trained.Value.LabelFrequencies);
}
