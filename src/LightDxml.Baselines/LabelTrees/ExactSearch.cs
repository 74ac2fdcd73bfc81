namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// The best labels of one tree, exactly, by uniform-cost search (Jasinska-Kobus et al., 2020): of all nodes and labels in
/// sight the most probable is taken out first. A child is never more probable than its node, so a label that comes out
/// precedes everything that is still hidden. Of a label that stands in several leaves the greatest probability counts.
/// </summary>
internal sealed class ExactSearch(ScoredTree scored, ScoreTransfer transfer) : PointRanker
{
    private readonly NodeScores _scores = new(scored, transfer);

    // Of equal probabilities nodes first, which may hide an equal label of a lower row, then the lower label.
    private readonly PriorityQueue<(bool IsLabel, int Id), (float MinusLog, bool IsLabel, int Id)> _open = new();

    public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        labels.Fill(-1);
        scores.Fill(float.NegativeInfinity);
        var tree = scored.Tree;
        _scores.Begin();
        _open.Clear();
        _open.Enqueue((false, 0), (0, false, 0));
        for (var place = 0; place < labels.Length && _open.TryDequeue(out var next, out var priority);)
        {
            if (next.IsLabel)
            {
                if (tree.HasCopies && labels[..place].Contains(next.Id))
                    continue;
                labels[place] = next.Id;
                scores[place++] = MathF.Exp(-priority.MinusLog);
                continue;
            }

            var isLeaf = tree.IsLeaf(next.Id);
            var children = tree.Children(next.Id);
            var logs = _scores.Of(next.Id, columns, values);
            for (var child = 0; child < children.Length; child++)
                _open.Enqueue((isLeaf, children[child]), (priority.MinusLog - logs[child], isLeaf, children[child]));
        }
    }
}
