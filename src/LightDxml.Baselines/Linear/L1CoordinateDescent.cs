using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Baselines.Linear;

/// <summary>
/// Trains a sparse linear classifier, min ‖w‖₁ + Σ_i C_i ℓ(y_i ⟨w, x_i⟩), by coordinate descent over features with a line
/// search (Yuan, Chang, Hsieh and Lin, JMLR 2010; LIBLINEAR's solvers 5 and, in its first form, 6). The constant feature,
/// the last one, is penalised like the others. One object serves one problem at a time.
/// </summary>
/// <param name="columns">[features, rows], the transposed matrix: a feature's rows lie together.</param>
/// <param name="biasFeature">Value of the constant feature; 0 for none.</param>
internal abstract class L1CoordinateDescent(SparseMatrix columns, float biasFeature)
{
    private const int MaxLineSearches = 20;
    private const float Sigma = 0.01f;
    private readonly float[] _weights = new float[columns.RowCount + 1];
    private readonly int[] _order = new int[columns.RowCount + 1];
    private readonly int[] _allRows = [.. Enumerable.Range(0, columns.ColumnCount)];
    private readonly float[] _constant = [.. Enumerable.Repeat(biasFeature, columns.ColumnCount)];

    /// <summary>[features], the solution.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, columns.RowCount);

    /// <summary>The solution's constant term.</summary>
    public float Bias => _weights[^1] * biasFeature;

    /// <summary>Half of an upper bound of the loss's second derivative.</summary>
    protected abstract float HalfCurvatureBound { get; }

    /// <summary>Starts at w = 0. Of rows with y = 0 the loss is 0.</summary>
    protected abstract void Start(ReadOnlySpan<sbyte> signs);

    /// <summary>Σ ℓ' y x and Σ ℓ'' x² over a feature's rows, without C.</summary>
    protected abstract (float Slope, float Curvature) Derivatives(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<sbyte> signs);

    /// <summary>Adds change · x to the scores of a feature's rows.</summary>
    protected abstract void Shift(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<sbyte> signs, float change);

    /// <summary>Σ ℓ over rows, without C.</summary>
    protected abstract double Loss(ReadOnlySpan<int> rows);

    /// <param name="signs">[rows], y: 1 or −1, or 0 for a row that does not count.</param>
    /// <param name="tolerance">Training stops when the violation of optimality has fallen to this share of the first pass's.</param>
    /// <returns>Passes taken.</returns>
    public int Solve(ReadOnlySpan<sbyte> signs, float cost, double tolerance, int maxPasses, RandomNumbers seed)
    {
        Array.Clear(_weights);
        Start(signs);
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
                var (slope, curvature) = Derivatives(Rows(j), Values(j), signs);
                slope *= cost;
                curvature = MathF.Max(curvature * cost, 1e-12f);
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
                    Move(j, step, slope, signs, cost);
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

    /// <summary>
    /// Moves a weight by the step, or by half of it, and half again, until the objective falls enough (Armijo). First an upper
    /// bound of the loss is tried, from the bound of its curvature: where that suffices, no loss is computed.
    /// </summary>
    private void Move(int feature, float step, float slope, ReadOnlySpan<sbyte> signs, float cost)
    {
        var rows = Rows(feature);
        var values = Values(feature);
        var weight = _weights[feature];
        var decrease = MathF.Abs(weight + step) - MathF.Abs(weight) + slope * step;
        var bound = HalfCurvatureBound * cost * TensorPrimitives.SumOfSquares(values);
        var before = double.NaN;
        var moved = 0f;
        for (var search = 0; search < MaxLineSearches; search++)
        {
            var gain = MathF.Abs(weight + step) - MathF.Abs(weight) - Sigma * decrease;
            var surelyFalls = bound * step * step + slope * step + gain <= 0;
            if (!surelyFalls && search == 0)
                before = cost * Loss(rows);
            Shift(rows, values, signs, step - moved);
            moved = step;
            if (surelyFalls || gain + cost * Loss(rows) - before <= 0)
                break;
            step *= 0.5f;
            decrease *= 0.5f;
        }

        _weights[feature] = weight + moved;
    }
}
