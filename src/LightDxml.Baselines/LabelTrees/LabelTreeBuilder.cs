using LightDxml.Data;
using LightDxml.Kernels.Clustering;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Clusters labels into a tree; the same seed gives the same tree for every number of threads.</summary>
/// <param name="centroids">[labels, columns], unit rows: what the labels are clustered by.</param>
/// <param name="tree">Which tree of an ensemble: trees differ by their random numbers alone.</param>
internal sealed class LabelTreeBuilder(SparseMatrix centroids, LabelTreeOptions options, int seed, int tree, int threads)
{
    /// <summary>Rounds end when the mean similarity to the own centre grows by less: Parabel's rule.</summary>
    private static readonly KMeansOptions Clustering = new(Iterations: 20, Tolerance: 1e-4);

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
        using var numbers = new ThreadLocal<ColumnNumbers>(() => new ColumnNumbers(centroids.ColumnCount));
        for (var level = 0; clusters.Max(cluster => cluster.Count) > options.MaxLeafLabels; level++)
        {
            var halves = new (int Start, int Count)[2 * clusters.Count];
            var (now, firstNode) = (clusters, 1L << level);
            RowRanges.ForEach(now.Count, grain: 1, threads, (first, end) =>
            {
                for (var i = first; i < end; i++)
                {
                    var (start, count) = now[i];
                    var half = Halve(centroids, ordered.AsSpan(start, count), Random(firstNode + i), numbers.Value!);
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
        var clusters = Clusters(centroids, labels, options.Branching, Random(path), threads);
        return clusters.Length == 1
            ? LabelTree.Branch.Leaf(labels)
            : LabelTree.Branch.Inner([.. clusters.Select((cluster, i) => Unbalanced(cluster, depth + 1, path * options.Branching + i))]);
    }

    /// <summary>Reorders the labels so that the first half, rounded up, is one cluster and the rest the other.</summary>
    /// <returns>Labels of the first cluster.</returns>
    internal static int Halve(SparseMatrix centroids, Span<int> labels, RandomNumbers random, ColumnNumbers numbers)
    {
        if (labels.Length < 2)
            return labels.Length;
        var rows = new SparseClusters(centroids, labels, 2, numbers);
        var halves = SphericalKMeans.Halve(rows, Seeds.Pair(labels.Length, random), Clustering);
        for (var i = 0; i < labels.Length; i++)
            labels[i] = rows.Id(halves.Order[i]);
        return halves.Length(0);
    }

    /// <summary>The clusters that are not empty, labels in the order in which they were given.</summary>
    internal static int[][] Clusters(SparseMatrix centroids, int[] labels, int most, RandomNumbers random, int threads)
    {
        var clusters = Math.Min(most, labels.Length);
        var rows = new SparseClusters(centroids, labels, clusters, new ColumnNumbers(centroids.ColumnCount), threads);
        var lists = SphericalKMeans.Cluster(rows, Seeds.Drawn(labels.Length, clusters, random), Clustering);
        return
        [
            .. Enumerable.Range(0, clusters).Where(cluster => lists.Length(cluster) > 0)
                .Select(cluster => Array.ConvertAll(lists.Order[lists.Offsets[cluster]..lists.Offsets[cluster + 1]], row => labels[row])),
        ];
    }

    // A node's numbers depend on where it stands alone, not on the order in which nodes are divided.
    private RandomNumbers Random(long node) => new(seed, RandomPurposes.LabelClusters, node * 1_000 + tree);
}
