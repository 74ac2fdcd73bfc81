using System.Text;
using LightDxml.Baselines.LabelTrees;
using LightDxml.Baselines.Neighbours;
using LightDxml.Models;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests;

/// <summary><c>config.json</c> of a comparator's folder: what is written, and what is refused.</summary>
public sealed class BaselineFolderTests : IDisposable
{
    // As earlier versions wrote it.
    private const string Written = """
        {
          "format": "lightdxml-baseline",
          "formatVersion": 1,
          "family": "neighbours",
          "featureCount": 40,
          "labelCount": 5,
          "settings": {
            "neighbours": 7,
            "power": 2.5,
            "search": "exact",
            "dimensions": 512,
            "candidates": 200
          },
          "statistics": {
            "pointCount": 60,
            "featureCount": 40,
            "labelCount": 5,
            "seed": 3
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public BaselineFolderTests()
    {
        var train = SmallData.Learnable(60, 5, seed: 1);
        var model = BaselineMethods.Get("knn").With("neighbours=7").With("power=2.5").Train(train, 1, 1, null, CancellationToken.None);
        BaselineFolder.Save(model, new BaselineStatistics(60, model.FeatureCount, 5, 3), Model);
        FeatureCount = model.FeatureCount;
    }

    private string Model => _folder["model"];

    private string Configuration => Path.Combine(Model, "config.json");

    private int FeatureCount { get; }

    private string Expected => Written.Replace("\"featureCount\": 40", $"\"featureCount\": {FeatureCount}", StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_WritesTheShapeOfEarlierVersions_AndChecksums() => Assert.StartsWith(
        Expected.Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal)[..^"\n}".Length] + ",\n  \"files\": {\n    \"model.safetensors\": \"",
        File.ReadAllText(Configuration), StringComparison.Ordinal);

    [Fact]
    public void Load_ConfigurationOfAnEarlierVersion_Works()
    {
        File.WriteAllText(Configuration, Expected);
        Assert.Equal(2.5, Assert.IsType<NeighbourModel>(BaselineFolder.Load(Model).Model).NeighbourOptions.Power);
        Assert.Equal([FileState.Unknown, FileState.Whole], ModelStore.Verify(Model).Select(file => file.State));
    }

    [Theory]
    [InlineData("knn", "power=1")]
    [InlineData("parabel", "trees=1")]
    [InlineData("dismec")]
    public void Verify_NamesTheDamagedFile_AndLoadRefusesTensorsOfAnotherModel(string method, params string[] settings)
    {
        var baseline = settings.Aggregate(BaselineMethods.Get(method), (made, setting) => made.With(setting));
        foreach (var seed in new[] { 1, 2 })
        {
            var model = baseline.Train(SmallData.Learnable(60, 5, seed), 1, 1, null, CancellationToken.None);
            BaselineFolder.Save(model, new BaselineStatistics(60, model.FeatureCount, 5, seed), _folder[$"{seed}"]);
        }

        var tensors = Path.Combine(_folder["1"], "model.safetensors");
        Assert.All(ModelStore.Verify(_folder["1"]), file => Assert.Equal(FileState.Whole, file.State));
        File.Copy(Path.Combine(_folder["2"], "model.safetensors"), tensors, overwrite: true);
        Assert.Contains("not the file that was saved with this model", Assert.ThrowsAny<LightDxmlException>(() => BaselineFolder.Load(_folder["1"])).Message, StringComparison.Ordinal);
        Assert.Equal("model.safetensors", Assert.Single(ModelStore.Verify(_folder["1"]), file => file.State == FileState.Damaged).Name);
        var bytes = File.ReadAllBytes(tensors);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(tensors, bytes);
        Assert.Contains("damaged", Assert.Single(ModelStore.Verify(_folder["1"]), file => file.State == FileState.Damaged).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SettingsThatAreLeftOut_HaveTheirDefaults()
    {
        File.WriteAllText(Configuration, Expected.Replace("    \"power\": 2.5,\n", "", StringComparison.Ordinal));
        Assert.Equal(new NeighbourOptions { Neighbours = 7 }, Assert.IsType<NeighbourModel>(BaselineFolder.Load(Model).Model).NeighbourOptions);
    }

    [Theory]
    [InlineData("\"settings\": {", "\"settings\": {\n \"power\": \"much\",", "power must be a number, but is 'much'")]
    [InlineData("\"search\": \"exact\"", "\"search\": \"fast\"", "search must be one of exact, hnsw")]
    [InlineData("\"power\": 2.5", "\"power\": [2.5]", "power must not be an array")]
    [InlineData("\"power\"", "\"pover\"", "did you mean power")]
    [InlineData("\"neighbours\": 7", "\"neighbours\": 0", "neighbours must be at least 1, but is 0")]
    [InlineData("\"statistics\"", "\"statistic\"", "statistic")]
    [InlineData("\"settings\"", "\"setting\"", "setting")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 3", "reads format versions 1 to 2, but found 3")]
    [InlineData("\"seed\": 3", "\"seed\": \"x\"", "not the configuration of a baseline")]
    public void Load_DamagedConfiguration_SaysWhat(string old, string damaged, string fault)
    {
        File.WriteAllText(Configuration, Expected.Replace(old, damaged, StringComparison.Ordinal));
        Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => BaselineFolder.Load(Model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings")]
    [InlineData("statistics")]
    [InlineData("family")]
    [InlineData("featureCount")]
    public void Load_MemberMissingOrNull_IsAnErrorThatNamesIt(string member)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(Expected)!.AsObject();
        root[member] = null;
        File.WriteAllText(Configuration, root.ToJsonString());
        AssertRefused();
        root.Remove(member);
        File.WriteAllText(Configuration, root.ToJsonString());
        Assert.Contains(member, AssertRefused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Load_SettingsOfTheWrongShape_AreAnError(string settings)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(Expected)!.AsObject();
        root["settings"] = System.Text.Json.Nodes.JsonNode.Parse(settings);
        File.WriteAllText(Configuration, root.ToJsonString());
        AssertRefused();
    }

    [Fact]
    public void Load_AByteThatIsNotUtf8Anywhere_IsAnErrorAndNoOtherException()
    {
        var good = Encoding.UTF8.GetBytes(Expected);
        for (var i = 0; i < good.Length; i++)
        {
            if (char.IsWhiteSpace((char)good[i]))
                continue;
            var bad = (byte[])good.Clone();
            bad[i] = 0xFF;
            File.WriteAllBytes(Configuration, bad);
            AssertRefused();
        }
    }

    [Fact]
    public void Load_TreesOfEarlierVersions_ReadTheirEnumerations()
    {
        var model = BaselineMethods.Get("xr-linear").With("negatives=matcherAware").Train(SmallData.Learnable(60, 5, seed: 1), 1, 1, null, CancellationToken.None);
        BaselineFolder.Save(model, new BaselineStatistics(60, model.FeatureCount, 5, 3), _folder["trees"]);
        Assert.Contains("\"negatives\": \"matcherAware\",\n    \"search\": \"beam\"", File.ReadAllText(Path.Combine(_folder["trees"], "config.json")), StringComparison.Ordinal);
        Assert.Equal(NodeNegatives.MatcherAware, Assert.IsType<LabelTreeModel>(BaselineFolder.Load(_folder["trees"]).Model).TreeOptions.Negatives);
    }

    private string AssertRefused()
    {
        var message = Assert.ThrowsAny<LightDxmlException>(() => BaselineFolder.Load(Model)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
