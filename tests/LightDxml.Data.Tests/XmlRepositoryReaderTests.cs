using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class XmlRepositoryReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_HandMadeFile_GivesItsFeaturesAndLabels()
    {
        var dataset = Read("3 6 4\n1,3 0:0.5 5:2\n0 2:-1.25e1\n2 1:1\n");

        Assert.Equal((3, 6, 4, "points.txt"), (dataset.PointCount, dataset.FeatureCount, dataset.LabelCount, dataset.Name));
        Assert.Equal([0, 5], dataset.Features.RowColumns(0).ToArray());
        Assert.Equal([0.5f, 2f], dataset.Features.RowValues(0).ToArray());
        Assert.Equal([-12.5f], dataset.Features.RowValues(1).ToArray());
        Assert.Equal([1, 3], dataset.Labels.RowColumns(0).ToArray());
        Assert.Equal([0], dataset.Labels.RowColumns(1).ToArray());
        Assert.False(dataset.Labels.HasValues);
    }

    [Fact]
    public void Read_PointWithoutLabels_StartsWithABlank()
    {
        var dataset = Read("2 6 4\n 0:0.5 5:2\n3 1:1\n");

        Assert.True(dataset.Labels.RowColumns(0).IsEmpty);
        Assert.Equal([0, 5], dataset.Features.RowColumns(0).ToArray());
        Assert.Equal([3], dataset.Labels.RowColumns(1).ToArray());
    }

    [Fact]
    public void Read_PointWithoutLabelsAndWithoutItsBlank_IsTakenForFeatures()
    {
        var dataset = Read("1 6 4\n2:0.5 5:2\n");

        Assert.True(dataset.Labels.RowColumns(0).IsEmpty);
        Assert.Equal([2, 5], dataset.Features.RowColumns(0).ToArray());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2 ")]
    [InlineData("2\t")]
    public void Read_PointWithoutFeatures_HasItsLabels(string line)
    {
        var dataset = Read($"2 6 4\n{line}\n1 0:1\n");

        Assert.Equal([2], dataset.Labels.RowColumns(0).ToArray());
        Assert.True(dataset.Features.RowColumns(0).IsEmpty);
        Assert.Equal(1, dataset.Features.NonZeroCount);
    }

    [Theory]
    [InlineData("1,2 0:1 3:2\r\n \r\n3 1:1\r\n", "Windows line ends")]
    [InlineData("1,2 0:1 3:2\n \n3 1:1", "no line end after the last point")]
    [InlineData("1,2 0:1 3:2\n\n3 1:1\n\n\n", "blank trailing lines")]
    [InlineData("1,2 0:1 3:2\n \n3 1:1\n \t \n\r\n", "trailing lines of blanks")]
    [InlineData("1,2\t0:1\t3:2\n\t\n3\t1:1\n", "tabs")]
    [InlineData("1,2  0:1   3:2  \n  \n3  1:1 \t\n", "repeated and trailing blanks")]
    [InlineData("2,1 3:2 0:1\n \n3 1:1\n", "unsorted labels and features")]
    [InlineData("01,2 0:1.000 03:2.\n \n3 1:+1\n", "leading zeros and a plus sign")]
    public void Read_AcceptedVariant_GivesTheSameDataset(string body, string variant)
    {
        foreach (var start in new[] { "3 4 4\n", "\uFEFF3 4 4\r\n", " 3\t4  4 \n" })
        {
            var dataset = Read(start + body);

            Assert.True((3, 4, 4) == (dataset.PointCount, dataset.FeatureCount, dataset.LabelCount), variant);
            Assert.Equal([0, 2, 2, 3], dataset.Features.RowOffsets.ToArray());
            Assert.Equal([0, 3], dataset.Features.RowColumns(0).ToArray());
            Assert.Equal([1f, 2f], dataset.Features.RowValues(0).ToArray());
            Assert.Equal([1], dataset.Features.RowColumns(2).ToArray());
            Assert.Equal([0, 2, 2, 3], dataset.Labels.RowOffsets.ToArray());
            Assert.Equal([1, 2], dataset.Labels.RowColumns(0).ToArray());
            Assert.Equal([3], dataset.Labels.RowColumns(2).ToArray());
        }
    }

    [Fact]
    public void Read_LongRowInRandomOrder_IsSortedWithItsValues()
    {
        const int FeatureCount = 70_000;
        var features = Enumerable.Range(0, FeatureCount).ToArray();
        new Random(5).Shuffle(features);
        features = features[..500];

        var dataset = Read($"1 {FeatureCount} 1\n0 {string.Join(' ', features.Select(feature => $"{feature}:{feature}.5"))}\n");

        Array.Sort(features);
        Assert.Equal(features, dataset.Features.RowColumns(0).ToArray());
        Assert.Equal(features.Select(feature => feature + 0.5f), dataset.Features.RowValues(0).ToArray());
    }

    [Fact]
    public void Read_NoPoints_GivesAnEmptyDataset()
    {
        var dataset = Read("0 5 3\n");

        Assert.Equal((0, 5, 3), (dataset.PointCount, dataset.FeatureCount, dataset.LabelCount));
    }

    [Fact]
    public void Read_LineOfTenMegabytes_IsReadWhole()
    {
        const int FeatureCount = 900_000;
        var features = string.Join(' ', Enumerable.Range(0, FeatureCount).Select(feature => $"{feature}:0.25"));
        Assert.True(features.Length > 10_000_000);

        var dataset = Read($"3 {FeatureCount} 2\n0 7:1\n1 {features}\n0 8:1\n");

        Assert.Equal(FeatureCount, dataset.Features.RowLength(1));
        Assert.Equal(FeatureCount - 1, dataset.Features.RowColumns(1)[^1]);
        Assert.Equal(FeatureCount * 0.25, dataset.Features.RowValues(1).ToArray().Sum(), tolerance: 1);
        Assert.Equal([8], dataset.Features.RowColumns(2).ToArray());
    }

    private Dataset Read(string text) => DatasetFile.Read(_folder.Write("points.txt", text));
}
