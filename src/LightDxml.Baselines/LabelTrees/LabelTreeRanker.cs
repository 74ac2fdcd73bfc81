using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Ranks labels by their mean probability over the trees; a label that a tree's beam misses has 0 there.</summary>
internal sealed class LabelTreeRanker(LabelTreeModel model) : PointRanker
{
    private readonly BeamSearch[] _searches = [.. model.Trees.Select(tree => new BeamSearch(tree, Math.Min(model.TreeOptions.Beam, tree.Tree.NodeCount), model.TreeOptions.Transfer, model.LabelCount))];
    private readonly TouchedSums _sums = new(model.LabelCount);

    public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        foreach (var search in _searches)
            search.Search(columns, values, _sums);
        _sums.TakeTop(1f / _searches.Length, labels, scores);
    }
}
