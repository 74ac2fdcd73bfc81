using LightDxml.Data;

namespace LightDxml.Baselines.Neighbours;

/// <summary>Finds a point's neighbours and lets them vote.</summary>
internal sealed class NeighbourRanker(NeighbourModel model) : PointRanker
{
    private readonly NeighbourFinder _finder = model.CreateFinder();
    private readonly int[] _neighbours = new int[Math.Min(model.NeighbourOptions.Neighbours, model.Labels.RowCount)];
    private readonly float[] _nearness = new float[Math.Min(model.NeighbourOptions.Neighbours, model.Labels.RowCount)];
    private readonly TouchedSums _sums = new(model.LabelCount);

    public override void Rank(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> labels, Span<float> scores)
    {
        var count = _finder.Find(columns, values, _neighbours, _nearness);
        var total = 0f;
        for (var i = 0; i < count; i++)
        {
            // Of the nearest it is 1: a power of a small number is soon none at all.
            var vote = MathF.Pow(_nearness[i] / _nearness[0], (float)model.NeighbourOptions.Power);
            total += vote;
            foreach (var label in model.Labels.RowColumns(_neighbours[i]))
                _sums.Add(label, vote);
        }

        _sums.TakeTop(total > 0 ? 1 / total : 0, labels, scores);
    }
}
