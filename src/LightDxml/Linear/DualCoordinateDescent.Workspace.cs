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
        private float[] _signs = [];
        private int _count;

        /// <summary>[features], the solution.</summary>
        public ReadOnlySpan<float> Weights => _weights;

        /// <summary>The solution's constant term.</summary>
        public float Bias => _biasWeight * _biasFeature;

        internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

        internal Span<int> Order => _order.AsSpan(0, _count);

        internal Span<float> Alphas => _alphas.AsSpan(0, _count);

        /// <summary>y of each row: 1 or −1.</summary>
        internal ReadOnlySpan<float> Signs => _signs.AsSpan(0, _count);

        /// <summary>Starts a problem without rows.</summary>
        internal void Begin()
        {
            _count = 0;
            Array.Clear(_weights);
            _biasWeight = 0;
        }

        /// <summary>Adds rows whose dual variables are 0.</summary>
        internal void Append(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives)
        {
            var first = _count;
            _count += positives.Length + negatives.Length;
            if (_rows.Length < _count)
            {
                Array.Resize(ref _rows, _count * 2);
                Array.Resize(ref _order, _rows.Length);
                Array.Resize(ref _alphas, _rows.Length);
                Array.Resize(ref _signs, _rows.Length);
            }

            positives.CopyTo(_rows.AsSpan(first));
            negatives.CopyTo(_rows.AsSpan(first + positives.Length));
            _signs.AsSpan(first, positives.Length).Fill(1);
            _signs.AsSpan(first + positives.Length, negatives.Length).Fill(-1);
            _alphas.AsSpan(first, _count - first).Clear();
            for (var i = first; i < _count; i++)
                _order[i] = i;
        }

        /// <summary>Orders the rows from <paramref name="first"/> on, and the earlier ones with α &gt; 0, before the others.</summary>
        /// <returns>How many they are.</returns>
        internal int OrderSupportFirst(int first)
        {
            var (front, back) = (0, _count);
            for (var i = 0; i < _count; i++)
            {
                if (i >= first || _alphas[i] > 0)
                    _order[front++] = i;
                else
                    _order[--back] = i;
            }

            return front;
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
