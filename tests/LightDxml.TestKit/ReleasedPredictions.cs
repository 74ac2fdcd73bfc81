using LightDxml.Data;
using LightDxml.Inference;
using Xunit;

namespace LightDxml.TestKit;

/// <summary>Predictions that a model of an earlier version made when it was saved.</summary>
internal static class ReleasedPredictions
{
    /// <summary>Compares labels, and scores as far as sums in another order allow.</summary>
    public static void AssertSame(string expectedFile, LabelRanker model, string testFile)
    {
        var expected = PredictionFile.Read(expectedFile);
        var actual = model.Predict(DatasetFile.Read(testFile).Features.WithColumnCount(model.FeatureCount), 3, threads: 1);
        Assert.Equal(20, actual.PointCount);
        for (var document = 0; document < actual.PointCount; document++)
        {
            Assert.Equal(expected.Labels(document).ToArray(), actual.Labels(document).ToArray());
            Assert.All(expected.Scores(document).ToArray().Zip(actual.Scores(document).ToArray()).Where(pair => float.IsFinite(pair.First)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }
}
