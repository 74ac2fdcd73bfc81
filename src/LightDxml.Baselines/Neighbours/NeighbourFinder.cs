using LightDxml.Data;

namespace LightDxml.Baselines.Neighbours;

/// <summary>Finds the training points nearest to a point; for one thread.</summary>
internal abstract class NeighbourFinder
{
    /// <param name="neighbours">[neighbours], overwritten with points, nearest first; −1 where there are no more.</param>
    /// <param name="cosines">[neighbours], overwritten.</param>
    /// <returns>How many there are; none has a cosine of 0.</returns>
    public abstract int Find(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> neighbours, Span<float> cosines);

    /// <summary>Adds up cosines over the inverted index: exact.</summary>
    internal sealed class Inverted(NeighbourModel model) : NeighbourFinder
    {
        private readonly float[] _similarities = new float[model.Labels.RowCount];

        public override int Find(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> neighbours, Span<float> cosines)
        {
            Array.Clear(_similarities);
            for (var i = 0; i < columns.Length; i++)
            {
                var points = model.Points.RowColumns(columns[i]);
                var weights = model.Points.RowValues(columns[i]);
                for (var j = 0; j < points.Length; j++)
                    _similarities[points[j]] += values[i] * weights[j];
            }

            var nearest = new BestRows<float>(neighbours, cosines);
            for (var point = 0; point < _similarities.Length; point++)
            {
                if (_similarities[point] > 0)
                    nearest.Offer(point, _similarities[point]);
            }

            return nearest.Count;
        }
    }

    /// <summary>Takes candidates from the graph and computes their cosines exactly.</summary>
    internal sealed class ByGraph(NeighbourModel model, NeighbourGraph graph) : NeighbourFinder
    {
        private readonly float[] _point = new float[model.FeatureCount];
        private readonly float[] _projected = new float[graph.Dimensions];
        private readonly int[] _candidates = new int[graph.Candidates];
        private readonly float[] _similarities = new float[graph.Candidates];

        public override int Find(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<int> neighbours, Span<float> cosines)
        {
            graph.Search(columns, values, _projected, _candidates, _similarities);
            for (var i = 0; i < columns.Length; i++)
                _point[columns[i]] = values[i];
            var nearest = new BestRows<float>(neighbours, cosines);
            foreach (var candidate in _candidates)
            {
                if (candidate < 0)
                    continue;
                var cosine = 0f;
                var own = model.Points.RowColumns(candidate);
                var weights = model.Points.RowValues(candidate);
                for (var j = 0; j < own.Length; j++)
                    cosine += weights[j] * _point[own[j]];
                if (cosine > 0)
                    nearest.Offer(candidate, cosine);
            }

            foreach (var column in columns)
                _point[column] = 0;
            return nearest.Count;
        }
    }
}
