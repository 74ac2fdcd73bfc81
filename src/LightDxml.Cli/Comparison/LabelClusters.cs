using LightDxml.Baselines.LabelTrees;
using LightDxml.Torch.Networks;
using LightDxml.Torch.Networks.Levels;

namespace LightDxml.Cli.Comparison;

/// <summary>The label trees over features as levels of clusters for networks.</summary>
internal static class LabelClusters
{
    /// <summary>How labels are clustered for a network.</summary>
    public static LabelTreeOptions Options(NetworkOptions options) =>
        LabelTreePresets.XrLinear with { MaxLeafLabels = options.ClusterLabels, Branching = options.Branching };

    /// <summary>Linear classifiers over features and vectors. Each of a vector's many numbers weighs little, so that smaller weights are kept.</summary>
    public static LabelTreeOptions Rankers { get; } = LabelTreePresets.XrLinear with { UnitRows = false, WeightThreshold = 0.01 };

    /// <summary>The nodes below the root, a level a depth; of a tree that is one leaf that leaf.</summary>
    /// <param name="tree">A balanced one: its leaves lie equally deep.</param>
    public static LabelLevels Levels(LabelTree tree, int labelCount)
    {
        if (tree.IsLeaf(0))
            return new LabelLevels([[tree.Children(0).ToArray()]], labelCount);
        var members = new List<int[][]>();
        for (var (first, end) = (1, 1 + tree.Children(0).Length); ; (first, end) = (end, end + members[^1].Sum(cluster => cluster.Length)))
        {
            var next = tree.IsLeaf(first) ? 0 : end;
            members.Add([.. Enumerable.Range(first, end - first).Select(node => Array.ConvertAll(tree.Children(node).ToArray(), child => child - next))]);
            if (tree.IsLeaf(first))
                return new LabelLevels(members, labelCount);
        }
    }
}
