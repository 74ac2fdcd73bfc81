using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class SplitFormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadSplit_HandMadeFiles_GivesTheirDataset()
    {
        var dataset = ReadSplit("3 5\n0:0.5 4:1\n\n2:2\n", "3 4\n3:1 1:1\n0:1\n\n");

        Assert.Equal((3, 5, 4, "trn_X_Xf.txt"), (dataset.PointCount, dataset.FeatureCount, dataset.LabelCount, dataset.Name));
        Assert.Equal([0, 2, 2, 3], dataset.Features.RowOffsets.ToArray());
        Assert.Equal([0.5f, 1f], dataset.Features.RowValues(0).ToArray());
        Assert.Equal([0, 2, 3, 3], dataset.Labels.RowOffsets.ToArray());
        Assert.Equal([1, 3], dataset.Labels.RowColumns(0).ToArray());
        Assert.False(dataset.Labels.HasValues);
    }

    [Fact]
    public void ReadSplit_LabelOfValueZero_IsNoLabel()
    {
        var dataset = ReadSplit("1 5\n0:0.5\n", "1 4\n0:3 1:0 2:1.5 3:0.0\n");

        Assert.Equal([0, 2], dataset.Labels.RowColumns(0).ToArray());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0.7")]
    [InlineData("-0.5")]
    public void ReadSplit_LabelValueThatSaysNeither_IsAnErrorThatNamesIt(string value)
    {
        var fault = Assert.Throws<DataFormatException>(() => ReadSplit("2 5\n0:0.5\n1:1\n", $"2 4\n1:1\n2:1 3:{value}\n"));

        Assert.Equal((_folder["trn_X_Y.txt"], 3), (fault.File, fault.Line));
        Assert.Contains($"the label 3 has the value {value}, expected 1 for a label that the document has, and 0 or nothing for one that it lacks", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSplit_RowCountsDiffer_IsAnErrorThatNamesBoth()
    {
        var fault = Assert.Throws<DataFormatException>(() => ReadSplit("2 5\n0:0.5\n1:1\n", "3 4\n1:1\n2:1\n3:1\n"));

        Assert.Equal(1, fault.Line);
        Assert.Equal(_folder["trn_X_Y.txt"], fault.File);
        Assert.Contains("3 rows", fault.Message, StringComparison.Ordinal);
        Assert.Contains("trn_X_Xf.txt has 2", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 5\n0:1\n5:1\n", 3, "feature 5 is not below the feature count 5")]
    [InlineData("2 5\n0:1\n1:1 1:2\n", 3, "feature 1 occurs twice")]
    [InlineData("2 5\n0:1\n1\n", 3, "found '1', expected feature:value")]
    [InlineData("3 5\n0:1\n1:1\n", 3, "the file ends after 2 rows, but the header says 3")]
    [InlineData("1 5\n0:1\n1:1\n", 3, "the header says 1 rows")]
    [InlineData("5\n0:1\n", 1, "expected the header 'rows columns'")]
    public void ReadSplit_BadFeatures_NamesTheLineAndTheFault(string features, long line, string words)
    {
        var fault = Assert.Throws<DataFormatException>(() => ReadSplit(features, "2 4\n1:1\n2:1\n"));

        Assert.Equal(_folder["trn_X_Xf.txt"], fault.File);
        Assert.Equal(line, fault.Line);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSplit_LabelOutOfRange_IsCalledALabel()
    {
        var fault = Assert.Throws<DataFormatException>(() => ReadSplit("1 5\n0:1\n", "1 4\n4:1\n"));

        Assert.Equal(2, fault.Line);
        Assert.Contains("label 4 is not below the label count 4", fault.Message, StringComparison.Ordinal);
    }

    private Dataset ReadSplit(string features, string labels) =>
        DatasetFile.ReadSplit(_folder.Write("trn_X_Xf.txt", features), _folder.Write("trn_X_Y.txt", labels));
}
