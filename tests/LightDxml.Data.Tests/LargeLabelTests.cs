using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class LargeLabelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3 0:1\n900000000 0:1\n3,900000000 1:1\n", "3 900000000", "0|1|0 1")]
    [InlineData("9223372036854775807,12 0:1\n12 0:1\n", "12 9223372036854775807", "0 1|0")]
    [InlineData("5000000000,4000000000,70000 0:1\n", "70000 4000000000 5000000000", "0 1 2")]
    public void Read_FewOfManyNumbers_HaveRowsInTheirOrderAndTheNumbersAsNames(string text, string names, string labels)
    {
        var set = DatasetFile.Read(_folder.Write("large.svm", text));

        Assert.Equal(names, string.Join(' ', set.LabelNames!));
        Assert.Equal(labels, string.Join('|', Enumerable.Range(0, set.PointCount).Select(point => string.Join(' ', set.Labels.RowColumns(point).ToArray()))));
    }

    [Fact]
    public void Read_MostNumbersOccur_LabelsAreTheirNumbers()
    {
        var set = DatasetFile.Read(_folder.Write("dense.svm", string.Concat(Enumerable.Range(60_000, 20_000).Select(label => $"{label},{label - 60_000} 0:1\n"))));

        Assert.Null(set.LabelNames);
        Assert.Equal(80_000, set.LabelCount);
        Assert.Equal([19_999, 79_999], set.Labels.RowColumns(19_999).ToArray());
    }

    [Fact]
    public void Read_SpaceOfATrainingSetIsKnown_LabelsAreTheirNumbers()
    {
        var set = DatasetFile.Read(_folder.Write("few.svm", "99999 0:1\n"), new DatasetReadOptions { MinLabelCount = 100_000 });

        Assert.Equal((100_000, 99_999), (set.LabelCount, set.Labels.RowColumns(0)[0]));
    }

    [Fact]
    public void Read_LabelsAtLeast_WhereNumbersHaveGaps_IsRefused() =>
        Assert.Contains("minimum label count", Assert.Throws<LightDxmlException>(
            () => DatasetFile.Read(_folder.Write("gaps.svm", "5 0:1\n900000000 0:1\n"), new DatasetReadOptions { MinLabelCount = 2 })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("4000000000,4000000000 0:1\n", "label 4000000000 occurs twice")]
    [InlineData("70000,5,80000,5 0:1\n", "label 5 occurs twice")]
    public void Read_LargeNumberTwice_IsNamedInTheFault(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<DataFormatException>(() => DatasetFile.Read(_folder.Write("twice.svm", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NumberOf64BitsAndMore_IsAnErrorOfItsLine() =>
        Assert.Equal(2, Assert.Throws<DataFormatException>(() => DatasetFile.Read(_folder.Write("huge.svm", "1 0:1\n9223372036854775808 0:1\n"))).Line);
}
