namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// A tree over labels. Nodes are numbered breadth first from the root, 0. The children of an inner node are nodes, those of
/// a leaf are labels; a child's slot is its place among the children of all nodes.
/// </summary>
/// <param name="childOffsets">[nodes + 1], the first child slot of each node.</param>
/// <param name="children">[slots], a node or a label.</param>
/// <param name="leaves">[nodes], whether the children are labels.</param>
internal sealed class LabelTree(int[] childOffsets, int[] children, bool[] leaves)
{
    public int NodeCount => leaves.Length;

    public int SlotCount => children.Length;

    /// <summary>Children of the widest node.</summary>
    public int MaxChildren { get; } = Enumerable.Range(0, leaves.Length).Max(node => childOffsets[node + 1] - childOffsets[node]);

    public int LeafCount => leaves.Count(leaf => leaf);

    /// <summary>Places of labels in leaves.</summary>
    public int LabelSlotCount => Enumerable.Range(0, NodeCount).Where(IsLeaf).Sum(node => Children(node).Length);

    /// <summary>Whether some label stands in more than one leaf.</summary>
    public bool HasCopies { get; } = Copies(childOffsets, children, leaves);

    internal int[] ChildOffsets => childOffsets;

    internal int[] ChildArray => children;

    internal bool[] LeafArray => leaves;

    public bool IsLeaf(int node) => leaves[node];

    /// <summary>The first child slot of a node.</summary>
    public int FirstSlot(int node) => childOffsets[node];

    /// <summary>The children of a node: nodes, or in a leaf labels.</summary>
    public ReadOnlySpan<int> Children(int node) => children.AsSpan(childOffsets[node], childOffsets[node + 1] - childOffsets[node]);

    /// <summary>Levels of nodes: 1 where the root is a leaf.</summary>
    public int Depth
    {
        get
        {
            var depths = new int[NodeCount];
            depths[0] = 1;
            for (var node = 0; node < NodeCount; node++)
            {
                if (leaves[node])
                    continue;
                foreach (var child in Children(node))
                    depths[child] = depths[node] + 1;
            }

            return depths.Max();
        }
    }

    /// <summary>The same nodes with other labels in the leaves.</summary>
    /// <param name="labels">[nodes] the labels of each leaf; null for none.</param>
    internal LabelTree WithLabels(IReadOnlyList<List<int>?> labels)
    {
        var offsets = new int[NodeCount + 1];
        var slots = new List<int>();
        for (var node = 0; node < NodeCount; node++)
        {
            slots.AddRange(leaves[node] ? (labels[node] ?? []).Order() : Children(node).ToArray());
            offsets[node + 1] = slots.Count;
        }

        return new LabelTree(offsets, [.. slots], leaves);
    }

    private static bool Copies(int[] childOffsets, int[] children, bool[] leaves)
    {
        var seen = new HashSet<int>();
        for (var node = 0; node < leaves.Length; node++)
        {
            for (var slot = childOffsets[node]; leaves[node] && slot < childOffsets[node + 1]; slot++)
            {
                if (!seen.Add(children[slot]))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Numbers the nodes of nested branches.</summary>
    internal static LabelTree Flatten(Branch root)
    {
        var offsets = new List<int> { 0 };
        var children = new List<int>();
        var leaves = new List<bool>();
        var queue = new Queue<Branch>([root]);
        var next = 1;
        while (queue.TryDequeue(out var branch))
        {
            if (branch.Labels is { } labels)
            {
                children.AddRange(labels);
            }
            else
            {
                foreach (var inner in branch.Branches)
                {
                    children.Add(next++);
                    queue.Enqueue(inner);
                }
            }

            leaves.Add(branch.Labels is not null);
            offsets.Add(children.Count);
        }

        return new LabelTree([.. offsets], [.. children], [.. leaves]);
    }

    /// <summary>A node while a tree is built: it has labels or further branches.</summary>
    internal sealed record Branch(int[]? Labels, IReadOnlyList<Branch> Branches)
    {
        public static Branch Leaf(int[] labels) => new(labels, []);

        public static Branch Inner(IReadOnlyList<Branch> branches) => new(null, branches);
    }
}
