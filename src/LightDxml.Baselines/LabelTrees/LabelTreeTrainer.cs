using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Trains partitioned label trees: clusters the labels, then one classifier for every child of every node.</summary>
internal static class LabelTreeTrainer
{
    private const int GrainPoints = 64;

    /// <param name="train">At least one point with a label.</param>
    /// <param name="seed">The same seed gives the same model for every number of threads.</param>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    /// <exception cref="LightDxmlException">No point has a label, or a setting is out of its range.</exception>
    public static LabelTreeModel Train(
        Dataset train, LabelTreeOptions options, int seed = 1, int threads = 0, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        LabelledPoints.Check(train);
        var features = options.UnitRows ? UnitRows.Of(train.Features) : train.Features;
        var labelPoints = train.Labels.Transpose();
        var labels = Labels(labelPoints);
        var representations = LabelRepresentations.Of(train, features, labelPoints, options.Representation, threads);
        var classifiers = new TreeClassifiers(features, labelPoints, options, seed, threads, observer, stop);

        var trees = new ScoredTree[options.Trees];
        for (var t = 0; t < trees.Length; t++)
        {
            stop.ThrowIfCancellationRequested();
            var name = $"tree {t + 1} of {trees.Length}";
            var tree = new LabelTreeBuilder(representations, options, seed, t, threads).Build(labels);
            observer?.Report(new TrainingNote($"{name}: {tree.NodeCount} nodes in {tree.Depth} levels, {tree.MaxChildren} children at most"));
            trees[t] = classifiers.Train(tree, name, t);
            if (options.LeavesPerLabel > 1 && tree.LeafCount > 1)
            {
                var matches = Matches(trees[t], features, options, train.LabelCount, threads);
                tree = new LeafAssignment(options.LeavesPerLabel).Assign(tree, matches, labelPoints, threads);
                observer?.Report(new TrainingNote($"{name}: {labels.Length} labels now stand in {tree.LabelSlotCount} places"));
                trees[t] = classifiers.Train(tree, name + " again", t);
            }
        }

        return new LabelTreeModel(options, train.FeatureCount, train.LabelCount, trees);
    }

    /// <summary>The labels of a set clustered, without classifiers.</summary>
    /// <param name="seed">The same seed gives the same tree for every number of threads.</param>
    public static LabelTree Cluster(Dataset train, LabelTreeOptions options, int seed, int threads)
    {
        LabelledPoints.Check(train);
        var labelPoints = train.Labels.Transpose();
        return new LabelTreeBuilder(LabelRepresentations.Of(train, UnitRows.Of(train.Features), labelPoints, options.Representation, threads), options, seed, tree: 0, threads).Build(Labels(labelPoints));
    }

    /// <summary>Those that have points.</summary>
    private static int[] Labels(SparseMatrix labelPoints) => [.. Enumerable.Range(0, labelPoints.RowCount).Where(label => labelPoints.RowLength(label) > 0)];

    /// <summary>[points, beam] the leaves that each training point reaches, with their probabilities.</summary>
    private static RankedLabels Matches(ScoredTree tree, SparseMatrix features, LabelTreeOptions options, int labelCount, int threads)
    {
        var matches = new RankedLabels(features.RowCount, tree.Tree.NodeCount, Math.Min(options.Beam, tree.Tree.LeafCount));
        using var searches = new ThreadLocal<BeamSearch>(() => new BeamSearch(tree, Math.Min(options.Beam, tree.Tree.NodeCount), options.Transfer, labelCount));
        RowRanges.ForEach(features.RowCount, GrainPoints, threads, (first, end) =>
        {
            for (var point = first; point < end; point++)
                searches.Value!.Leaves(features.RowColumns(point), features.RowValues(point), matches.Labels(point), matches.Scores(point));
        });
        return matches;
    }
}
