using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public class DatasetTests
{
    private static readonly SparseMatrix Two = new(2, 3, [0, 1, 2], [0, 2], [1f, 1f]);
    private static readonly SparseMatrix Three = new(3, 3, [0, 1, 2, 3], [0, 1, 2], [1f, 1f, 1f]);

    [Fact]
    public void Constructor_OtherNumberOfRows_IsAnErrorThatSaysBoth()
    {
        var fault = Assert.Throws<LightDxmlException>(() => new Dataset("train", Three, Two));

        Assert.Contains("3 rows of features and 2 rows of labels", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_MatrixOfOtherRows_IsAnError()
    {
        var data = new Dataset("train", Three, Three);

        Assert.Throws<LightDxmlException>(() => data with { Labels = Two });
        Assert.Throws<LightDxmlException>(() => data with { Features = Two });
    }

    [Fact]
    public void SelectRows_TakesBothMatricesAndTheNames()
    {
        var data = SmallData.Learnable(20, 5, 1) with { LabelNames = ["a", "b", "c", "d", "e"] };

        var selected = data.SelectRows([7, 3]);

        Assert.Equal(data.Features.RowColumns(3).ToArray(), selected.Features.RowColumns(1).ToArray());
        Assert.Equal(data.Labels.RowColumns(7).ToArray(), selected.Labels.RowColumns(0).ToArray());
        Assert.Equal(data.LabelNames, selected.LabelNames);
    }
}
