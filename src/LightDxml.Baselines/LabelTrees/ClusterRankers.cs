using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// Linear classifiers of the labels in clusters that something else matches points with (Chang, Yu, Zhong, Yang and Dhillon, "Taming Pretrained
/// Transformers for Extreme Multi-label Text Classification", KDD 2020). A label's negatives are the other points that have a label
/// of its cluster, or are matched with it.
/// </summary>
/// <param name="model">One tree of a root over the clusters, or of one cluster.</param>
internal sealed class ClusterRankers(LabelTreeModel model)
{
    private const int GrainPoints = 64;

    /// <param name="tree">A root over leaves, the clusters; or one leaf.</param>
    /// <param name="matches">[points, clusters] the clusters of each point, numbered in the order of the leaves.</param>
    /// <param name="seed">The same seed gives the same model for every number of threads.</param>
    public static LabelTreeModel Train(
        Dataset train, LabelTree tree, RankedLabels matches, LabelTreeOptions options, int seed, int threads, ITrainingObserver? observer, CancellationToken stop)
    {
        var matched = new List<int>[tree.NodeCount];
        for (var node = 0; node < matched.Length; node++)
            matched[node] = [];
        for (var point = 0; point < train.PointCount; point++)
        {
            foreach (var cluster in matches.Labels(point))
            {
                if (cluster >= 0)
                    matched[Leaf(tree, cluster)].Add(point);
            }
        }

        var features = options.UnitRows ? UnitRows.Of(train.Features) : train.Features;
        var scored = new TreeClassifiers(features, train.Labels.Transpose(), options, seed, threads, observer, stop).TrainLeaves(tree, matched);
        return new LabelTreeModel(options, train.FeatureCount, train.LabelCount, [scored]);
    }

    /// <summary>The best labels of the clusters that points are matched with, by the product of both probabilities.</summary>
    /// <param name="points">[points, features].</param>
    /// <param name="matches">[points, clusters], with probabilities above 0.</param>
    public RankedLabels Rank(SparseMatrix points, RankedLabels matches, int top, int threads, CancellationToken stop = default)
    {
        var (tree, options) = (model.Trees[0], model.TreeOptions);
        if (options.UnitRows)
            points = UnitRows.Of(points);
        var ranked = new RankedLabels(points.RowCount, model.LabelCount, top);
        using var searches = new ThreadLocal<(BeamSearch Search, TouchedSums Sums)>(() => (new BeamSearch(tree, matches.Width, options.Transfer, model.LabelCount), new TouchedSums(model.LabelCount)));
        RowRanges.ForEach(points.RowCount, GrainPoints, threads, (first, end) =>
        {
            stop.ThrowIfCancellationRequested();
            var (search, sums) = searches.Value;
            for (var point = first; point < end; point++)
            {
                var leaves = Array.ConvertAll(matches.Labels(point).ToArray(), cluster => cluster < 0 ? -1 : Leaf(tree.Tree, cluster));
                search.SearchIn(leaves, matches.Scores(point), points.RowColumns(point), points.RowValues(point), sums);
                sums.TakeTop(1, ranked.Labels(point), ranked.Scores(point));
            }
        });
        return ranked;
    }

    private static int Leaf(LabelTree tree, int cluster) => tree.IsLeaf(0) ? 0 : 1 + cluster;
}
