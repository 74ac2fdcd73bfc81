using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Text;

namespace LightDxml.Inference.Tests;

/// <summary>fruit is above apple and pear, food above fruit; stone is alone.</summary>
public sealed class LabelHierarchyTests
{
    private static readonly string[] Ids = ["food", "fruit", "apple", "pear", "stone"];

    [Theory]
    [InlineData("apple 0.9, fruit 0.8, food 0.7, stone 0.6", "apple 0.9, stone 0.6")]
    [InlineData("food 0.9, stone 0.8", "food 0.9, stone 0.8")]
    [InlineData("food 0.9, apple 0.3, pear 0.2", "apple 0.3, pear 0.2")]
    [InlineData("", "")]
    public void MostSpecific_LeavesOutWhatIsAboveAnotherLabel(string ranked, string expected) =>
        Assert.Equal(expected, Decide(ranked, Decisions.All(Hierarchy(consistent: false, mostSpecific: true), model: null)));

    [Theory]
    [InlineData("apple 0.9, fruit 0.3, stone 0.2", "food 0.9, fruit 0.9, apple 0.9, stone 0.2")]
    [InlineData("food 0.9, fruit 0.5, pear 0.2", "food 0.9, fruit 0.5, pear 0.2")]
    [InlineData("stone 0.8, pear 0.4, apple 0.3", "stone 0.8, food 0.4, fruit 0.4, pear 0.4, apple 0.3")]
    public void Consistent_RaisesAncestorsToTheirDescendants(string ranked, string expected) =>
        Assert.Equal(expected, Decide(ranked, Decisions.All(Hierarchy(consistent: true, mostSpecific: false), model: null)));

    [Theory]
    [InlineData(0.05f, "apple 2, pear 0.5, fruit 0.4, food 0.2")]
    [InlineData(0.15f, "apple 2, fruit 0.4, food 0.2")]
    [InlineData(0.5f, "")]
    public void Consistent_WhereScoresAreWeighedForTheTail_RaisesProbabilities(float threshold, string expected) =>
        Assert.Equal(expected, Decide("apple 2, pear 0.5", new Decisions(threshold, null, [1, 2, 10, 5, 1]).With(Hierarchy(consistent: true, mostSpecific: false))));

    // Alone, fruit would miss its own threshold of 0.5.
    [Fact]
    public void Consistent_WithAThresholdForEachLabel_GivesLabelsWithAllAboveThem() => Assert.Equal(
        "food 0.3, fruit 0.3, apple 0.3",
        Decide("apple 0.3, pear 0.1", new Decisions(0.5f, [0.5f, 0.5f, 0.2f, 0.2f, 0.5f]).With(Hierarchy(consistent: true, mostSpecific: false))));

    [Fact]
    public void LabelsOfARing_AreNotAboveEachOther()
    {
        using var model = StoredModel.Of([SampleModels.Random(3, 3, 4, seed: 1) with { LabelNames = ["a", "b", "c"] }]);
        var ring = new LabelCatalog([new LabelEntry("a", "", [], ["b"]), new LabelEntry("b", "", [], ["a"]), new LabelEntry("c", "", [], ["a"])]);
        var truth = new SparseMatrix(2, 3, new long[] { 0, 2, 5 }, [0, 1, 0, 1, 2]);
        var measured = LabelHierarchy.Of(ring, model, consistent: false, mostSpecific: true).Measured(truth);
        Assert.Equal([0, 1], measured.RowColumns(0).ToArray());
        Assert.Equal([2], measured.RowColumns(1).ToArray());
    }

    // An ancestor that the model does not know has no factor of the tail.
    [Fact]
    public void Consistent_AncestorBeyondTheModel_WithScoresWeighedForTheTail_ComesIn()
    {
        using var model = StoredModel.Of([SampleModels.Random(3, 1, 4, seed: 1) with { LabelNames = ["apple"] }]);
        var hierarchy = LabelHierarchy.Of(Catalog(), model, consistent: true, mostSpecific: false, more: ["fruit"]);
        var predictions = new RankedLabels(1, 2, 2);
        (predictions.Labels(0)[0], predictions.Scores(0)[0]) = (0, 3);
        new Decisions(0.5f, null, [4]).With(hierarchy).Apply(predictions, [true]);
        Assert.Equal([0, 1], predictions.Labels(0).ToArray());
        Assert.Equal([3, 0.75f], predictions.Scores(0).ToArray());
    }

    [Theory]
    [InlineData("apple 0.9, pear 0.4, food 0.3", "apple 0.9")]
    [InlineData("food 0.9, apple 0.4", "food 0.9")]
    [InlineData("stone 0.2", "")]
    public void MostSpecific_LooksAtTheLabelsThatReachTheThreshold(string ranked, string expected) =>
        Assert.Equal(expected, Decide(ranked, new Decisions(0.5f).With(Hierarchy(consistent: true, mostSpecific: true))));

    // Behind the first labels any model ranks descendants of next to no probability.
    [Theory]
    [InlineData("food 0.9, stone 0.8, pear 0.0001", 2, "food 0.9, stone 0.8")]
    [InlineData("food 0.9, pear 0.8, stone 0.7", 2, "pear 0.8")]
    [InlineData("food 0.9, pear 0.8", 9, "pear 0.8")]
    public void MostSpecific_LooksAtTheLabelsThatTheDocumentIsGivenAtMost(string ranked, int top, string expected) =>
        Assert.Equal(expected, Decide(ranked, Decisions.All(Hierarchy(consistent: false, mostSpecific: true), model: null), top));

    [Theory]
    [InlineData("0 1 2 4", "2 4")]
    [InlineData("0", "0")]
    [InlineData("1 2 3", "2 3")]
    [InlineData("", "")]
    public void Measured_LeavesTheMostSpecificLabelsOfADocument(string labels, string expected)
    {
        int[] columns = [.. labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var truth = new SparseMatrix(1, 7, new long[] { 0, columns.Length }, columns);
        Assert.Equal(expected, string.Join(' ', Hierarchy(consistent: false, mostSpecific: true).Measured(truth).RowColumns(0).ToArray()));
        Assert.Same(truth, Hierarchy(consistent: true, mostSpecific: false).Measured(truth));
    }

    [Fact]
    public void HierarchyOfOtherLabels_IsAnError()
    {
        using var model = StoredModel.Of([SampleModels.Random(3, 2, 4, seed: 1) with { LabelNames = ["a", "b"] }]);
        Assert.Contains("no label", Assert.Throws<LightDxmlException>(() => LabelHierarchy.Of(Catalog(), model, true, true)).Message, StringComparison.Ordinal);
    }

    private static LabelCatalog Catalog() => new(
    [
        new LabelEntry("food", "", [], []), new LabelEntry("fruit", "", [], ["food"]), new LabelEntry("apple", "", [], ["fruit"]), new LabelEntry("pear", "", [], ["fruit"]),
        new LabelEntry("stone", "", [], []),
    ]);

    private static LabelHierarchy Hierarchy(bool consistent, bool mostSpecific)
    {
        using var model = StoredModel.Of([SampleModels.Random(3, 5, 4, seed: 1) with { LabelNames = Ids }]);
        return LabelHierarchy.Of(Catalog(), model, consistent, mostSpecific);
    }

    private static string Decide(string ranked, Decisions decisions, int top = int.MaxValue)
    {
        var predictions = new RankedLabels(1, 5, 5);
        foreach (var (pair, place) in ranked.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select((pair, place) => (pair.Split(' '), place)))
        {
            predictions.Labels(0)[place] = Array.IndexOf(Ids, pair[0]);
            predictions.Scores(0)[place] = float.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        decisions.Apply(predictions, [true], top);
        return string.Join(", ", Enumerable.Range(0, 5).Where(place => predictions.Labels(0)[place] >= 0).Select(place =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Ids[predictions.Labels(0)[place]]} {predictions.Scores(0)[place]}")));
    }
}
