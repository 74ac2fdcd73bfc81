using LightDxml.Data;

namespace LightDxml.Baselines.Linear;

/// <summary>ℓ(s) = log(1 + exp(−s)).</summary>
/// <inheritdoc cref="L1CoordinateDescent" path="/param"/>
internal sealed class L1Logistic(SparseMatrix columns, float biasFeature) : L1CoordinateDescent(columns, biasFeature)
{
    private readonly float[] _scores = new float[columns.ColumnCount];

    // σ(−s) of each row, −ℓ'(s): kept beside the score, since it is read far more often than it changes. 0 for rows that do not count.
    private readonly float[] _errors = new float[columns.ColumnCount];

    protected override float HalfCurvatureBound => 0.125f;

    protected override void Start(ReadOnlySpan<sbyte> signs)
    {
        Array.Clear(_scores);
        for (var row = 0; row < _errors.Length; row++)
            _errors[row] = signs[row] == 0 ? 0 : 0.5f;
    }

    protected override (float Slope, float Curvature) Derivatives(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<sbyte> signs)
    {
        float slope = 0, curvature = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var error = _errors[rows[i]];
            slope -= values[i] * signs[rows[i]] * error;
            curvature += values[i] * values[i] * error * (1 - error);
        }

        return (slope, curvature);
    }

    protected override void Shift(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<sbyte> signs, float change)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (signs[row] == 0)
                continue;
            _scores[row] += change * values[i] * signs[row];
            _errors[row] = 1 / (1 + MathF.Exp(_scores[row]));
        }
    }

    protected override double Loss(ReadOnlySpan<int> rows)
    {
        var loss = 0.0;
        foreach (var row in rows)
        {
            if (_errors[row] != 0)
                loss += MathF.Max(0, -_scores[row]) + MathF.Log(1 + MathF.Exp(-MathF.Abs(_scores[row])));
        }

        return loss;
    }
}
