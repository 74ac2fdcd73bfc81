using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Baselines.Linear;

/// <summary>
/// Trains a sparse linear classifier, min ‖w‖₁ + Σ_i C_i max(0, 1 − y_i ⟨w, x_i⟩)², by coordinate descent over features
/// with a line search (Yuan, Chang, Hsieh and Lin, JMLR 2010; LIBLINEAR's solver 5). The constant feature, the last one,
/// is penalised like the others. One object serves one problem at a time.
/// </summary>
/// <param name="columns">[features, rows], the transposed matrix: a feature's rows lie together.</param>
/// <param name="biasFeature">Value of the constant feature; 0 for none.</param>
internal sealed class L1CoordinateDescent(SparseMatrix columns, float biasFeature)
{
    private const int MaxLineSearches = 20;
    private const float Sigma = 0.01f;
    private readonly float[] _weights = new float[columns.RowCount + 1];
    private readonly float[] _margins = new float[columns.ColumnCount];
    private readonly int[] _order = new int[columns.RowCount + 1];
    private readonly int[] _allRows = [.. Enumerable.Range(0, columns.ColumnCount)];
    private readonly float[] _constant = [.. Enumerable.Repeat(biasFeature, columns.ColumnCount)];

    /// <summary>[features], the solution.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, columns.RowCount);

    /// <summary>The solution's constant term.</summary>
    public float Bias => _weights[^1] * biasFeature;

    /// <param name="signs">[rows], y: 1 or −1, or 0 for a row that does not count.</param>
    /// <param name="positiveCost">C of the rows with y = 1.</param>
    /// <param name="negativeCost">C of the rows with y = −1.</param>
    /// <param name="tolerance">Training stops when the violation of optimality has fallen to this share of the first pass's.</param>
    /// <returns>Passes taken.</returns>
    public int Solve(ReadOnlySpan<sbyte> signs, float positiveCost, float negativeCost, double tolerance, int maxPasses, RandomNumbers seed)
    {
        Array.Clear(_weights);
        for (var i = 0; i < _margins.Length; i++)
            _margins[i] = signs[i] == 0 ? 0 : 1;
        for (var j = 0; j < _order.Length; j++)
            _order[j] = j;
        var active = biasFeature == 0 ? _order.Length - 1 : _order.Length;
        var all = active;
        var greatest = double.PositiveInfinity;
        var first = 0.0;
        for (var pass = 1; ; pass++)
        {
            var (greatestNow, total) = (0.0, 0.0);
            seed.Shuffle(_order.AsSpan(0, active));
            for (var k = 0; k < active; k++)
            {
                var j = _order[k];
                var (slope, curvature) = Derivatives(j, signs, positiveCost, negativeCost);
                var (up, down) = (slope + 1, slope - 1);
                var weight = _weights[j];
                double violation = weight > 0 ? Math.Abs(up) : weight < 0 ? Math.Abs(down) : Math.Max(0, Math.Max(-up, down));
                if (weight == 0 && violation == 0 && up > greatest / signs.Length && down < -greatest / signs.Length)
                {
                    // Far from leaving 0: shrink it away.
                    (_order[k], _order[active - 1]) = (_order[active - 1], _order[k]);
                    active--;
                    k--;
                    continue;
                }

                greatestNow = Math.Max(greatestNow, violation);
                total += violation;
                var step = up < curvature * weight ? -up / curvature : down > curvature * weight ? -down / curvature : -weight;
                if (MathF.Abs(step) > 1e-12f)
                    Move(j, step, slope, signs, positiveCost, negativeCost);
            }

            first = pass == 1 ? total : first;
            if (pass >= maxPasses)
                return pass;
            if (total <= tolerance * first)
            {
                if (active == all)
                    return pass;
                active = all;
                greatest = double.PositiveInfinity;
                continue;
            }

            greatest = greatestNow;
        }
    }

    private ReadOnlySpan<int> Rows(int feature) => feature < columns.RowCount ? columns.RowColumns(feature) : _allRows;

    private ReadOnlySpan<float> Values(int feature) => feature < columns.RowCount ? columns.RowValues(feature) : _constant;

    /// <summary>First and second derivative of the loss along a feature; margins are 1 − y ⟨w, x⟩.</summary>
    private (float Slope, float Curvature) Derivatives(int feature, ReadOnlySpan<sbyte> signs, float positiveCost, float negativeCost)
    {
        var rows = Rows(feature);
        var values = Values(feature);
        float slope = 0, curvature = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var margin = _margins[rows[i]];
            if (margin <= 0)
                continue;
            var sign = signs[rows[i]];
            var pull = (sign > 0 ? positiveCost : negativeCost) * values[i];
            slope -= pull * sign * margin;
            curvature += pull * values[i];
        }

        return (2 * slope, MathF.Max(2 * curvature, 1e-12f));
    }

    /// <summary>
    /// Moves a weight by the step, or by half of it, and half again, until the objective falls enough (Armijo). First an upper
    /// bound of the loss is tried, Σ C x² step² + slope · step over all rows: where it suffices, no loss is computed.
    /// </summary>
    private void Move(int feature, float step, float slope, ReadOnlySpan<sbyte> signs, float positiveCost, float negativeCost)
    {
        var rows = Rows(feature);
        var values = Values(feature);
        var weight = _weights[feature];
        var decrease = MathF.Abs(weight + step) - MathF.Abs(weight) + slope * step;
        var bound = Bound(rows, values, signs, positiveCost, negativeCost);
        var before = double.NaN;
        var moved = 0f;
        for (var search = 0; search < MaxLineSearches; search++)
        {
            var change = moved - step;
            var gain = MathF.Abs(weight + step) - MathF.Abs(weight) - Sigma * decrease;
            var surelyFalls = bound * step * step + slope * step + gain <= 0;
            if (!surelyFalls && search == 0)
                before = Loss(rows, signs, positiveCost, negativeCost);
            for (var i = 0; i < rows.Length; i++)
                _margins[rows[i]] += change * values[i] * signs[rows[i]];
            moved = step;
            if (surelyFalls || gain + Loss(rows, signs, positiveCost, negativeCost) - before <= 0)
                break;
            step *= 0.5f;
            decrease *= 0.5f;
        }

        _weights[feature] = weight + moved;
    }

    private static float Bound(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<sbyte> signs, float positiveCost, float negativeCost)
    {
        if (positiveCost == negativeCost)
            return positiveCost * TensorPrimitives.SumOfSquares(values);
        var bound = 0f;
        for (var i = 0; i < rows.Length; i++)
            bound += (signs[rows[i]] > 0 ? positiveCost : negativeCost) * values[i] * values[i];
        return bound;
    }

    private double Loss(ReadOnlySpan<int> rows, ReadOnlySpan<sbyte> signs, float positiveCost, float negativeCost)
    {
        var loss = 0.0;
        foreach (var row in rows)
        {
            var margin = MathF.Max(0, _margins[row]);
            loss += (signs[row] > 0 ? positiveCost : negativeCost) * margin * margin;
        }

        return loss;
    }
}
