using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class SvmLightReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_HandMadeFile_InfersTheCountsFromTheLargestIds()
    {
        var dataset = DatasetFile.Read(_folder.Write("points.svm", "1,3 1:0.5 5:2\n2 7:1\n"));

        Assert.Equal((2, 8, 4), (dataset.PointCount, dataset.FeatureCount, dataset.LabelCount));
        Assert.Equal([1, 5], dataset.Features.RowColumns(0).ToArray());
        Assert.Equal([1, 3], dataset.Labels.RowColumns(0).ToArray());
    }

    [Fact]
    public void Read_CommentsAndEmptyLines_AreNoPoints()
    {
        var dataset = DatasetFile.Read(_folder.Write("points.svm", "# made by hand\n1 1:0.5 # first, 9:9\n\n\r\n2 2:1#tight\r\n 3:1 # no labels\n # neither labels nor features\n\n"));

        Assert.Equal([0, 1, 2, 3, 3], dataset.Features.RowOffsets.ToArray());
        Assert.Equal([0, 1, 2, 2, 2], dataset.Labels.RowOffsets.ToArray());
        Assert.Equal((4, 3), (dataset.FeatureCount, dataset.LabelCount));
    }

    [Fact]
    public void Read_MinCounts_WidenTheSpaceButNeverNarrowIt()
    {
        var path = _folder.Write("points.svm", "1 5:1\n");

        var wide = DatasetFile.Read(path, new DatasetReadOptions { MinFeatureCount = 100, MinLabelCount = 50 });
        var narrow = DatasetFile.Read(path, new DatasetReadOptions { MinFeatureCount = 2, MinLabelCount = 1 });

        Assert.Equal((100, 50), (wide.FeatureCount, wide.LabelCount));
        Assert.Equal((6, 2), (narrow.FeatureCount, narrow.LabelCount));
    }

    [Theory]
    [InlineData("points.txt", "1 2:1\n")]
    [InlineData("points.txt", "7\n1 2:1\n")]
    [InlineData("points.libsvm.gz", "1 2:1\n")]
    public void Read_AutoWithoutHeader_IsSvmLight(string name, string text)
    {
        var dataset = DatasetFile.Read(_folder.Write(name, text));

        Assert.Equal([2], dataset.Features.RowColumns(dataset.PointCount - 1).ToArray());
        Assert.Equal(3, dataset.FeatureCount);
    }

    [Fact]
    public void Read_FormatGiven_GoesBeforeTheContent()
    {
        var path = _folder.Write("points.txt", "1 2:1\n");

        var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(path, DataFormat.XmlRepository));

        Assert.Contains("'documents features labels'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NegativeThreads_IsAnOptionsError() =>
        Assert.Throws<OptionsException>(() => DatasetFile.Read("unused", DataFormat.Auto, threads: -1));
}
