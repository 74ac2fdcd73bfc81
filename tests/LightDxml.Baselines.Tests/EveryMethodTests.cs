using LightDxml.Baselines.FastText;
using LightDxml.Baselines.Perceptron;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests;

/// <summary>What holds for every comparator.</summary>
public sealed class EveryMethodTests
{
    private const int Labels = 40;
    private static readonly Dataset Train = SmallData.Learnable(500, Labels, seed: 1);
    private static readonly Dataset Test = SmallData.Learnable(120, Labels, seed: 2);

    public static TheoryData<string> Names => [.. BaselineMethods.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_EasySet_FindsTheLabels(string name)
    {
        var ranking = TrainBy(name, threads: 2).Predict(Test.Features, 5, threads: 2);
        var precision = Evaluator.Evaluate(ranking, Test.Labels, new EvaluationOptions()).Precision[0];
        // Every label is as frequent as the others, so that the most frequent ones are right for about 2 of 40 points.
        Assert.True(name == "most-frequent" ? precision > 0.02 : precision > 0.9, $"P@1 is {precision}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_SameSeed_PredictsTheSame_ForEveryThreadCount(string name) =>
        AssertEqual(TrainBy(name, threads: 1).Predict(Test.Features, 5, threads: 1), TrainBy(name, threads: 2).Predict(Test.Features, 5, threads: 2));

    [Theory]
    [MemberData(nameof(Names))]
    public void SaveAndLoad_PredictsTheSame(string name)
    {
        using var folder = new TemporaryFolder();
        var model = TrainBy(name, threads: 1);
        BaselineFolder.Save(model, new BaselineStatistics(500, Train.FeatureCount, Labels, 1), folder["model"]);
        var (loaded, statistics) = BaselineFolder.Load(folder["model"]);
        Assert.Equal((500, model.FeatureCount, model.LabelCount), (statistics.PointCount, loaded.FeatureCount, loaded.LabelCount));
        AssertEqual(model.Predict(Test.Features, 5, 1), loaded.Predict(Test.Features, 5, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Save_FeaturesTooSmallForFloats_CanBeOpened_OrSaysThatTrainingDiverged(string name)
    {
        using var folder = new TemporaryFolder();
        var model = BaselineMethods.Get(name).Train(Train with { Features = Train.Features.ScaleRows(_ => 1e-40f) }, 1, 1, null, CancellationToken.None);
        try
        {
            BaselineFolder.Save(model, new BaselineStatistics(500, Train.FeatureCount, Labels, 1), folder["model"]);
        }
        catch (LightDxmlException error)
        {
            Assert.StartsWith("fasttext", name, StringComparison.Ordinal);
            Assert.Contains("diverged", error.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder["model"]));
            return;
        }

        BaselineFolder.Load(folder["model"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_NoDocumentWithALabel_IsAnError(string name) => Assert.Contains(
        "no document has a label",
        Assert.Throws<LightDxmlException>(() => BaselineMethods.Get(name).Train(Train with { Labels = SmallData.Matrix([.. Enumerable.Repeat(new SortedSet<int>(), 500)], Labels) }, 1, 1, null, CancellationToken.None)).Message,
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_Scores_FallAndLabelsDiffer(string name)
    {
        var ranking = TrainBy(name, threads: 1).Predict(Test.Features, 10, threads: 1);
        for (var point = 0; point < ranking.PointCount; point++)
        {
            var filled = ranking.Labels(point).ToArray().Where(label => label >= 0).ToArray();
            Assert.NotEmpty(filled);
            Assert.Equal(filled.Length, filled.Distinct().Count());
            var scores = ranking.Scores(point)[..filled.Length].ToArray();
            Assert.All(scores, score => Assert.True(float.IsFinite(score)));
            Assert.Equal(scores.OrderDescending(), scores);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_PointWithoutFeatures_DoesNotFail(string name)
    {
        var ranking = TrainBy(name, threads: 1).Predict(new SparseMatrix(1, Train.FeatureCount, [0, 0], [], []), 5, threads: 1);
        Assert.All(ranking.Labels(0).ToArray(), label => Assert.InRange(label, -1, Labels - 1));
    }

    [Fact]
    public void Get_UnknownName_NamesTheMethods() =>
        Assert.Contains("xr-linear", Assert.Throws<Configuration.OptionsException>(() => BaselineMethods.Get("none")).Message, StringComparison.Ordinal);

    // The learning rates of fastText are made for more points than a test has time for.
    private static BaselineModel TrainBy(string name, int threads) => name switch
    {
        "mlp" => PerceptronTrainer.Train(Train, new PerceptronOptions { FirstUnits = 64, SecondUnits = 48, BatchSize = 50, Rate = 0.01 }, threads: threads),
        "fasttext-ova" => FastTextTrainer.Train(Train, new FastTextOptions { Dimensions = 20, Rate = 1 }),
        "fasttext-hs" => FastTextTrainer.Train(Train, new FastTextOptions { Loss = FastTextLoss.HierarchicalSoftmax, Dimensions = 20, Rate = 1, Epochs = 60 }),
        _ => BaselineMethods.Get(name).Train(Train, seed: 1, threads, observer: null, CancellationToken.None),
    };

    private static void AssertEqual(RankedLabels expected, RankedLabels actual)
    {
        Assert.Equal(expected.Labels(0, expected.PointCount), actual.Labels(0, actual.PointCount));
        Assert.Equal(expected.Scores(0, expected.PointCount), actual.Scores(0, actual.PointCount));
    }

    [Theory]
    [InlineData("\"settings\"", "\"sittings\"")]
    [InlineData("\"statistics\"", "\"statistiks\"")]
    [InlineData("\"settings\": {", "\"settings\": [{}], \"x\": {")]
    [InlineData("most-frequent", "most-\u00FFrequent")]
    public void Load_DamagedConfiguration_IsAStatedError(string old, string damaged)
    {
        using var folder = new TemporaryFolder();
        BaselineFolder.Save(TrainBy("most-frequent", threads: 1), new BaselineStatistics(500, Train.FeatureCount, Labels, 1), folder["model"]);
        var path = Path.Combine(folder["model"], "config.json");
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        // In Latin-1 the ÿ is a byte that is not UTF-8.
        File.WriteAllText(path, text.Replace(old, damaged, StringComparison.Ordinal), System.Text.Encoding.Latin1);

        Assert.Contains("config.json", Assert.Throws<LightDxmlException>(() => BaselineFolder.Load(folder["model"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 3, 1, 3 })]
    [InlineData(new[] { 3, -1, 1 })]
    public void Load_MostFrequentThatIsNoRanking_IsAStatedError(int[] labels)
    {
        using var folder = new TemporaryFolder();
        BaselineFolder.Save(TrainBy("most-frequent", threads: 1), new BaselineStatistics(500, Train.FeatureCount, Labels, 1), folder["model"]);
        var writer = new Models.SafetensorsWriter();
        writer.Add<int>("labels", Models.TensorType.I32, [3], labels);
        writer.Add<float>("shares", Models.TensorType.F32, [3], new[] { 0.5f, 0.25f, 0.125f });
        using (var stream = File.Create(Path.Combine(folder["model"], "model.safetensors")))
            writer.WriteTo(stream);
        HostileModels.ForgetChecksums(folder["model"]);

        Assert.Contains("not a ranking", Assert.Throws<LightDxmlException>(() => BaselineFolder.Load(folder["model"])).Message, StringComparison.Ordinal);
    }
}
