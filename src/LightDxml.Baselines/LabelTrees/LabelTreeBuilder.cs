using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Clusters labels into a tree; the same seed gives the same tree for every number of threads.</summary>
/// <param name="centroids">[labels, columns], unit rows: what the labels are clustered by.</param>
/// <param name="tree">Which tree of an ensemble: trees differ by their random numbers alone.</param>
internal sealed class LabelTreeBuilder(SparseMatrix centroids, LabelTreeOptions options, int seed, int tree, int threads)
{
    /// <param name="labels">The labels that the tree holds.</param>
    public LabelTree Build(int[] labels) =>
        LabelTree.Flatten(options.Shape == TreeShape.Balanced ? Balanced(labels) : Unbalanced(labels, depth: 0, path: 1));

    /// <summary>
    /// Halves all clusters until the largest is small enough, then joins neighbours bottom up, as PECOS does: the leaves'
    /// parents have the full number of branches, and the root what is left.
    /// </summary>
    private LabelTree.Branch Balanced(int[] labels)
    {
        var clusters = new List<(int Start, int Count)> { (0, labels.Length) };
        var ordered = labels.ToArray();
        using var bisections = new ThreadLocal<BalancedBisection>(() => new BalancedBisection(centroids));
        for (var level = 0; clusters.Max(cluster => cluster.Count) > options.MaxLeafLabels; level++)
        {
            var halves = new (int Start, int Count)[2 * clusters.Count];
            var (now, firstNode) = (clusters, 1L << level);
            RowRanges.ForEach(now.Count, grain: 1, threads, (first, end) =>
            {
                for (var i = first; i < end; i++)
                {
                    var (start, count) = now[i];
                    var half = bisections.Value!.Split(ordered.AsSpan(start, count), Random(firstNode + i));
                    halves[2 * i] = (start, half);
                    halves[2 * i + 1] = (start + half, count - half);
                }
            });
            clusters = [.. halves];
        }

        IReadOnlyList<LabelTree.Branch> branches =
            [.. clusters.Where(cluster => cluster.Count > 0).Select(cluster => LabelTree.Branch.Leaf(ordered[cluster.Start..(cluster.Start + cluster.Count)]))];
        while (branches.Count > options.Branching)
            branches = [.. branches.Chunk(options.Branching).Select(LabelTree.Branch.Inner)];
        return branches.Count == 1 ? branches[0] : LabelTree.Branch.Inner(branches);
    }

    private LabelTree.Branch Unbalanced(int[] labels, int depth, long path)
    {
        if (labels.Length <= options.MaxLeafLabels || depth == options.MaxDepth)
            return LabelTree.Branch.Leaf(labels);
        var clusters = SphericalKMeans.Cluster(centroids, labels, options.Branching, Random(path), threads);
        return clusters.Length == 1
            ? LabelTree.Branch.Leaf(labels)
            : LabelTree.Branch.Inner([.. clusters.Select((cluster, i) => Unbalanced(cluster, depth + 1, path * options.Branching + i))]);
    }

    // A node's numbers depend on where it stands alone, not on the order in which nodes are divided.
    private RandomNumbers Random(long node) => new(seed, RandomPurposes.LabelClusters, node * 1_000 + tree);
}
