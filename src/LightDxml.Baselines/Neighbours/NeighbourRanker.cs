namespace LightDxml.Baselines.Neighbours;

/// <summary>Finds a point's neighbours and lets them vote.</summary>
internal sealed class NeighbourRanker(NeighbourModel model) : PointRanker
{
    private readonly float[] _similarities = new float[model.Labels.RowCount];
    private readonly int[] _neighbours = new int[model.NeighbourOptions.Neighbours];
    private readonly float[] _nearness = new float[model.NeighbourOptions.Neighbours];
    private readonly LabelSums _sums = new(model.LabelCount);

    public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        Array.Clear(_similarities);
        for (var i = 0; i < columns.Length; i++)
        {
            var points = model.Points.RowColumns(columns[i]);
            var weights = model.Points.RowValues(columns[i]);
            for (var j = 0; j < points.Length; j++)
                _similarities[points[j]] += values[i] * weights[j];
        }

        var nearest = new TopLabels(_neighbours, _nearness);
        for (var point = 0; point < _similarities.Length; point++)
        {
            if (_similarities[point] > 0)
                nearest.Offer(point, _similarities[point]);
        }

        var total = 0f;
        for (var i = 0; i < nearest.Count; i++)
        {
            var vote = MathF.Pow(_nearness[i], (float)model.NeighbourOptions.Power);
            total += vote;
            foreach (var label in model.Labels.RowColumns(_neighbours[i]))
                _sums.Add(label, vote);
        }

        _sums.TakeTop(total > 0 ? 1 / total : 0, labels, scores);
    }
}
