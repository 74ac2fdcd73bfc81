using LightDxml.Baselines.Linear;
using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Trains the classifiers of trees: of each child slot the points of the child against others that reach the node.</summary>
/// <param name="features">[points, features].</param>
/// <param name="labelPoints">[labels, points].</param>
internal sealed class TreeClassifiers(
    SparseMatrix features, SparseMatrix labelPoints, LabelTreeOptions options, int seed, int threads, ITrainingObserver? observer, CancellationToken stop)
{
    private readonly LinearProblemOptions _linear = new(options.Solver, options.Loss, options.WeightThreshold, seed, threads);

    /// <param name="name">How progress calls the tree.</param>
    /// <param name="part">Which tree of the ensemble.</param>
    public ScoredTree Train(LabelTree tree, string name, int part)
    {
        var phase = name + ": classifiers";
        var problems = new LinearProblems(features, _linear, part, done => observer?.Report(new PhaseProgress(phase, done, tree.SlotCount)), stop);
        var points = NodePoints.Of(tree, labelPoints);
        var classifiers = options.Negatives == NodeNegatives.MatcherAware
            ? ByLevel(tree, points, problems)
            : problems.Solve([.. points.Select((candidates, node) => Problem(tree, node, candidates, points))], firstSlot: 0);
        var groups = NodeGroups.Of(tree);
        return new ScoredTree(tree, groups, ClassifierAssembly.Assemble(features.ColumnCount, groups.SlotOffsets, classifiers));
    }

    /// <summary>The classifiers of the labels in the leaves alone; those of nodes let every point through.</summary>
    /// <param name="matched">[nodes] the points that something else sends to a leaf, ascending: its negatives, besides those that belong there.</param>
    public ScoredTree TrainLeaves(LabelTree tree, IReadOnlyList<IReadOnlyList<int>> matched)
    {
        var problems = new LinearProblems(features, _linear, part: 0, done => observer?.Report(new PhaseProgress("classifiers", done, tree.LabelSlotCount)), stop);
        var points = NodePoints.Of(tree, labelPoints);
        var first = Array.IndexOf(tree.LeafArray, true);
        var all = new PrunedClassifier[tree.SlotCount];
        Array.Fill(all, PrunedClassifier.Always);
        problems.Solve([.. Enumerable.Range(first, tree.NodeCount - first).Select(leaf => Problem(tree, leaf, [.. points[leaf].Union(matched[leaf]).Order()], points))], tree.FirstSlot(first))
            .CopyTo(all, tree.FirstSlot(first));
        var groups = NodeGroups.Of(tree);
        return new ScoredTree(tree, groups, ClassifierAssembly.Assemble(features.ColumnCount, groups.SlotOffsets, all));
    }

    /// <summary>A node's candidates are the points that belong there and those that the levels above would send there.</summary>
    private PrunedClassifier[] ByLevel(LabelTree tree, int[][] points, LinearProblems problems)
    {
        var all = new PrunedClassifier[tree.SlotCount];
        var beams = new LevelBeams(tree, features, options.Beam, options.Transfer, threads);
        var (first, end) = (0, 1);
        while (first < end)
        {
            var reached = beams.Points(first, end);
            var nodes = new NodeProblems[end - first];
            for (var node = first; node < end; node++)
                nodes[node - first] = Problem(tree, node, [.. points[node].Union(reached[node - first]).Order()], points);
            var own = problems.Solve(nodes, tree.FirstSlot(first));
            own.CopyTo(all, tree.FirstSlot(first));
            var next = end;
            for (var node = first; node < end; node++)
                next += tree.IsLeaf(node) ? 0 : tree.Children(node).Length;
            if (next > end)
                beams.Advance(first, end, own);
            (first, end) = (end, next);
        }

        return all;
    }

    private NodeProblems Problem(LabelTree tree, int node, int[] candidates, int[][] points)
    {
        var isLeaf = tree.IsLeaf(node);
        return new NodeProblems(
            candidates, [.. tree.Children(node).ToArray().Select(child => (ReadOnlyMemory<int>)(isLeaf ? labelPoints.RowColumns(child).ToArray() : points[child]))]);
    }
}
