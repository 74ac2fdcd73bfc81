namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// The logarithms of the probabilities of nodes' children for one point after another. Nodes are scored by groups, once a
/// point; a node's own scores become probabilities when it is visited, which is once. For one thread.
/// </summary>
internal sealed class NodeScores(ScoredTree scored, ScoreTransfer transfer)
{
    private readonly float[] _scores = new float[scored.Tree.SlotCount];
    private readonly int[] _scoredAt = new int[scored.Classifiers.GroupCount];
    private int _point;

    /// <summary>Starts with the next point.</summary>
    public void Begin() => _point++;

    /// <summary>log p(child | node) of every child; to be asked for once a node and point.</summary>
    /// <param name="columns">The point's features.</param>
    public ReadOnlySpan<float> Of(int node, ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        var group = scored.Groups.GroupOfNode[node];
        if (_scoredAt[group] != _point)
        {
            var (first, end) = (scored.Groups.SlotOffsets[group], scored.Groups.SlotOffsets[group + 1]);
            scored.Classifiers.Score(group, columns, values, _scores.AsSpan(first, end - first));
            _scoredAt[group] = _point;
        }

        var scores = _scores.AsSpan(scored.Tree.FirstSlot(node), scored.Tree.Children(node).Length);
        LogTransfer.Apply(transfer, scores);
        return scores;
    }
}
