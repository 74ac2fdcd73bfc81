using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// Walks one tree from the root and keeps the best nodes of each level; leaves that were reached early stay in the beam.
/// Of a label that stands in several leaves the greatest probability counts. For one thread.
/// </summary>
/// <param name="labelCount">Labels of the model.</param>
internal sealed class BeamSearch(ScoredTree scored, int width, ScoreTransfer transfer, int labelCount)
{
    private readonly TouchedSums? _copies = scored.Tree.HasCopies ? new TouchedSums(labelCount) : null;
    private readonly int[] _nodes = new int[width];
    private readonly float[] _logs = new float[width];
    private readonly int[] _nextNodes = new int[width];
    private readonly float[] _nextLogs = new float[width];
    private readonly NodeScores _scores = new(scored, transfer);

    /// <summary>Adds the probability of every label of the leaves reached to <paramref name="sums"/>.</summary>
    public void Search(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, TouchedSums sums)
    {
        AddLabels(Descend(columns, values), columns, values, sums);
    }

    /// <summary>The same of leaves that were reached otherwise.</summary>
    /// <param name="leaves">As many as the beam is wide at most; −1 where there are no more.</param>
    /// <param name="probabilities">As many, above 0.</param>
    public void SearchIn(ReadOnlySpan<int> leaves, ReadOnlySpan<float> probabilities, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, TouchedSums sums)
    {
        _scores.Begin();
        var count = 0;
        for (; count < leaves.Length && leaves[count] >= 0; count++)
            (_nodes[count], _logs[count]) = (leaves[count], MathF.Log(probabilities[count]));
        AddLabels(count, columns, values, sums);
    }

    private void AddLabels(int count, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, TouchedSums sums)
    {
        for (var i = 0; i < count; i++)
        {
            var labels = scored.Tree.Children(_nodes[i]);
            var scores = _scores.Of(_nodes[i], columns, values);
            for (var label = 0; label < labels.Length; label++)
            {
                var probability = MathF.Exp(_logs[i] + scores[label]);
                if (_copies is null)
                    sums.Add(labels[label], probability);
                else
                    _copies.Raise(labels[label], probability);
            }
        }

        _copies?.MoveTo(sums);
    }

    /// <summary>The leaves that the beam reaches, best first, with their probabilities; −1 and −∞ where there are no more.</summary>
    /// <param name="leaves">[width], overwritten.</param>
    /// <param name="probabilities">[width], overwritten.</param>
    public void Leaves(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> leaves, Span<float> probabilities)
    {
        var top = new BestRows<float>(leaves, probabilities);
        var count = Descend(columns, values);
        for (var i = 0; i < count; i++)
            top.Offer(_nodes[i], MathF.Exp(_logs[i]));
    }

    /// <summary>Leaves the leaves reached and the logarithms of their probabilities in the beam.</summary>
    private int Descend(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        var tree = scored.Tree;
        _scores.Begin();
        (_nodes[0], _logs[0]) = (0, 0);
        var count = 1;
        while (Inner(tree, count))
        {
            var next = new BestRows<float>(_nextNodes, _nextLogs);
            for (var i = 0; i < count; i++)
            {
                if (tree.IsLeaf(_nodes[i]))
                {
                    next.Offer(_nodes[i], _logs[i]);
                    continue;
                }

                var children = tree.Children(_nodes[i]);
                var scores = _scores.Of(_nodes[i], columns, values);
                for (var child = 0; child < children.Length; child++)
                    next.Offer(children[child], _logs[i] + scores[child]);
            }

            count = next.Count;
            _nextNodes.AsSpan(0, count).CopyTo(_nodes);
            _nextLogs.AsSpan(0, count).CopyTo(_logs);
        }

        return count;
    }

    private bool Inner(LabelTree tree, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!tree.IsLeaf(_nodes[i]))
                return true;
        }

        return false;
    }
}
