using LightDxml.Data;

namespace LightDxml.Baselines.Linear;

/// <summary>ℓ(s) = max(0, 1 − s)².</summary>
/// <inheritdoc cref="L1CoordinateDescent" path="/param"/>
internal sealed class L1SquaredHinge(SparseMatrix columns, float biasFeature) : L1CoordinateDescent(columns, biasFeature)
{
    // 1 − y ⟨w, x⟩ of each row; 0 for rows that do not count.
    private readonly float[] _margins = new float[columns.ColumnCount];

    protected override float HalfCurvatureBound => 1;

    protected override void Start(ReadOnlySpan<sbyte> signs)
    {
        for (var row = 0; row < _margins.Length; row++)
            _margins[row] = signs[row] == 0 ? 0 : 1;
    }

    protected override (float Slope, float Curvature) Derivatives(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<sbyte> signs)
    {
        float slope = 0, curvature = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var margin = _margins[rows[i]];
            if (margin <= 0)
                continue;
            slope -= values[i] * signs[rows[i]] * margin;
            curvature += values[i] * values[i];
        }

        return (2 * slope, 2 * curvature);
    }

    protected override void Shift(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<sbyte> signs, float change)
    {
        for (var i = 0; i < rows.Length; i++)
            _margins[rows[i]] -= change * values[i] * signs[rows[i]];
    }

    protected override double Loss(ReadOnlySpan<int> rows)
    {
        var loss = 0.0;
        foreach (var row in rows)
        {
            var margin = MathF.Max(0, _margins[row]);
            loss += margin * margin;
        }

        return loss;
    }
}
