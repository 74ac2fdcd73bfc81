using LightDxml.Baselines.LabelTrees;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.LabelTrees;

public sealed class LabelRepresentationTests
{
    [Fact]
    public void Names_AreTfIdfRowsOfTheirWords()
    {
        // Of three labels "import" is in two, the other words in one: weights log 1.5, log 3 and 2 log 3 before scaling.
        var rows = LabelNameRows.Of(["Import (bananas)", "import", "fish-fish"]);
        Assert.Equal([0, 1], rows.RowColumns(0));
        var (common, rare) = (Math.Log(1.5), Math.Log(3));
        Assert.Equal(common / Math.Sqrt(common * common + rare * rare), rows.RowValues(0)[0], 1e-5);
        Assert.Equal(rare / Math.Sqrt(common * common + rare * rare), rows.RowValues(0)[1], 1e-5);
        Assert.Equal([1f], rows.RowValues(1));
        Assert.Equal([2], rows.RowColumns(2));
    }

    [Fact]
    public void CentroidsAndNames_CosineIsTheMeanOfTheTwo()
    {
        // Labels 0 and 1 share their point's features and have different names; their cosines are 1 and 0.
        var data = new Dataset("named", new SparseMatrix(2, 2, [0, 1, 2], [0, 1], [1f, 1f]), new SparseMatrix(2, 3, [0, 2, 3], [0, 1, 2])) { LabelNames = ["a", "b", "c"] };
        var rows = LabelRepresentations.Of(data, data.Features, data.Labels.Transpose(), LabelRepresentation.CentroidsAndNames, threads: 1);
        Assert.Equal(0.5f, rows.RowValues(0)[0] * rows.RowValues(1)[0], 1e-5f);
        Assert.Equal(2, rows.RowLength(0));
        Assert.NotEqual(rows.RowColumns(0)[1], rows.RowColumns(1)[1]);
    }

    [Fact]
    public void Train_ByNames_PutsLabelsOfLikeNamesTogether_AndWithoutNamesIsAReadableError()
    {
        var data = SmallData.Learnable(300, 16, seed: 1) with { LabelNames = [.. Enumerable.Range(0, 16).Select(label => label % 2 == 0 ? $"even number{label}" : $"odd thing{label}")] };
        var options = LabelTreePresets.XrLinear with { Representation = LabelRepresentation.Names, MaxLeafLabels = 8 };
        var tree = LabelTreeTrainer.Train(data, options, seed: 2, threads: 1).Trees[0].Tree;
        Assert.Equal(2, tree.LeafCount);
        Assert.Single(tree.Children(1).ToArray().Select(label => label % 2).Distinct());
        Assert.Contains("label names", Assert.Throws<OptionsException>(() => LabelTreeTrainer.Train(data with { LabelNames = null }, options)).Message, StringComparison.Ordinal);
    }
}
