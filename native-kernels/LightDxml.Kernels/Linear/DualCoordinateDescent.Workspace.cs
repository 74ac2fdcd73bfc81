using System.Numerics.Tensors;

namespace LightDxml.Kernels.Linear;

internal sealed partial class DualCoordinateDescent
{
    /// <summary>The state of one problem at a time: its rows, their weights, dual variables and order.</summary>
    public sealed class Workspace(DualCoordinateDescent solver)
    {
        /// <summary>What part of the memory a problem's packed rows may fill; every thread has a problem of its own.</summary>
        private const int MemoryShare = 64;

        private readonly PackedRows _packed = new(solver._features, MostPackedBytes);
        private readonly FeatureContrast? _contrast = solver._options.Contrast > 0 ? new FeatureContrast(solver._options.Contrast) : null;
        private readonly float _biasFeature = (float)solver._options.BiasFeature;
        private float[] _weights = [];
        private float[] _solution = [];
        private float _biasWeight;
        private int[] _order = [];
        private float[] _alphas = [];
        private float[] _signs = [];
        private int _count;

        private static long MostPackedBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryShare;

        /// <summary>What a thread's packed rows take at most, of which it grows by half at a time.</summary>
        /// <param name="values">Of the rows of the largest problem.</param>
        internal static long PackedBytes(long values) => Math.Min(MostPackedBytes, 6 * values);

        /// <summary>The features that the problem's rows hold, in no order.</summary>
        public ReadOnlySpan<int> Features => _packed.Features;

        /// <summary>The solution, a weight for each of <see cref="Features"/>; all other weights are 0.</summary>
        public ReadOnlySpan<float> Weights => (_contrast is null ? _weights : _solution).AsSpan(0, _packed.ColumnCount);

        /// <summary>The solution's constant term.</summary>
        public float Bias => _biasWeight * _biasFeature;

        /// <summary>Writes the solution with its zeros.</summary>
        /// <param name="weights">[features], overwritten.</param>
        public void CopyWeights(Span<float> weights)
        {
            weights.Clear();
            for (var j = 0; j < Features.Length; j++)
                weights[Features[j]] = Weights[j];
        }

        internal int Count => _count;

        internal Span<int> Order => _order.AsSpan(0, _count);

        internal Span<float> Alphas => _alphas.AsSpan(0, _count);

        /// <summary>y of each row: 1 or −1.</summary>
        internal ReadOnlySpan<float> Signs => _signs.AsSpan(0, _count);

        /// <summary>Starts a problem without rows.</summary>
        internal void Begin()
        {
            _count = 0;
            _packed.Clear();
            _contrast?.Clear();
            _biasWeight = 0;
        }

        /// <summary>Adds rows whose dual variables are 0.</summary>
        internal void Append(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives)
        {
            var (first, firstColumn) = (_count, _packed.ColumnCount);
            _packed.Append(positives);
            _packed.Append(negatives);
            if (_weights.Length < _packed.ColumnCount)
                Array.Resize(ref _weights, 2 * _packed.ColumnCount);
            _weights.AsSpan(firstColumn, _packed.ColumnCount - firstColumn).Clear();
            _count += positives.Length + negatives.Length;
            if (_order.Length < _count)
            {
                Array.Resize(ref _order, _count * 2);
                Array.Resize(ref _alphas, _order.Length);
                Array.Resize(ref _signs, _order.Length);
            }

            _signs.AsSpan(first, positives.Length).Fill(1);
            _signs.AsSpan(first + positives.Length, negatives.Length).Fill(-1);
            _alphas.AsSpan(first, _count - first).Clear();
            for (var i = first; i < _count; i++)
                _order[i] = i;
            if (_contrast is null)
                return;
            _contrast.Add(_packed, Signs, first);
            _packed.Scale(_contrast.Scales);
        }

        /// <summary>Gives the rows' features the weights of another solution.</summary>
        internal void StartFrom(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, float bias)
        {
            var features = Features;
            for (var j = 0; j < features.Length; j++)
                _weights[j] = columns.BinarySearch(features[j]) is >= 0 and var place ? values[place] : 0;
            _biasWeight = _biasFeature == 0 ? 0 : bias / _biasFeature;
        }

        /// <summary>Takes the weights back to the features as they were given.</summary>
        internal void Finish()
        {
            if (_contrast is null)
                return;
            if (_solution.Length < _packed.ColumnCount)
                _solution = new float[_weights.Length];
            TensorPrimitives.Multiply(_weights.AsSpan(0, _packed.ColumnCount), _contrast.Scales, _solution);
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

        internal float SquaredNorm(int i) => _packed.SquaredNorm(i) + _biasFeature * _biasFeature;

        internal void Prefetch(int i) => _packed.Prefetch(i);

        /// <summary>⟨w, x⟩ with the bias.</summary>
        internal float Dot(int i) => _packed.Dot(i, _weights) + _biasFeature * _biasWeight;

        /// <summary>w += factor · x.</summary>
        internal void Add(int i, float factor)
        {
            _packed.AddTo(_weights, i, factor);
            _biasWeight += factor * _biasFeature;
        }
    }
}
