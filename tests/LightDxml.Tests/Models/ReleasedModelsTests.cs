using System.Text.Json;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text;

namespace LightDxml.Tests.Models;

/// <summary>Models that earlier versions wrote still open and predict what they predicted then.</summary>
public sealed class ReleasedModelsTests
{
    [Theory]
    [InlineData("0.1", "single")]
    [InlineData("0.1", "hybrid")]
    [InlineData("0.1", "ensemble")]
    [InlineData("format-2", "text")]
    [InlineData("format-2", "text.ldx")]
    [InlineData("format-2", "ensemble")]
    public void Open_ModelOfAnEarlierVersion_PredictsTheSame(string version, string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Models", "Released", version);
        using var model = ModelStore.Open(Path.Combine(folder, name));
        var predicted = new TextPredictor(model).PredictMany(TextFile.Read(Path.Combine(folder, "test.jsonl")), 3).ToArray();
        var expected = File.ReadAllLines(Path.Combine(folder, $"{name}.expected.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(20, predicted.Length);
        for (var document = 0; document < predicted.Length; document++)
        {
            var labels = expected[document].GetProperty("labels").EnumerateArray().ToArray();
            Assert.Equal(labels.Select(label => label.GetProperty("label").GetString()), predicted[document].Labels.Select(label => label.Id));

            // Other processors sum in another order.
            Assert.All(labels.Zip(predicted[document].Labels), pair => Assert.Equal(pair.First.GetProperty("score").GetSingle(), pair.Second.Score, 1e-4f));
        }
    }

    [Theory]
    [InlineData("format-2", "features")]
    [InlineData("format-3", "features")]
    public void Open_ModelOfFeaturesOfAnEarlierVersion_PredictsTheSame(string version, string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Models", "Released", version);
        using var model = ModelStore.Open(Path.Combine(folder, name));
        ReleasedPredictions.AssertSame(Path.Combine(folder, $"{name}.expected.txt"), model.Ranker, Path.Combine(folder, "test.txt"));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("features")]
    [InlineData("ensemble")]
    [InlineData("text.ldx")]
    public void Verify_ModelThatAnEarlierVersionSavedWithChecksums_IsWhole(string name) =>
        Assert.All(ModelStore.Verify(Path.Combine(AppContext.BaseDirectory, "Models", "Released", "format-2", name)), file => Assert.Equal(FileState.Whole, file.State));

    [Fact]
    public void Open_MoreCountedTermsThanAreAllowedNow_IsRead()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["old"]);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Models", "Released", "0.1", "single")))
            File.Copy(file, Path.Combine(folder["old"], Path.GetFileName(file)));
        var config = Path.Combine(folder["old"], "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"maxCountedTerms\": 20000000", "\"maxCountedTerms\": 1000000000", StringComparison.Ordinal));
        using var model = ModelStore.Open(folder["old"]);
        Assert.InRange(model.Vectorizer!.Options.MaxCountedTerms, 20_000_001, 999_999_999);
    }

    [Theory]
    [InlineData("single")]
    [InlineData("ensemble")]
    public void Save_ModelOfAnEarlierVersion_IsOfTheNewest_AndPredictsTheSame(string name)
    {
        using var folder = new TemporaryFolder();
        var old = Path.Combine(AppContext.BaseDirectory, "Models", "Released", "0.1", name);
        ModelStore.Save(ModelStore.Load(old), folder["new"]);
        Assert.Contains($"\"formatVersion\": {(name == "ensemble" ? 3 : 2)}", File.ReadAllText(Path.Combine(folder["new"], ModelFolder.ConfigurationFile)), StringComparison.Ordinal);
        using var before = TextClassifier.Load(old);
        using var after = TextClassifier.Load(folder["new"]);
        Assert.Equal(before.Predict("printer toner wifi"), after.Predict("printer toner wifi"));
    }
}
