using System.Numerics.Tensors;

namespace LightDxml.Kernels.Linear;

/// <summary>
/// Scales a problem's features by how much they tell its positives from its negatives: s_j ∝ (|p̄_j − n̄_j| + ε)^power, with
/// p̄_j and n̄_j the feature's mean over the positives and over the negatives. On scaled features ‖w‖² costs a weight the less the more
/// its feature tells, a weak form of what an L1 norm or the log-count ratios of NBSVM do (Wang and Manning, 2012). The mean of s²,
/// weighted by p̄ + n̄, is 1, so that C keeps its meaning.
/// </summary>
/// <param name="power">0 would leave the features as they are.</param>
internal sealed class FeatureContrast(double power)
{
    /// <summary>ε, a small difference for a feature of rows of unit norm: what tells nothing keeps a share of its scale.</summary>
    private const float LeastDifference = 0.003f;

    private float[] _positiveSums = [];
    private float[] _negativeSums = [];
    private float[] _scales = [];
    private int _positives;
    private int _negatives;
    private int _columns;
    private float _normalizer;

    /// <summary>[columns] s of the rows' own columns.</summary>
    public ReadOnlySpan<float> Scales => _scales.AsSpan(0, _columns);

    /// <summary>Forgets the problem.</summary>
    public void Clear() => (_positives, _negatives, _columns) = (0, 0, 0);

    /// <summary>
    /// Takes rows in whose values are not scaled yet. Columns that are known keep their scale, so that a solution on them stays
    /// one; those that are new get theirs by what is known now.
    /// </summary>
    /// <param name="signs">1 or −1 of every row.</param>
    /// <param name="first">The first row to take in.</param>
    public void Add(PackedRows rows, ReadOnlySpan<float> signs, int first)
    {
        var known = _columns;
        _columns = rows.ColumnCount;
        Grow(known);
        for (var i = first; i < signs.Length; i++)
        {
            if (signs[i] > 0)
                _positives++;
            else
                _negatives++;
            rows.AddTo(signs[i] > 0 ? _positiveSums : _negativeSums, i, 1);
        }

        Rescale(known);
    }

    /// <summary>Computes s of the columns from <paramref name="known"/> on.</summary>
    private void Rescale(int known)
    {
        var scales = _scales.AsSpan(known, _columns - known);
        var positives = _positiveSums.AsSpan(known, scales.Length);
        var negatives = _negativeSums.AsSpan(known, scales.Length);
        var (perPositive, perNegative) = (1f / Math.Max(1, _positives), 1f / Math.Max(1, _negatives));
        for (var j = 0; j < scales.Length; j++)
            scales[j] = MathF.Abs(positives[j] * perPositive - negatives[j] * perNegative) + LeastDifference;
        TensorPrimitives.Pow(scales, (float)power, scales);
        if (known == 0)
        {
            float total = 0, scaled = 0;
            for (var j = 0; j < scales.Length; j++)
            {
                var mean = MathF.Abs(positives[j]) * perPositive + MathF.Abs(negatives[j]) * perNegative;
                total += mean;
                scaled += mean * scales[j] * scales[j];
            }

            _normalizer = scaled > 0 ? MathF.Sqrt(total / scaled) : 1;
        }

        TensorPrimitives.Multiply(scales, _normalizer, scales);
    }

    private void Grow(int known)
    {
        if (_scales.Length < _columns)
        {
            Array.Resize(ref _positiveSums, 2 * _columns);
            Array.Resize(ref _negativeSums, 2 * _columns);
            Array.Resize(ref _scales, 2 * _columns);
        }

        _positiveSums.AsSpan(known, _columns - known).Clear();
        _negativeSums.AsSpan(known, _columns - known).Clear();
    }
}
