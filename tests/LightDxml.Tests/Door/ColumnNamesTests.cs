using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

/// <summary>Sets whose files name features or labels in another order than the training set's.</summary>
public sealed class ColumnNamesTests : IDisposable
{
    private static readonly TrainingOptions Quick = new() { Encoder = new EncoderOptions { Dimensions = 12 }, Schedule = new ScheduleOptions { Epochs = 4 } };
    private static readonly Dataset Train = Named(SmallData.Learnable(300, 12, seed: 1) with { Name = "train.arff" });
    private static readonly Dataset Other = Named(SmallData.Learnable(80, 12, seed: 2) with { Name = "other.arff" });
    private static readonly Dataset OtherLabels = Backwards(Other) with { Features = Other.Features, FeatureNames = Other.FeatureNames };
    private static readonly Dataset OtherFeatures = Backwards(Other) with { Labels = Other.Labels, LabelNames = Other.LabelNames };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_ValidationThatNamesColumnsInAnotherOrder_IsRefused_AndAlignedItIsTheSame()
    {
        AssertTells(() => FeatureClassifier.Train(Train, OtherLabels, Quick, threads: 1), "train.arff", "label 0,", "'l0'", "'l11'");
        AssertTells(() => FeatureClassifier.Train(Train, OtherFeatures, Quick, threads: 1), "train.arff", "feature 0,", "'f0'", $"'f{Train.FeatureCount - 1}'");

        using var expected = FeatureClassifier.Train(Train, Other, Quick, threads: 1);
        using var aligned = FeatureClassifier.Train(Train, Backwards(Other).AlignedTo(Train.FeatureNames, Train.LabelNames, newLabels: false), Quick, threads: 1);
        Assert.Equal(expected.Predict(Other.Features).Scores(0, 80).ToArray(), aligned.Predict(Other.Features).Scores(0, 80).ToArray());
        using var unnamed = FeatureClassifier.Train(Train, Other with { FeatureNames = null, LabelNames = null }, Quick, threads: 1);
    }

    [Fact]
    public void Update_DocumentsThatNameColumnsInAnotherOrder_AreRefused_AndAlignedTheyAreLearnt()
    {
        using (var former = FeatureClassifier.Train(Train, options: Quick, threads: 1))
            former.Save(_folder["model"]);

        AssertTells(() => FeatureClassifier.Update(_folder["model"], OtherLabels), _folder["model"], "label 0,", "'l0'", "'l11'");
        AssertTells(() => FeatureClassifier.Update(_folder["model"], OtherFeatures), _folder["model"], "feature 0,", "'f0'");
        AssertTells(() => FeatureClassifier.Update(_folder["model"], Other with { Name = "added" }, OtherFeatures), _folder["model"], "feature 0,");
        using var loaded = FeatureClassifier.Load(_folder["model"]);
        using var updated = FeatureClassifier.Update(_folder["model"], Backwards(Other).AlignedTo(loaded.FeatureNames, loaded.LabelNames));
        Assert.Equal(Train.FeatureNames, updated.FeatureNames);
    }

    [Fact]
    public void Evaluate_AlignedToTheModel_MeasuresWhatNamesSay()
    {
        using var model = FeatureClassifier.Train(Train, options: Quick, threads: 1);
        var expected = Precision(model, Other);

        Assert.Equal(expected, Precision(model, Backwards(Other).AlignedTo(model.FeatureNames, model.LabelNames)));
        Assert.True(Precision(model, Backwards(Other)) < expected / 2);
    }

    [Fact]
    public void Names_OfAModel_CannotBeChanged()
    {
        using var model = FeatureClassifier.Train(Train, options: Quick, threads: 1);

        Assert.IsNotType<string[]>(model.LabelNames);
        Assert.IsNotType<string[]>(model.FeatureNames);
        Assert.Throws<NotSupportedException>(() => ((IList<string>)model.LabelNames!)[0] = "changed");
        Assert.Equal(Train.LabelNames, model.LabelNames);
    }

    private static double Precision(FeatureClassifier model, Dataset test) =>
        Evaluator.Evaluate(model.Predict(test.Features), test.Labels, new EvaluationOptions()).Precision[0];

    private static void AssertTells(Func<FeatureClassifier> work, params string[] parts)
    {
        var message = Assert.Throws<LightDxmlException>(work).Message;
        Assert.All((string[])["other.arff", .. parts], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static Dataset Named(Dataset set) => set with
    {
        FeatureNames = [.. Enumerable.Range(0, set.FeatureCount).Select(feature => $"f{feature}")],
        LabelNames = [.. Enumerable.Range(0, set.LabelCount).Select(label => $"l{label}")],
    };

    /// <summary>The same set, its columns in the opposite order.</summary>
    private static Dataset Backwards(Dataset set) => set with
    {
        Features = set.Features.WithColumns(column => set.FeatureCount - 1 - column, set.FeatureCount),
        Labels = set.Labels.WithColumns(column => set.LabelCount - 1 - column, set.LabelCount),
        FeatureNames = [.. set.FeatureNames!.Reverse()],
        LabelNames = [.. set.LabelNames!.Reverse()],
    };
}
