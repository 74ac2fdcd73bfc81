namespace LightDxml.Baselines.FastText;

/// <summary>
/// A binary tree over labels in which frequent ones have short paths. Inner nodes are numbered from 0; the last is the root.
/// A label without points still has a path.
/// </summary>
internal sealed class HuffmanTree
{
    private readonly int[] _children;
    private readonly int[] _parents;
    private readonly int _labelCount;

    /// <param name="frequencies">[labels], at least one.</param>
    public HuffmanTree(ReadOnlySpan<int> frequencies)
    {
        _labelCount = frequencies.Length;
        _children = new int[2 * InnerCount];
        _parents = new int[_labelCount + InnerCount];
        var queue = new PriorityQueue<int, (long Weight, int Node)>();
        var weights = new long[_labelCount + InnerCount];
        for (var label = 0; label < _labelCount; label++)
        {
            weights[label] = frequencies[label];
            queue.Enqueue(label, (weights[label], label));
        }

        // Of equal weights the lower node first, so that the tree depends on the frequencies alone.
        for (var inner = 0; inner < InnerCount; inner++)
        {
            var (a, b) = (queue.Dequeue(), queue.Dequeue());
            var node = _labelCount + inner;
            (_children[2 * inner], _children[2 * inner + 1]) = (a, b);
            (_parents[a], _parents[b]) = (node, node);
            weights[node] = weights[a] + weights[b];
            queue.Enqueue(node, (weights[node], node));
        }
    }

    public int InnerCount => Math.Max(0, _labelCount - 1);

    public int Root => _labelCount + InnerCount - 1;

    public bool IsLabel(int node) => node < _labelCount;

    /// <summary>The inner number of a node that is no label.</summary>
    public int Inner(int node) => node - _labelCount;

    public (int No, int Yes) Children(int inner) => (_children[2 * inner], _children[2 * inner + 1]);

    /// <summary>The parent's inner number and whether the node is its "yes" child.</summary>
    public (int Inner, bool IsYes) Parent(int node)
    {
        var inner = Inner(_parents[node]);
        return (inner, _children[2 * inner + 1] == node);
    }
}
