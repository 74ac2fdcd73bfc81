using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels.Linear;

namespace LightDxml.Baselines.Linear;

/// <summary>
/// The problem of <see cref="DualCoordinateDescent"/>, min ½‖w‖² + C Σ max(0, 1 − y ⟨w, x⟩)², by the same steps over the
/// rows of a dense matrix, whose inner products are vector operations. One object serves one thread; a problem's solution
/// depends on its rows and seed alone.
/// </summary>
/// <param name="rows">[rows, features].</param>
internal sealed class DenseCoordinateDescent(DenseMatrix rows, LinearSolverOptions options)
{
    private readonly float _biasFeature = (float)options.BiasFeature;
    private readonly float[] _weights = new float[rows.Dimensions];
    private float _biasWeight;
    private int[] _order = [];
    private float[] _alphas = [];

    /// <summary>[features], the solution.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The solution's constant term.</summary>
    public float Bias => _biasWeight * _biasFeature;

    /// <param name="own">Rows of the matrix: the positives, then the negatives.</param>
    /// <param name="positives">How many of them are positive.</param>
    /// <param name="seed">Seeds the order in which rows are visited.</param>
    public void Solve(ReadOnlySpan<int> own, int positives, RandomNumbers seed)
    {
        Begin(own.Length);
        var order = _order.AsSpan(0, own.Length);
        var regularizer = (float)(0.5 / options.Cost);
        var active = own.Length;
        var greatest = float.PositiveInfinity;
        for (var pass = 1; pass <= options.MaxPasses; pass++)
        {
            var (greatestNow, leastNow) = (float.NegativeInfinity, float.PositiveInfinity);
            seed.Shuffle(order[..active]);
            for (var k = 0; k < active; k++)
            {
                var i = order[k];
                var row = rows.Row(own[i]);
                var sign = i < positives ? 1f : -1f;
                var alpha = _alphas[i];
                var score = TensorPrimitives.Dot<float>(row, _weights) + _biasWeight * _biasFeature;
                var gradient = sign * score - 1 + alpha * regularizer;
                var projected = gradient;
                if (alpha == 0)
                {
                    // A row beyond the greatest violation of the last pass will most likely stay at 0: shrink it away.
                    if (gradient > greatest)
                    {
                        active--;
                        (order[k], order[active]) = (order[active], order[k]);
                        k--;
                        continue;
                    }

                    projected = MathF.Min(gradient, 0);
                }

                greatestNow = MathF.Max(greatestNow, projected);
                leastNow = MathF.Min(leastNow, projected);
                if (MathF.Abs(projected) > 1e-6f)
                {
                    var curvature = TensorPrimitives.SumOfSquares<float>(row) + _biasFeature * _biasFeature + regularizer;
                    _alphas[i] = MathF.Max(alpha - gradient / curvature, 0);
                    var change = (_alphas[i] - alpha) * sign;
                    TensorPrimitives.MultiplyAdd(row, change, _weights, _weights);
                    _biasWeight += change * _biasFeature;
                }
            }

            if (greatestNow - leastNow <= options.Tolerance)
            {
                if (active == own.Length)
                    return;

                // Solved on the rows that were kept: look at all of them once more.
                active = own.Length;
                greatest = float.PositiveInfinity;
                continue;
            }

            greatest = greatestNow <= 0 ? float.PositiveInfinity : greatestNow;
        }
    }

    private void Begin(int count)
    {
        if (_order.Length < count)
        {
            _order = new int[2 * count];
            _alphas = new float[2 * count];
        }

        for (var i = 0; i < count; i++)
            (_order[i], _alphas[i]) = (i, 0);
        Array.Clear(_weights);
        _biasWeight = 0;
    }
}
