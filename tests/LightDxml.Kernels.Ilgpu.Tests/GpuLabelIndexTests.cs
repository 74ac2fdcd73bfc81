using LightDxml.Data;
using LightDxml.Indexes;

namespace LightDxml.Kernels.Ilgpu.Tests;

/// <summary>The label indexes on a GPU.</summary>
public sealed class GpuLabelIndexTests
{
    public static TheoryData<string, string> DevicesAndIndexes { get; } = Backends.Pairs(Backends.Devices, ["gpu", "gpu-ivf"]);

    [SkippableTheory]
    [MemberData(nameof(Backends.DeviceNames), MemberType = typeof(Backends))]
    public void Exact_FindsWhatTheScalarIndexFinds(string device)
    {
        Backends.SkipWhereMissing(device);
        var labels = Backends.WholeNumbers(150, 20, 1);
        var documents = Backends.WholeNumbers(11, 20, 2);
        var expected = new RankedLabels(11, 150, 25);
        new ExactLabelIndex(labels, new ScalarKernels()).Search(documents, expected, 1);
        var actual = Search(IlgpuDevices.Index(device, new() { Kind = "gpu" }, labels), documents, 25);
        Assert.Equal(expected.Labels(0, 11).ToArray(), actual.Labels(0, 11).ToArray());
        Assert.Equal(expected.Scores(0, 11).ToArray(), actual.Scores(0, 11).ToArray());
    }

    [SkippableTheory]
    [MemberData(nameof(DevicesAndIndexes))]
    public void Search_OneDocumentOrMany_SameBits(string device, string name)
    {
        Backends.SkipWhereMissing(device);
        var labels = Backends.Random(90, 37, 1);
        var documents = Backends.Random(7, 37, 2);
        var index = IlgpuDevices.Index(device, new() { Kind = name, Clusters = 9, Probes = 4 }, labels);
        Assert.Equal((name, 90, 37), (index.Name, index.LabelCount, index.Dimensions));
        var many = Search(index, documents, 6);
        var rows = new int[6];
        var scores = new float[6];
        for (var point = 0; point < documents.RowCount; point++)
        {
            index.Search(documents.Row(point), rows, scores);
            Assert.Equal(many.Labels(point).ToArray(), rows);
            Assert.Equal(many.Scores(point).ToArray(), scores);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(DevicesAndIndexes))]
    public void Search_WiderThanAllLabels_LeavesTheRestUnfilled(string device, string name)
    {
        Backends.SkipWhereMissing(device);
        var index = IlgpuDevices.Index(device, new() { Kind = name, Clusters = 2, Probes = 2 }, Backends.Random(5, 20, 1));
        var shortlist = Search(index, Backends.Random(1, 20, 2), 7);
        Assert.Equal(Enumerable.Range(0, 5), shortlist.Labels(0)[..5].ToArray().Order());
        Assert.Equal([-1, -1], shortlist.Labels(0)[5..].ToArray());
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity], shortlist.Scores(0)[5..].ToArray());
    }

    [SkippableTheory]
    [MemberData(nameof(DevicesAndIndexes))]
    public void Search_NoLabels_FillsNothing(string device, string name)
    {
        Backends.SkipWhereMissing(device);
        var shortlist = Search(IlgpuDevices.Index(device, new() { Kind = name }, new DenseMatrix(0, 4)), new DenseMatrix(2, 4), 3);
        Assert.Equal([-1, -1, -1, -1, -1, -1], shortlist.Labels(0, 2).ToArray());
    }

    [SkippableTheory]
    [MemberData(nameof(DevicesAndIndexes))]
    public void Search_WrongSizes_AreRefused(string device, string name)
    {
        Backends.SkipWhereMissing(device);
        var index = IlgpuDevices.Index(device, new() { Kind = name }, new DenseMatrix(10, 4));
        Assert.Throws<ArgumentException>(() => index.Search(new DenseMatrix(2, 5), new RankedLabels(2, 10, 3), 1));
        Assert.Throws<ArgumentException>(() => index.Search(new DenseMatrix(2, 4), new RankedLabels(3, 10, 3), 1));
        Assert.Throws<ArgumentException>(() => index.Search(new float[5], new int[3], new float[3]));
        Assert.Throws<ArgumentException>(() => index.Search(new float[4], new int[3], new float[2]));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.DeviceNames), MemberType = typeof(Backends))]
    public void Ivf_ProbingEveryList_IsExact(string device)
    {
        Backends.SkipWhereMissing(device);
        var labels = Backends.Random(120, 20, 1);
        var documents = Backends.Random(6, 20, 2);
        var exact = Search(IlgpuDevices.Index(device, new() { Kind = "gpu" }, labels), documents, 15);
        var lists = Search(IlgpuDevices.Index(device, new() { Kind = "gpu-ivf", Clusters = 8, Probes = 8 }, labels), documents, 15);
        Assert.Equal(exact.Labels(0, 6).ToArray(), lists.Labels(0, 6).ToArray());
        Assert.Equal(exact.Scores(0, 6).ToArray(), lists.Scores(0, 6).ToArray());
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.DeviceNames), MemberType = typeof(Backends))]
    public void Ivf_LabelsInSeparateClusters_OneProbeFindsTheDocumentsCluster(string device)
    {
        // 6 clusters of 10 labels, each about an axis of its own; 6 lists cover them unless k-means has merged two.
        Backends.SkipWhereMissing(device);
        var labels = Backends.Random(60, 24, 3);
        for (var row = 0; row < 60; row++)
        {
            foreach (ref var value in labels.Row(row))
                value *= 0.02f;
            labels.Row(row)[row % 6] += 1;
        }

        Backends.Scalar.NormalizeRows(labels);
        var documents = new DenseMatrix(6, 24);
        for (var point = 0; point < 6; point++)
            documents.Row(point)[point] = 1;
        var found = Search(IlgpuDevices.Index(device, new() { Kind = "gpu-ivf", Clusters = 12, Probes = 6 }, labels), documents, 10);
        for (var point = 0; point < 6; point++)
            Assert.Equal(Enumerable.Range(0, 10).Select(i => point + 6 * i), found.Labels(point).ToArray().Order());
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.DeviceNames), MemberType = typeof(Backends))]
    public void Ivf_EqualLabels_EveryOneIsOnAList(string device)
    {
        // Equal rows leave clusters empty; those are given rows, and no row is lost.
        Backends.SkipWhereMissing(device);
        var labels = new DenseMatrix(30, 8);
        for (var row = 0; row < 30; row++)
            labels.Row(row)[row < 25 ? 0 : 1] = 1;
        var found = Search(IlgpuDevices.Index(device, new() { Kind = "gpu-ivf", Clusters = 7, Probes = 7 }, labels), Backends.Random(1, 8, 1), 30);
        Assert.Equal(Enumerable.Range(0, 30), found.Labels(0).ToArray().Order());
    }

    [SkippableTheory]
    [InlineData("ilgpu-simulator", 150)]
    [InlineData("ilgpu-simulator", 0)]
    [InlineData("ilgpu-gpu", 150)]
    public void Ivf_WidthOfMostLabels_EveryPlaceIsFilled(string device, int known)
    {
        // 12 lists, of which 8 hold about 133 labels.
        Backends.SkipWhereMissing(device);
        var index = IlgpuDevices.Index(device, new() { Kind = "gpu-ivf" }, Backends.Random(200, 16, 1), width: known);
        Assert.DoesNotContain(-1, Search(index, Backends.Random(4, 16, 2), 150).Labels(0, 4).ToArray());
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.DeviceNames), MemberType = typeof(Backends))]
    public void Ivf_ListsHoldTooFewLabels_LooksThroughMore_OfOneDocumentAsOfMany(string device)
    {
        Backends.SkipWhereMissing(device);
        var labels = Backends.Random(90, 20, 1);
        var documents = Backends.Random(5, 20, 2);
        documents.Row(3)[0] = float.NaN;
        var index = IlgpuDevices.Index(device, new() { Kind = "gpu-ivf", Clusters = 9, Probes = 1 }, labels);
        var (some, all) = (Search(index, documents, 40), Search(index, documents, 90));
        var exact = Search(IlgpuDevices.Index(device, new() { Kind = "gpu" }, labels), documents, 90);
        Assert.Equal(exact.Labels(0, 5).ToArray(), all.Labels(0, 5).ToArray());
        Assert.Equal(exact.Scores(0, 5).ToArray(), all.Scores(0, 5).ToArray());
        for (var point = 0; point < 5; point++)
        {
            var (found, scores) = (new int[40], new float[40]);
            index.Search(documents.Row(point), found, scores);
            Assert.Equal(some.Labels(point).ToArray(), found);
            Assert.Equal(some.Scores(point).ToArray(), scores);
            Assert.Equal(point == 3, found.Contains(-1));
        }
    }

    [Fact]
    public void Search_LittleMemory_SmallerBlocksGiveTheSameBits()
    {
        var labels = Backends.Random(70, 20, 1);
        var documents = Backends.Random(23, 20, 2);
        var options = new LabelIndexSettings("gpu");
        var large = IlgpuDevices.Index("ilgpu-simulator", options, labels);
        var expected = Search(large, documents, 9);

        // The labels take 70 · 32 · 4 bytes, which leaves room for two blocks of five queries or so.
        var small = IlgpuDevices.Index("ilgpu-simulator", options, labels, 70 * 32 * 4 + 2 * 5 * (32 * 4 + 70 * 4 + 9 * 24 + 8));
        var actual = Search(small, documents, 9);
        Assert.Equal((23, 70), IlgpuDevices.Plan(large));
        Assert.InRange(IlgpuDevices.Plan(small).Queries, 1, 5);
        Assert.Equal(expected.Labels(0, 23).ToArray(), actual.Labels(0, 23).ToArray());
        Assert.Equal(expected.Scores(0, 23).ToArray(), actual.Scores(0, 23).ToArray());
    }

    [Fact]
    public void Search_MoreLabelsThanABlock_AreMergedAcrossBlocks()
    {
        // One query and its 3,000 products do not fit, so that the columns are halved until they do.
        var labels = Backends.WholeNumbers(3000, 4, 1);
        var documents = Backends.WholeNumbers(2, 4, 2);
        var index = IlgpuDevices.Index("ilgpu-simulator", new() { Kind = "gpu" }, labels, 3000 * 16 * 4 + 2 * 4096);
        var actual = Search(index, documents, 40);
        var expected = new RankedLabels(2, 3000, 40);
        new ExactLabelIndex(labels, new ScalarKernels()).Search(documents, expected, 1);
        Assert.InRange(IlgpuDevices.Plan(index).Columns, 1, 1024);
        Assert.Equal(expected.Labels(0, 2).ToArray(), actual.Labels(0, 2).ToArray());
        Assert.Equal(expected.Scores(0, 2).ToArray(), actual.Scores(0, 2).ToArray());
    }

    [Fact]
    public void Index_LabelsLargerThanTheMemory_IsAnErrorWithTheFigures()
    {
        var error = Assert.Throws<LightDxmlException>(() => IlgpuDevices.Index("ilgpu-simulator", new() { Kind = "gpu" }, new DenseMatrix(65_536, 16), 1 << 20));
        Assert.Contains("label embeddings take 4.0 MiB, and 1.0 MiB can be used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_NoRoomForOneQuery_IsAnErrorWithTheFigures()
    {
        var index = IlgpuDevices.Index("ilgpu-simulator", new() { Kind = "gpu" }, new DenseMatrix(100, 16), 100 * 16 * 4 + 100);
        var error = Assert.Throws<LightDxmlException>(() => Search(index, new DenseMatrix(1, 16), 5));
        Assert.Contains("the search's smallest blocks take 0.0 MiB, and 0.0 MiB can be used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_GivesTheMemoryBack()
    {
        // Each index takes more than half the memory, so that the second finds room only where the first has gone.
        IlgpuDevices.AssertMemoryComesBack(Backends.Random(2000, 16, 1), Backends.Random(3, 16, 2), 2000 * 16 * 4 * 3 / 2);
    }

    private static RankedLabels Search(ILabelIndex index, DenseMatrix documents, int width)
    {
        var shortlist = new RankedLabels(documents.RowCount, index.LabelCount, width);
        index.Search(documents, shortlist, 1);
        return shortlist;
    }
}
