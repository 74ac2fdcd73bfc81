using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.TestKit;

namespace LightDxml.Tests.Indexes;

public class IvfLabelIndexTests
{
    private static readonly KernelSet Kernels = KernelBackends.Select();

    [Fact]
    public void Search_ProbingEveryList_IsExact()
    {
        var labels = ClusteredVectors.Create(900, 37, 20, 0.6, 1);
        var documents = ClusteredVectors.Create(150, 37, 20, 0.6, 2);
        var index = new IvfLabelIndex(labels, new IvfOptions(Clusters: 30, Probes: 30), Kernels, 2);
        AssertSame(Search(new ExactLabelIndex(labels, Kernels), documents, 40, 1), Search(index, documents, 40, 1));
    }

    [Fact]
    public void Search_EqualLabels_TiesGoToTheLowerRowAsInTheExactIndex()
    {
        // Three labels that occur again and again, more often than a shortlist is wide, and lie on several lists.
        var labels = new DenseMatrix(120, 8);
        for (var row = 0; row < labels.RowCount; row++)
            labels.Row(row)[row % 3] = 1;
        var documents = ClusteredVectors.Create(20, 8, 5, 0.6, 3);
        var index = new IvfLabelIndex(labels, new IvfOptions(Clusters: 12, Probes: 12), Kernels, 1);
        foreach (var width in new[] { 1, 25, 41, 120 })
            AssertSame(Search(new ExactLabelIndex(labels, Kernels), documents, width, 1), Search(index, documents, width, 1));
    }

    [Fact]
    public void Search_ClusteredLabels_FindsNearlyAllOfTheExactShortlist()
    {
        var vectors = ClusteredVectors.Create(8200, 32, 80, 0.6, 5);
        var labels = ClusteredVectors.Part(vectors, 0, 8000);
        var documents = ClusteredVectors.Part(vectors, 8000, 200);
        var exact = Search(new ExactLabelIndex(labels, Kernels), documents, 50, 1);
        var found = Search(new IvfLabelIndex(labels, new IvfOptions(), Kernels, 2), documents, 50, 1);
        var held = Enumerable.Range(0, 200).Sum(point => exact.Labels(point).ToArray().Intersect(found.Labels(point).ToArray()).Count());

        // 22 of 357 lists are searched.
        Assert.InRange(held / (200 * 50d), 0.97, 1);
    }

    [Fact]
    public void BuildAndSearch_AnyNumberOfThreads_OneDocumentOrMany_SameBits()
    {
        // 2,500 documents are several blocks; a width of 90 is more than some documents' three lists hold.
        var labels = ClusteredVectors.Create(1500, 24, 40, 0.6, 3);
        var documents = ClusteredVectors.Create(2500, 24, 40, 0.6, 4);
        var options = new IvfOptions(Clusters: 60, Probes: 3);
        var one = new IvfLabelIndex(labels, options, Kernels, 1);
        var expected = Search(one, documents, 90, 1);
        foreach (var threads in new[] { 2, 4 })
            AssertSame(expected, Search(new IvfLabelIndex(labels, options, Kernels, threads), documents, 90, threads));
        var rows = new int[90];
        var scores = new float[90];
        for (var point = 0; point < documents.RowCount; point += 7)
        {
            one.Search(documents.Row(point), rows, scores);
            Assert.Equal(rows, expected.Labels(point).ToArray());
            Assert.Equal(scores, expected.Scores(point).ToArray());
        }
    }

    [Fact]
    public void Search_ListsTooShortForTheShortlist_LooksThroughMore()
    {
        var labels = ClusteredVectors.Create(600, 16, 30, 0.4, 7);
        var found = Search(new IvfLabelIndex(labels, new IvfOptions(Clusters: 40, Probes: 1), Kernels, 1), ClusteredVectors.Create(30, 16, 30, 0.4, 7), 200, 2);
        for (var point = 0; point < 30; point++)
            Assert.Equal(200, found.Labels(point).ToArray().Where(label => label >= 0).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Search_FewerLabelsThanClusters_FindsEveryLabel(int count)
    {
        var labels = ClusteredVectors.Create(count, 16, 3, 0.5, 8);
        var index = new IvfLabelIndex(labels, new IvfOptions(Clusters: 50, Probes: 2), Kernels, 2);
        Assert.Equal(count, index.Clusters);
        var found = Search(index, ClusteredVectors.Create(4, 16, 3, 0.5, 9), 9, 2);
        for (var point = 0; point < 4; point++)
            Assert.Equal(Enumerable.Range(0, count), found.Labels(point).ToArray().Where(label => label >= 0).Order());
    }

    [Fact]
    public void Build_CrowdedLabels_NoListIsMuchLongerThanTheOthers()
    {
        // Nine labels in ten lie close about one direction, as those of many points do about the mean of all.
        var labels = ClusteredVectors.Create(6000, 24, 300, 1, 8);
        for (var row = 0; row < labels.RowCount; row++)
            labels.Row(row)[0] += row % 10 == 0 ? 0 : 3;
        Kernels.NormalizeRows(labels.Span, labels.RowCount, 24, labels.Stride, labels.Span);
        var index = new IvfLabelIndex(labels, new IvfOptions(), Kernels, 2);
        Assert.InRange(index.LongestList, 1, 6 * (6000 / index.Clusters));
        AssertSame(Search(new IvfLabelIndex(labels, new IvfOptions(), Kernels, 1), labels, 20, 1), Search(index, labels, 20, 2));
    }

    [Fact]
    public void Search_RowsOfZeros_AreAtNoDistanceAndDisturbNothing()
    {
        var labels = ClusteredVectors.Create(400, 16, 10, 0.5, 8);
        for (var row = 0; row < labels.RowCount; row += 2)
            labels.Row(row).Clear();
        var documents = ClusteredVectors.Create(30, 16, 10, 0.5, 9);
        documents.Row(4).Clear();
        var index = new IvfLabelIndex(labels, new IvfOptions(Clusters: 20, Probes: 20), Kernels, 2);
        AssertSame(Search(new ExactLabelIndex(labels, Kernels), documents, 30, 1), Search(index, documents, 30, 2));
    }

    [Fact]
    public void Search_DocumentOfNaN_FindsNothing()
    {
        var documents = ClusteredVectors.Create(3, 16, 10, 0.5, 9);
        documents.Row(1)[5] = float.NaN;
        var found = Search(new IvfLabelIndex(ClusteredVectors.Create(400, 16, 10, 0.5, 8), new IvfOptions(Clusters: 20), Kernels, 1), documents, 5, 1);
        Assert.Equal(Enumerable.Repeat(-1, 5), found.Labels(1).ToArray());
        Assert.DoesNotContain(-1, found.Labels(2).ToArray());
    }

    [Fact]
    public void WithProbes_MoreLists_FindMore()
    {
        var labels = ClusteredVectors.Create(3000, 32, 1, 3, 11);
        var documents = ClusteredVectors.Create(100, 32, 1, 3, 12);
        var exact = Search(new ExactLabelIndex(labels, Kernels), documents, 10, 1);
        var index = new IvfLabelIndex(labels, new IvfOptions(Clusters: 100), Kernels, 2);
        int Held(int probes)
        {
            var found = Search(index.WithProbes(probes), documents, 10, 1);
            return Enumerable.Range(0, 100).Sum(point => exact.Labels(point).ToArray().Intersect(found.Labels(point).ToArray()).Count());
        }

        Assert.InRange(Held(4), 100, Held(40) - 100);
        Assert.Equal(1000, Held(100));
    }

    [Fact]
    public void Validate_OutOfRange_NamesTheSetting()
    {
        Assert.Contains("clusters", Assert.Throws<OptionsException>(() => new IvfOptions(Clusters: -1).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("probes", Assert.Throws<OptionsException>(() => new IvfOptions(Probes: -1).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("iterations", Assert.Throws<OptionsException>(() => new IvfOptions(Iterations: 0).Validate()).Message, StringComparison.Ordinal);
    }

    private static RankedLabels Search(ILabelIndex index, DenseMatrix documents, int width, int threads)
    {
        var shortlist = new RankedLabels(documents.RowCount, index.LabelCount, width);
        index.Search(documents, shortlist, threads);
        return shortlist;
    }

    private static void AssertSame(RankedLabels expected, RankedLabels actual)
    {
        for (var point = 0; point < expected.PointCount; point++)
        {
            Assert.Equal(expected.Labels(point).ToArray(), actual.Labels(point).ToArray());
            Assert.Equal(expected.Scores(point).ToArray(), actual.Scores(point).ToArray());
        }
    }
}
