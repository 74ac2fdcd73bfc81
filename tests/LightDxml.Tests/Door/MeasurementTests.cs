using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Door;

/// <summary>Features of different units, as tables of measurements have them.</summary>
public sealed class MeasurementTests : IDisposable
{
    private static readonly Dataset Measured = SmallData.Measurements(400, 6, seed: 1);
    private static readonly Dataset Unseen = SmallData.Measurements(100, 6, seed: 2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_FeaturesOfDifferentUnits_AreAllLearntFrom()
    {
        using var standard = Train(Measured, Standardization.Auto);
        Assert.True(Precision(standard, Unseen) >= 0.95, $"{Precision(standard, Unseen)}");
        using var asTheyAre = Train(Measured, Standardization.False);
        Assert.True(Precision(asTheyAre, Unseen) < 0.8, $"{Precision(asTheyAre, Unseen)}");
    }

    [Theory]
    [InlineData("model")]
    [InlineData("model.ldx")]
    public void SaveAndLoad_OneRowOrMany_AreTheSamePredictions(string name)
    {
        using var classifier = Train(Measured, Standardization.Auto);
        classifier.Save(_folder[name]);
        using var loaded = FeatureClassifier.Load(_folder[name]);
        var expected = classifier.Predict(Unseen.Features, 3);
        var actual = loaded.Predict(Unseen.Features, 3);
        Assert.Equal(expected.Scores(0, 100).ToArray(), actual.Scores(0, 100).ToArray());
        SinglePredictions.AssertSame(expected, loaded, Unseen.Features);
    }

    [Fact]
    public void Predict_RowOfWhatTellsNothing_OneRowOrMany_AreTheSamePredictions()
    {
        // The last feature is the same in all documents.
        var all = Measured with { Features = Constant(Measured.Features) };
        using var classifier = Train(all, Standardization.Auto);
        var row = SmallData.Matrix([new SortedDictionary<int, float> { [12] = 1 }], 13);
        SinglePredictions.AssertSame(classifier.Predict(row, 3), classifier, row);

        static SparseMatrix Constant(SparseMatrix features) => SmallData.Matrix(
            [.. Enumerable.Range(0, features.RowCount).Select(row => new SortedDictionary<int, float>(
                features.RowColumns(row).ToArray().Append(12).Zip([.. features.RowValues(row), 1f]).ToDictionary(pair => pair.First, pair => pair.Second)))],
            13);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_NewLabel_IsLearntOnTheScaleOfTraining(bool withPrevious)
    {
        var all = SmallData.Measurements(400, 6, seed: 1);
        var old = all with { Labels = all.Labels.WithColumns(label => label < 5 ? label : -1, 5) };
        using (var former = Train(old, Standardization.Auto))
            former.Save(_folder["model"]);
        var added = all.SelectRows([.. Enumerable.Range(0, 400).Where(row => all.Labels.RowColumns(row).Contains(5))]);
        using var updated = FeatureClassifier.Update(_folder["model"], added, withPrevious ? old : null);
        updated.Save(_folder["updated"]);
        using var loaded = FeatureClassifier.Load(_folder["updated"]);
        Assert.True(Precision(loaded, Unseen) > 0.9, $"{Precision(loaded, Unseen)}");
    }

    private static FeatureClassifier Train(Dataset data, Standardization standardize) => FeatureClassifier.Train(
        data, options: new TrainingOptions { Encoder = new EncoderOptions { Dimensions = 16, Standardize = standardize } }, threads: 1);

    private static double Precision(FeatureClassifier classifier, Dataset test)
    {
        var predictions = classifier.Predict(test.Features, 1);
        return Enumerable.Range(0, test.PointCount).Count(row => test.Labels.RowColumns(row).Contains(predictions.Labels(row)[0])) / (double)test.PointCount;
    }
}
