namespace LightDxml.Linear;

public sealed partial class DualCoordinateDescent
{
    /// <summary>The state of one problem at a time: weights over all features, dual variables and the order of rows.</summary>
    public sealed unsafe class Workspace(DualCoordinateDescent solver)
    {
        private readonly float[] _weights = new float[solver._features.ColumnCount];
        private readonly float _biasFeature = (float)solver._options.BiasFeature;
        private float _biasWeight;
        private int[] _rows = [];
        private int[] _order = [];
        private float[] _alphas = [];
        private int _count;

        /// <summary>[features], the solution.</summary>
        public ReadOnlySpan<float> Weights => _weights;

        /// <summary>The solution's constant term.</summary>
        public float Bias => _biasWeight * _biasFeature;

        internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

        internal Span<int> Order => _order.AsSpan(0, _count);

        internal Span<float> Alphas => _alphas.AsSpan(0, _count);

        internal void Begin(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives)
        {
            _count = positives.Length + negatives.Length;
            if (_rows.Length < _count)
            {
                _rows = new int[_count * 2];
                _order = new int[_rows.Length];
                _alphas = new float[_rows.Length];
            }

            positives.CopyTo(_rows);
            negatives.CopyTo(_rows.AsSpan(positives.Length));
            for (var i = 0; i < _count; i++)
                _order[i] = i;
            Alphas.Clear();
            Array.Clear(_weights);
            _biasWeight = 0;
        }

        /// <summary>⟨w, x⟩ with the bias.</summary>
        internal float Dot(ReadOnlySpan<int> columns, ReadOnlySpan<float> values) =>
            SparseDot.Of(columns, values, _weights) + _biasFeature * _biasWeight;

        /// <summary>w += factor · x.</summary>
        internal void Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, float factor)
        {
            fixed (float* weights = _weights, value = values)
            fixed (int* column = columns)
            {
                for (var j = 0; j < columns.Length; j++)
                    weights[column[j]] += factor * value[j];
            }

            _biasWeight += factor * _biasFeature;
        }
    }
}
