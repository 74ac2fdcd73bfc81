using LightDxml.Data;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>
/// Ranks labels by their mean share over the leaves that a point reaches. PfastreXML then weighs the best of them with
/// tail classifiers: α log P_trees + (1 − α) log P_tail, where P_tail = 1 / (1 + exp(γ ‖x − w‖²)) with the mean w of the label's
/// points, as the authors' program has it.
/// </summary>
internal sealed class InstanceTreeRanker(InstanceTreeModel model) : PointRanker
{
    /// <summary>Labels that are re-ranked, as many as the authors' program gives.</summary>
    private const int Reranked = 1000;

    private readonly float[] _point = new float[model.FeatureCount];
    private readonly TouchedSums _sums = new(model.LabelCount);
    private readonly int[] _candidates = new int[Reranked];
    private readonly float[] _shares = new float[Reranked];

    public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        for (var i = 0; i < columns.Length; i++)
            _point[columns[i]] = values[i];
        foreach (var tree in model.Trees)
        {
            var leaf = tree.Leaf(_point);
            var leafLabels = tree.Labels(leaf);
            var shares = tree.Shares(leaf);
            for (var i = 0; i < leafLabels.Length; i++)
                _sums.Add(leafLabels[i], shares[i]);
        }

        if (model.Means is { } means)
            Rerank(means, UnitRows.Scale(values), labels, scores);
        else
            _sums.TakeTop(1f / model.Trees.Count, labels, scores);
        foreach (var column in columns)
            _point[column] = 0;
    }

    private void Rerank(SparseMatrix means, float unitScale, Span<int> labels, Span<float> scores)
    {
        _sums.TakeTop(1f / model.Trees.Count, _candidates, _shares);
        var (weight, steepness) = ((float)model.TreeOptions.TreeWeight, (float)model.TreeOptions.TailSteepness);
        var top = new BestRows<float>(labels, scores);
        for (var i = 0; i < _candidates.Length && _candidates[i] >= 0; i++)
        {
            var features = means.RowColumns(_candidates[i]);
            var values = means.RowValues(_candidates[i]);
            var product = 0f;
            for (var j = 0; j < features.Length; j++)
                product += values[j] * _point[features[j]];
            var distance = 1 + model.SquaredLengths[_candidates[i]] - 2 * unitScale * product;
            top.Offer(_candidates[i], weight * MathF.Log(_shares[i]) - (1 - weight) * Softplus(steepness * distance));
        }
    }

    /// <summary>ln(1 + exp x), also where exp x is beyond a float.</summary>
    private static float Softplus(float x) => MathF.Max(x, 0) + MathF.Log(1 + MathF.Exp(-MathF.Abs(x)));
}
