using LightDxml.Text.Synthetic;

namespace LightDxml.Text.Tests;

public sealed class SyntheticTextTests
{
    private static readonly SyntheticOptions Small = new() { TrainingPoints = 60, TestPoints = 20, Labels = 100, Features = 500 };

    [Fact]
    public void Words_AreDistinct() =>
        Assert.Equal(50_000, Enumerable.Range(0, 50_000).Select(SyntheticWords.Word).Distinct().Count());

    [Fact]
    public void Documents_AreThePointsOfTheSyntheticSet()
    {
        var (points, _) = SyntheticDataset.Generate(Small);
        var (documents, _) = SyntheticText.Generate(Small);
        var language = new SyntheticLanguage(Small);
        foreach (var (document, point) in documents.Select((document, point) => (document, point)))
        {
            Assert.Equal(points.Labels.RowColumns(point).ToArray().Select(language.LabelName), document.Labels);
            var words = document.Text.Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal);
            Assert.Equal(points.Features.RowColumns(point).ToArray().Select(SyntheticWords.Word).Order(StringComparer.Ordinal), words);
        }
    }

    [Fact]
    public void LabelNames_AreDistinct()
    {
        var language = new SyntheticLanguage(new SyntheticOptions());
        Assert.Equal(2000, Enumerable.Range(0, 2000).Select(language.LabelName).Distinct().Count());
    }
}
