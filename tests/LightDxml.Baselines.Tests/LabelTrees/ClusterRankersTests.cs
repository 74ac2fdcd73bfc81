using LightDxml.Baselines.LabelTrees;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.LabelTrees;

public sealed class ClusterRankersTests
{
    private const int LabelCount = 12;

    private static readonly Dataset Data = SmallData.Learnable(300, LabelCount, seed: 3);
    private static readonly LabelTreeOptions Options = LabelTreePresets.XrLinear with { MaxLeafLabels = 3, Branching = int.MaxValue };
    private static readonly LabelTree Tree = LabelTreeTrainer.Cluster(Data, Options, seed: 1, threads: 1);

    [Fact]
    public void Rank_PointsInTheirClusters_FindsTheLabels_TheSameForEveryThreadCount()
    {
        var matches = Matches((point, cluster) => Has(point, cluster));
        var (one, two) = (Ranked(matches, 1), Ranked(matches, 2));
        Assert.Equal(one.Labels(0, one.PointCount), two.Labels(0, two.PointCount));
        Assert.Equal(one.Scores(0, one.PointCount), two.Scores(0, two.PointCount));
        Assert.True(Evaluator.Evaluate(one, Data.Labels, new EvaluationOptions()).Precision[0] > 0.95);

        static RankedLabels Ranked(RankedLabels matches, int threads) => new ClusterRankers(Train(matches, Options, threads)).Rank(Data.Features, matches, 5, threads);
    }

    [Fact]
    public void Rank_Cancelled_Ends()
    {
        var matches = Matches((point, cluster) => Has(point, cluster));
        Assert.Throws<OperationCanceledException>(() => new ClusterRankers(Train(matches, Options)).Rank(Data.Features, matches, 5, threads: 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Rank_Scores_AreTheProductsOfClusterAndLabel_AndOtherClustersAreNotAsked()
    {
        var model = Train(Matches((point, cluster) => Has(point, cluster)), Options);
        var matches = new RankedLabels(1, Tree.LeafCount, 2);
        (matches.Labels(0)[0], matches.Scores(0)[0]) = (2, 0.5f);
        (matches.Labels(0)[1], matches.Scores(0)[1]) = (0, 0.25f);
        var point = UnitRows.Of(Data.Features.SelectRows([4]));
        var ranked = new ClusterRankers(model).Rank(point, matches, LabelCount, threads: 1);
        var scores = new NodeScores(model.Trees[0], Options.Transfer);
        scores.Begin();
        (int Leaf, float Probability)[] leaves = [(3, 0.5f), (1, 0.25f)];
        var expected = leaves
            .SelectMany(match => Tree.Children(match.Leaf).ToArray().Zip(scores.Of(match.Leaf, point.RowColumns(0), point.RowValues(0)).ToArray(), (label, log) => (label, match.Probability * MathF.Exp(log))))
            .ToDictionary();
        var found = ranked.Labels(0).ToArray().Where(label => label >= 0).ToArray();
        Assert.Equal(expected.Keys.Order(), found.Order());
        Assert.All(found.Index(), place => Assert.Equal(expected[place.Item], ranked.Scores(0)[place.Index], 1e-6f));
    }

    [Fact]
    public void Train_EveryPointMatchedWithEveryCluster_IsOneAgainstTheRest()
    {
        // Then every other point is a negative of every label, whatever the clusters.
        var options = Options with { WeightThreshold = 0, Tolerance = 1e-4, MaxPasses = 1000 };
        var (tree, flat) = (Train(Matches((_, _) => true), options).Trees[0], LabelTreeTrainer.Train(Data, options with { MaxLeafLabels = LabelCount }, threads: 1).Trees[0]);
        Assert.True(tree.Tree.LeafCount > 2);
        Assert.Equal(1, flat.Tree.NodeCount);
        var point = UnitRows.Of(Data.Features.SelectRows([0]));
        var (expected, scores) = (Logs(flat), Logs(tree));
        Assert.Equal(LabelCount, expected.Count);
        Assert.All(expected, label => Assert.Equal(label.Value, scores[label.Key], 0.02f));

        Dictionary<int, float> Logs(ScoredTree scored)
        {
            var ofNode = new NodeScores(scored, ScoreTransfer.Sigmoid);
            ofNode.Begin();
            return Enumerable.Range(0, scored.Tree.NodeCount).Where(scored.Tree.IsLeaf)
                .SelectMany(leaf => scored.Tree.Children(leaf).ToArray().Zip(ofNode.Of(leaf, point.RowColumns(0), point.RowValues(0)).ToArray())).ToDictionary();
        }
    }

    [Fact]
    public void FeaturesBesideVectors_AreBothOfUnitLength_AndNothingWhereThereIsNothing()
    {
        var features = new SparseMatrix(2, 4, [0, 2, 2], [1, 3], [3f, 4f]);
        var vectors = new DenseMatrix(2, 2);
        (vectors.Row(0)[0], vectors.Row(0)[1]) = (0, 2);
        var joined = FeaturesBesideVectors.Of(features, vectors);
        Assert.Equal(6, joined.ColumnCount);
        Assert.Equal([1, 3, 4, 5], joined.RowColumns(0));
        Assert.All(new[] { 0.6f, 0.8f, 0, 1 }.Zip(joined.RowValues(0).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal([4, 5], joined.RowColumns(1));
        Assert.Equal([0, 0], joined.RowValues(1));
    }

    private static LabelTreeModel Train(RankedLabels matches, LabelTreeOptions options, int threads = 1) =>
        ClusterRankers.Train(Data, Tree, matches, options, seed: 1, threads, observer: null, CancellationToken.None);

    private static bool Has(int point, int cluster) => Tree.Children(1 + cluster).ToArray().Intersect(Data.Labels.RowColumns(point).ToArray()).Any();

    /// <summary>Clusters of points with the probability 1.</summary>
    private static RankedLabels Matches(Func<int, int, bool> isMatched)
    {
        var matches = new RankedLabels(Data.PointCount, Tree.LeafCount, Tree.LeafCount);
        for (var point = 0; point < Data.PointCount; point++)
        {
            var place = 0;
            foreach (var cluster in Enumerable.Range(0, Tree.LeafCount).Where(cluster => isMatched(point, cluster)))
                (matches.Labels(point)[place], matches.Scores(point)[place++]) = (cluster, 1);
        }

        return matches;
    }
}
