using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.TestKit;

namespace LightDxml.Tests.Indexes;

/// <summary>What holds for every index of label embeddings on the processor.</summary>
public class LabelIndexTests
{
    public static TheoryData<string> Indexes { get; } =
        [.. LabelIndexSettings.Kinds.Where(kind => kind != "auto" && new LabelIndexSettings(kind) is { ByCentroids: false, IsOnGpu: false })];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_WidthOfAllLabels_EveryLabelOnceBestFirst(string name)
    {
        var labels = ClusteredVectors.Create(300, 20, 10, 0.5, 1);
        var documents = ClusteredVectors.Create(9, 20, 10, 0.5, 2);
        var shortlist = new RankedLabels(9, 300, 300);
        Create(name, labels).Search(documents, shortlist, 2);
        for (var point = 0; point < 9; point++)
        {
            Assert.Equal(Enumerable.Range(0, 300), shortlist.Labels(point).ToArray().Order());
            Assert.Equal(shortlist.Scores(point).ToArray().OrderDescending(), shortlist.Scores(point).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_EqualLabels_LowerRowFirst(string name)
    {
        var labels = new DenseMatrix(120, 8);
        for (var row = 0; row < labels.RowCount; row++)
            labels.Row(row)[row % 3] = 1;
        var shortlist = new RankedLabels(9, 120, 120);
        Create(name, labels, width: 120).Search(ClusteredVectors.Create(9, 8, 5, 0.6, 3), shortlist, 2);
        for (var point = 0; point < 9; point++)
            Assert.All(shortlist.Labels(point).ToArray().Chunk(40), same => Assert.Equal(same.Order(), same));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_WiderThanAllLabels_LeavesTheRestUnfilled(string name)
    {
        var shortlist = new RankedLabels(1, 5, 7);
        Create(name, ClusteredVectors.Create(5, 20, 2, 0.5, 1)).Search(ClusteredVectors.Create(1, 20, 2, 0.5, 2), shortlist, 1);
        Assert.Equal(Enumerable.Range(0, 5), shortlist.Labels(0)[..5].ToArray().Order());
        Assert.Equal([-1, -1], shortlist.Labels(0)[5..].ToArray());
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity], shortlist.Scores(0)[5..].ToArray());
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_OneDocumentOrMany_OneThreadOrMany_SameBits(string name)
    {
        const int Width = 12, Points = 41;
        var labels = ClusteredVectors.Create(400, 37, 20, 0.5, 1);
        var documents = ClusteredVectors.Create(Points, 37, 20, 0.5, 2);
        var index = Create(name, labels);
        var one = new RankedLabels(Points, 400, Width);
        var three = new RankedLabels(Points, 400, Width);
        index.Search(documents, one, 1);
        index.Search(documents, three, 3);
        var rows = new int[Width];
        var scores = new float[Width];
        for (var point = 0; point < Points; point++)
        {
            index.Search(documents.Row(point), rows, scores);
            Assert.Equal(rows, one.Labels(point).ToArray());
            Assert.Equal(scores, one.Scores(point).ToArray());
            Assert.Equal(rows, three.Labels(point).ToArray());
            Assert.Equal(scores, three.Scores(point).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_Similarities_AreCosines(string name)
    {
        var labels = ClusteredVectors.Create(200, 50, 5, 0.5, 1);
        var document = ClusteredVectors.Create(1, 50, 5, 0.5, 2).Row(0);
        var rows = new int[10];
        var scores = new float[10];
        Create(name, labels).Search(document, rows, scores);
        for (var j = 0; j < rows.Length; j++)
        {
            var exact = 0d;
            for (var d = 0; d < 50; d++)
                exact += (double)document[d] * labels.Row(rows[j])[d];

            // 50 products and sums of at most 1, and a label brought to unit length once more.
            Assert.Equal(exact, scores[j], 50 * 1.2e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_SecondTime_AllocatesNothing(string name)
    {
        var index = Create(name, ClusteredVectors.Create(300, 20, 10, 0.5, 1));
        var documents = ClusteredVectors.Create(300, 20, 10, 0.5, 2);
        var rows = new int[10];
        var scores = new float[10];
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var point = 0; point < documents.RowCount; point++)
                index.Search(documents.Row(point), rows, scores);
        }));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_NoLabels_FillsNothing(string name)
    {
        var shortlist = new RankedLabels(2, 0, 3);
        Create(name, new DenseMatrix(0, 4)).Search(new DenseMatrix(2, 4), shortlist, 1);
        Assert.Equal([-1, -1, -1, -1, -1, -1], shortlist.Labels(0, 2).ToArray());
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Search_WrongSizes_AreRefused(string name)
    {
        var index = Create(name, new DenseMatrix(10, 4));
        Assert.Throws<ArgumentException>(() => index.Search(new DenseMatrix(2, 5), new RankedLabels(2, 10, 3), 1));
        Assert.Throws<ArgumentException>(() => index.Search(new DenseMatrix(2, 4), new RankedLabels(3, 10, 3), 1));
        Assert.Throws<ArgumentException>(() => index.Search(new float[5], new int[3], new float[3]));
        Assert.Throws<ArgumentException>(() => index.Search(new float[4], new int[3], new float[2]));
    }

    private static ILabelIndex Create(string name, DenseMatrix labels, int width = 10)
    {
        var index = LabelIndexes.Create(new() { Kind = name }, labels, KernelBackends.Select(), width, 2, out _);
        Assert.Equal(name, index.Name);
        Assert.Equal((labels.RowCount, labels.Dimensions), (index.LabelCount, index.Dimensions));
        return index;
    }
}
