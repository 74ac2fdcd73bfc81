using LightDxml.Baselines.LabelTrees;
using LightDxml.Data;
using LightDxml.Kernels.Clustering;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.LabelTrees;

public sealed class ClusteringTests
{
    [Fact]
    public void Centroids_AreTheUnitSumsOfTheLabelsPoints()
    {
        // Two points (3, 4)/5 and (4, 3)/5; label 0 has both, label 1 the second, label 2 none.
        var features = new SparseMatrix(2, 2, [0, 2, 4], [0, 1, 0, 1], [0.6f, 0.8f, 0.8f, 0.6f]);
        var labels = new SparseMatrix(2, 3, [0, 1, 3], [0, 0, 1]);
        var centroids = LabelCentroids.Of(features, labels.Transpose(), threads: 1);
        Assert.Equal(MathF.Sqrt(0.5f), centroids.RowValues(0)[0], 1e-6);
        Assert.Equal(MathF.Sqrt(0.5f), centroids.RowValues(0)[1], 1e-6);
        Assert.Equal([0.8f, 0.6f], centroids.RowValues(1).ToArray().Select(value => MathF.Round(value, 5)));
        Assert.Equal(0, centroids.RowLength(2));
    }

    [Fact]
    public void Bisection_TwoGroupsOfLabels_AreTheTwoHalves()
    {
        var (centroids, labels) = TwoGroups(perGroup: 9);
        // Any two different labels may be the first centres; from most the groups are found, from the same group too.
        var found = 0;
        for (var seed = 0; seed < 10; seed++)
        {
            int[] ordered = [.. labels];
            var half = Halve(centroids, ordered, seed);
            Assert.Equal(9, half);
            Assert.Equal(labels.Order(), ordered.Order());
            found += ordered[..half].Select(label => label % 2).Distinct().Count() == 1 ? 1 : 0;
        }

        Assert.True(found >= 8, $"{found} of 10 seeds");
    }

    [Fact]
    public void Bisection_OddNumber_HalvesDifferByOne()
    {
        var (centroids, labels) = TwoGroups(perGroup: 9);
        Assert.Equal(4, Halve(centroids, labels.AsSpan(0, 7), seed: 1));
    }

    [Fact]
    public void KMeans_EveryLabelIsInOneCluster_ForEveryThreadCountTheSame()
    {
        var data = SmallData.Learnable(400, 60, seed: 5);
        var centroids = LabelCentroids.Of(data.Features, data.Labels.Transpose(), threads: 2);
        int[] labels = [.. Enumerable.Range(0, 60)];
        var one = LabelTreeBuilder.Clusters(centroids, labels, 7, new RandomNumbers(1, RandomPurposes.LabelClusters), threads: 1);
        var two = LabelTreeBuilder.Clusters(centroids, labels, 7, new RandomNumbers(1, RandomPurposes.LabelClusters), threads: 2);
        Assert.Equal(one, two);
        Assert.True(one.Length is > 1 and <= 7);
        Assert.Equal(labels, one.SelectMany(cluster => cluster).Order());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(3)]
    public void BalancedTree_HoldsEveryLabelOnce_WithinItsLimits(int branching)
    {
        var data = SmallData.Learnable(600, 90, seed: 6);
        var centroids = LabelCentroids.Of(data.Features, data.Labels.Transpose(), threads: 1);
        var options = new LabelTreeOptions { Branching = branching, MaxLeafLabels = 4 };
        var tree = new LabelTreeBuilder(centroids, options, seed: 1, tree: 0, threads: 1).Build([.. Enumerable.Range(0, 90)]);
        var held = new List<int>();
        for (var node = 0; node < tree.NodeCount; node++)
        {
            Assert.InRange(tree.Children(node).Length, 1, tree.IsLeaf(node) ? 4 : branching);
            if (tree.IsLeaf(node))
                held.AddRange(tree.Children(node));
        }

        Assert.Equal(Enumerable.Range(0, 90), held.Order());
    }

    [Fact]
    public void UnbalancedTree_StopsAtItsDepth()
    {
        var data = SmallData.Learnable(600, 90, seed: 6);
        var centroids = LabelCentroids.Of(data.Features, data.Labels.Transpose(), threads: 1);
        var options = new LabelTreeOptions { Shape = TreeShape.Unbalanced, Branching = 3, MaxLeafLabels = 2, MaxDepth = 2 };
        var tree = new LabelTreeBuilder(centroids, options, seed: 1, tree: 0, threads: 1).Build([.. Enumerable.Range(0, 90)]);
        Assert.Equal(3, tree.Depth);
    }

    private static int Halve(SparseMatrix centroids, Span<int> labels, int seed) =>
        LabelTreeBuilder.Halve(centroids, labels, new RandomNumbers(seed, RandomPurposes.LabelClusters), new ColumnNumbers(centroids.ColumnCount));

    /// <summary>Even labels have features 0 to 4, odd ones 5 to 9, each with its own weights.</summary>
    private static (SparseMatrix Centroids, int[] Labels) TwoGroups(int perGroup)
    {
        var random = new Random(7);
        var rows = new List<SortedDictionary<int, float>>();
        for (var label = 0; label < 2 * perGroup; label++)
        {
            var row = new SortedDictionary<int, float>();
            for (var feature = 0; feature < 5; feature++)
                row[5 * (label % 2) + feature] = 1 + random.NextSingle();
            rows.Add(row);
        }

        return (UnitRows.Of(SmallData.Matrix(rows, 10)), [.. Enumerable.Range(0, 2 * perGroup)]);
    }
}
