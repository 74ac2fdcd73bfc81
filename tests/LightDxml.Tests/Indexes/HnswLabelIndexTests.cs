using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;
using LightDxml.TestKit;

namespace LightDxml.Tests.Indexes;

public class HnswLabelIndexTests
{
    private static readonly KernelSet Kernels = KernelBackends.Select();

    [Fact]
    public void Build_AnyNumberOfThreads_GivesTheSameIndex()
    {
        // Four batches; searches of few candidates show differences of the graph.
        var vectors = ClusteredVectors.Create(1800, 24, 40, 0.6, 3);
        var labels = ClusteredVectors.Part(vectors, 0, 1700);
        var documents = ClusteredVectors.Part(vectors, 1700, 100);
        var options = new HnswOptions(M: 4, EfConstruction: 20, EfSearch: 10);
        var expected = Search(new HnswLabelIndex(labels, options, Kernels, 1), documents, 10);
        foreach (var threads in new[] { 2, 4 })
        {
            var actual = Search(new HnswLabelIndex(labels, options, Kernels, threads), documents, 10);
            Assert.Equal(expected.Labels(0, 100).ToArray(), actual.Labels(0, 100).ToArray());
            Assert.Equal(expected.Scores(0, 100).ToArray(), actual.Scores(0, 100).ToArray());
        }
    }

    [Fact]
    public void Build_AnotherSeed_GivesAnotherGraph()
    {
        var vectors = ClusteredVectors.Create(1800, 24, 40, 0.6, 3);
        var labels = ClusteredVectors.Part(vectors, 0, 1700);
        var documents = ClusteredVectors.Part(vectors, 1700, 100);
        var one = Search(new HnswLabelIndex(labels, new(M: 4, EfConstruction: 20, EfSearch: 10, Seed: 1), Kernels, 1), documents, 10);
        var two = Search(new HnswLabelIndex(labels, new(M: 4, EfConstruction: 20, EfSearch: 10, Seed: 2), Kernels, 1), documents, 10);
        Assert.NotEqual(one.Labels(0, 100).ToArray(), two.Labels(0, 100).ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_ClusteredLabels_FindsNearlyAllOfTheExactShortlist(bool sorted)
    {
        // Labels that come in the order of one direction must be found as well as mixed ones.
        var vectors = ClusteredVectors.Create(4200, 32, 80, 0.6, 5);
        var documents = ClusteredVectors.Part(vectors, 4000, 200);
        var labels = ClusteredVectors.Part(vectors, 0, 4000);
        if (sorted)
            labels = SortedByDirection(labels);
        var index = new HnswLabelIndex(labels, new HnswOptions(), Kernels, 2);

        // Measured: 0.9999 both ways; 0.97 is what shortlists are promised.
        Assert.InRange(Recall(index, new ExactLabelIndex(labels, Kernels), documents, 50), 0.97, 1);
    }

    [Fact]
    public void Search_ManyEqualLabels_StillFillsTheShortlist()
    {
        // 700 copies of each of two vectors: no graph of 8 links a label reaches all of them.
        var labels = new DenseMatrix(1400, 16);
        for (var row = 0; row < labels.RowCount; row++)
            labels.Row(row)[row % 2] = 1;
        var index = new HnswLabelIndex(labels, new HnswOptions(M: 4, EfConstruction: 20), Kernels, 2);
        var rows = new int[600];
        var scores = new float[600];
        index.Search(labels.Row(1), rows, scores);
        Assert.Equal(600, rows.Distinct().Count());
        Assert.DoesNotContain(-1, rows);
    }

    [Fact]
    public void Search_LabelsWithoutEmbedding_DoNotDisturbTheOthers()
    {
        var labels = ClusteredVectors.Create(1000, 32, 20, 0.6, 9);
        for (var row = 0; row < labels.RowCount; row += 5)
            labels.Row(row).Clear();
        var index = new HnswLabelIndex(labels, new HnswOptions(), Kernels, 1);
        var documents = ClusteredVectors.Create(50, 32, 20, 0.6, 9);
        Assert.InRange(Recall(index, new ExactLabelIndex(labels, Kernels), documents, 20), 0.97, 1);
    }

    [Fact]
    public void Validate_OutOfRange_NamesTheSetting()
    {
        Assert.Contains("M", Assert.Throws<OptionsException>(() => new HnswOptions(M: 1).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("efConstruction", Assert.Throws<OptionsException>(() => new HnswOptions(EfConstruction: 0).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("efSearch", Assert.Throws<OptionsException>(() => new HnswOptions(EfSearch: -1).Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithEfSearch_MoreCandidates_FindMore()
    {
        var labels = ClusteredVectors.Create(3000, 32, 1, 3, 11);
        var documents = ClusteredVectors.Create(100, 32, 1, 3, 12);
        var index = new HnswLabelIndex(labels, new HnswOptions(M: 6, EfConstruction: 40), Kernels, 2);
        var exact = new ExactLabelIndex(labels, Kernels);
        var few = Recall(index.WithEfSearch(10), exact, documents, 10);
        var many = Recall(index.WithEfSearch(300), exact, documents, 10);
        Assert.InRange(few, 0.2, many - 0.1);
        Assert.Throws<OptionsException>(() => index.WithEfSearch(-1));
    }

    private static RankedLabels Search(ILabelIndex index, DenseMatrix documents, int width)
    {
        var shortlist = new RankedLabels(documents.RowCount, index.LabelCount, width);
        index.Search(documents, shortlist, 1);
        return shortlist;
    }

    private static double Recall(ILabelIndex index, ExactLabelIndex exact, DenseMatrix documents, int width)
    {
        var expected = Search(exact, documents, width);
        var actual = Search(index, documents, width);
        var found = 0;
        for (var point = 0; point < documents.RowCount; point++)
            found += expected.Labels(point).ToArray().Intersect(actual.Labels(point).ToArray()).Count();
        return (double)found / documents.RowCount / width;
    }

    private static DenseMatrix SortedByDirection(DenseMatrix vectors)
    {
        var order = Enumerable.Range(0, vectors.RowCount).OrderBy(row => vectors.Row(row)[0]).ToArray();
        var sorted = new DenseMatrix(vectors.RowCount, vectors.Dimensions);
        for (var row = 0; row < order.Length; row++)
            vectors.Row(order[row]).CopyTo(sorted.Row(row));
        return sorted;
    }
}
