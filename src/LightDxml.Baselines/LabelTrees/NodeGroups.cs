namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// Neighbouring small nodes, whose classifiers are scored together: a document's features are then looked up once for all
/// of them, which is most of the work where nodes have few children.
/// </summary>
/// <param name="GroupOfNode">[nodes], ascending.</param>
/// <param name="SlotOffsets">[groups + 1], the first child slot of each group.</param>
internal sealed record NodeGroups(int[] GroupOfNode, int[] SlotOffsets)
{
    /// <summary>Children of a group at most, where it has more than one node.</summary>
    private const int MaxChildren = 64;

    public static NodeGroups Of(LabelTree tree)
    {
        var groups = new int[tree.NodeCount];
        var offsets = new List<int> { 0 };
        for (var node = 0; node < tree.NodeCount; node++)
        {
            var end = tree.FirstSlot(node) + tree.Children(node).Length;
            if (node > 0 && (end - offsets[^1] > MaxChildren || tree.IsLeaf(node) != tree.IsLeaf(node - 1)))
                offsets.Add(tree.FirstSlot(node));
            groups[node] = offsets.Count - 1;
        }

        offsets.Add(tree.SlotCount);
        return new NodeGroups(groups, [.. offsets]);
    }
}
