using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Tests.Inference;

public class EnsemblePredictorTests
{
    private static readonly SparseMatrix Points = SmallData.Learnable(40, 20, 5).Features;

    [Fact]
    public void Predict_TwoModels_RanksByTheMeanOfTheirScores()
    {
        Model[] models = [Random(1), Random(2)];
        using var ensemble = new EnsemblePredictor(models, 2);
        var together = ensemble.Predict(Points, 5);
        RankedLabels[] alone = [.. models.Select(All)];
        for (var point = 0; point < Points.RowCount; point++)
        {
            var means = new float[20];
            foreach (var ranking in alone)
            {
                for (var j = 0; j < 20; j++)
                    means[ranking.Labels(point)[j]] += ranking.Scores(point)[j];
            }

            int[] expected = [.. Enumerable.Range(0, 20).OrderByDescending(label => means[label]).ThenBy(label => label).Take(5)];
            Assert.Equal(expected, together.Labels(point).ToArray());
            Assert.Equal(means[expected[0]] / 2, together.Scores(point)[0]);
        }
    }

    [Fact]
    public void Predict_OneModel_IsThatModel()
    {
        using var ensemble = new EnsemblePredictor([Random(1)], 1);
        using var predictor = new Predictor(Random(1), 1);
        var (expected, actual) = (predictor.Predict(Points, 3), ensemble.Predict(Points, 3));
        Assert.Equal(expected.Labels(0, Points.RowCount).ToArray(), actual.Labels(0, Points.RowCount).ToArray());
        Assert.Equal(expected.Scores(0, Points.RowCount).ToArray(), actual.Scores(0, Points.RowCount).ToArray());
    }

    [Fact]
    public void Constructor_ModelsOfOtherLabels_AreRefused() =>
        Assert.Throws<LightDxmlException>(() => { using var _ = new EnsemblePredictor([Random(1), SampleModels.Random(Points.ColumnCount, 21, 8, 1)], 1); });

    [Fact]
    public void Open_SavedEnsemble_HoldsItsMembersInOrder()
    {
        using var folder = new TemporaryFolder();
        EnsembleFolder.Save([SampleModels.Constant(5, 4, 3, 1), SampleModels.Constant(5, 4, 3, 2)], folder["both"]);
        Assert.Equal([1, 2], ModelStore.Load(folder["both"]).Select(model => model.Training!.Options.Seed));
    }

    [Fact]
    public void Open_DamagedConfiguration_IsAStatedError()
    {
        using var folder = new TemporaryFolder();
        EnsembleFolder.Save([SampleModels.Constant(5, 4, 3, 1)], folder["one"]);
        const string Start = "{\"format\":\"lightdxml-ensemble\",\"formatVersion\":";
        foreach (var (text, fault) in new[]
        {
            ("", "damaged"),
            ("[]", "not a JSON object"),
            ("{\"format\":\"lightdxml-model\"}", "not the configuration of an ensemble"),
            (Start + "1,\"members\":1}", "but found 1"),
            (Start + "4,\"members\":1}", "but found 4"),
            (Start + "3,\"members\":0}", "no 0 members"),
            (Start + "3,\"members\":2147483647}", "no 2147483647 members"),
            (Start + "3,\"members\":1,\"labelNames\":false,\"labelIds\":false}", "vocabulary is missing"),
            (Start + "3,\"members\":1,\"labelNames\":true,\"labelIds\":false,\"vocabulary\":false}", "labels.txt"),
        })
        {
            File.WriteAllText(Path.Combine(folder["one"], ModelFolder.ConfigurationFile), text);
            Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => EnsembleFolder.Read(ModelFolder.Files(folder["one"]), mapped: true)).Message, StringComparison.Ordinal);
        }
    }

    private static Model Random(int seed) => SampleModels.Random(Points.ColumnCount, 20, 8, seed);

    private static RankedLabels All(Model model)
    {
        using var predictor = new Predictor(model, 1);
        return predictor.Predict(Points, 20);
    }
}
