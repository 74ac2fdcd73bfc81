using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Training;

/// <summary>
/// Fits one row of the dense classifier to the encodings of documents, which stay as they are: logistic regression that keeps near the row
/// it starts from, min λ/2 ‖w − w₀‖² + Σ_i log(1 + exp(−y_i ⟨w, z_i⟩)), by L-BFGS (Nocedal 1980). Holds one thread's memory.
/// </summary>
/// <param name="encodings">[documents, dimensions + 1], a constant 1 last.</param>
internal sealed class DenseRow(DenseMatrix encodings, KernelSet kernels)
{
    /// <summary>λ, as for the SVMs but for their cost. Of the row its direction is kept (<see cref="KnownRows"/>), which depends little on it.</summary>
    private const float Nearness = 1;
    private const int MaxSteps = 30;
    private const int Memory = 6;
    private const float LeastDecrease = 1e-4f;
    private const int MostHalvings = 20;

    /// <summary>Share of the first gradient's length at which the row is near enough.</summary>
    private const double Tolerance = 0.01;

    private readonly int _width = encodings.Stride;
    private readonly float[] _here = new float[encodings.Stride];
    private readonly float[] _next = new float[encodings.Stride];
    private readonly float[] _gradient = new float[encodings.Stride];
    private readonly float[] _nextGradient = new float[encodings.Stride];
    private readonly float[] _direction = new float[encodings.Stride];
    private readonly float[] _start = new float[encodings.Stride];
    private readonly float[][] _moves = [.. Enumerable.Range(0, Memory).Select(_ => new float[encodings.Stride])];
    private readonly float[][] _changes = [.. Enumerable.Range(0, Memory).Select(_ => new float[encodings.Stride])];
    private readonly float[] _scales = new float[Memory];
    private readonly float[] _shares = new float[Memory];
    private int[] _rows = [];
    private float[] _logits = [];

    /// <param name="positives">Documents of the label.</param>
    /// <param name="negatives">Documents without it.</param>
    /// <param name="row">[dimensions + 1] where it starts; overwritten with where it ends.</param>
    public void Fit(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, Span<float> row)
    {
        var count = positives.Length + negatives.Length;
        if (_rows.Length < count)
            (_rows, _logits) = (new int[count + count / 2], new float[count + count / 2]);
        positives.CopyTo(_rows);
        negatives.CopyTo(_rows.AsSpan(positives.Length));
        row.CopyTo(_start);
        _start.AsSpan().CopyTo(_here);
        var loss = Loss(_here, positives.Length, count, _gradient);
        var enough = Tolerance * TensorPrimitives.Norm(_gradient);
        var kept = 0;
        for (var step = 0; step < MaxSteps && TensorPrimitives.Norm(_gradient) > enough; step++)
        {
            Direct(kept);
            var slope = TensorPrimitives.Dot(_direction, _gradient);
            if (!(slope < 0))
                break;
            var share = kept == 0 ? Math.Min(1, 1 / TensorPrimitives.Norm(_gradient)) : 1f;
            double nextLoss;
            var halvings = 0;
            do
            {
                TensorPrimitives.MultiplyAdd(_direction, share, _here, _next);
                nextLoss = Loss(_next, positives.Length, count, _nextGradient);
                share /= 2;
            }
            while (nextLoss > loss + LeastDecrease * 2 * share * slope && ++halvings < MostHalvings);
            if (nextLoss >= loss)
                break;
            kept = Remember(kept);
            loss = nextLoss;
            _next.AsSpan().CopyTo(_here);
            _nextGradient.AsSpan().CopyTo(_gradient);
        }

        _here.AsSpan(0, row.Length).CopyTo(row);
    }

    /// <summary>The loss at a row, and its gradient.</summary>
    private double Loss(float[] row, int positives, int count, float[] gradient)
    {
        kernels.ShortlistLogits(row, encodings.Span, _width, _width, _rows.AsSpan(0, count), _logits);
        var loss = 0.0;
        for (var i = 0; i < count; i++)
        {
            var sign = i < positives ? 1 : -1;
            var margin = sign * _logits[i];
            loss += Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
            _logits[i] = -sign / (1 + MathF.Exp(margin));
        }

        kernels.EmbeddingBag([0, count], _rows, _logits, encodings.Span, _width, _width, gradient);
        for (var j = 0; j < _width; j++)
        {
            var away = row[j] - _start[j];
            loss += Nearness / 2.0 * away * away;
            gradient[j] += Nearness * away;
        }

        return loss;
    }

    /// <summary>The direction of descent that the last moves tell.</summary>
    private void Direct(int kept)
    {
        TensorPrimitives.Negate(_gradient, _direction);
        for (var i = kept - 1; i >= 0; i--)
        {
            _shares[i] = _scales[i] * TensorPrimitives.Dot(_moves[i], _direction);
            TensorPrimitives.MultiplyAdd(_changes[i], -_shares[i], _direction, _direction);
        }

        if (kept > 0)
            TensorPrimitives.Multiply(_direction, 1 / (_scales[kept - 1] * TensorPrimitives.SumOfSquares(_changes[kept - 1])), _direction);
        for (var i = 0; i < kept; i++)
            TensorPrimitives.MultiplyAdd(_moves[i], _shares[i] - _scales[i] * TensorPrimitives.Dot(_changes[i], _direction), _direction, _direction);
    }

    /// <summary>Keeps the step that was taken, in the place of the oldest where there is no room.</summary>
    /// <returns>Steps that are kept.</returns>
    private int Remember(int kept)
    {
        if (kept == Memory)
        {
            (_moves[^1], _changes[^1], kept) = (Rotated(_moves), Rotated(_changes), Memory - 1);
            _scales.AsSpan(1).CopyTo(_scales);
        }

        TensorPrimitives.Subtract(_next, _here, _moves[kept]);
        TensorPrimitives.Subtract(_nextGradient, _gradient, _changes[kept]);
        var curvature = TensorPrimitives.Dot(_moves[kept], _changes[kept]);
        if (!(curvature > 0))
            return kept;
        _scales[kept] = 1 / curvature;
        return kept + 1;
    }

    private static float[] Rotated(float[][] rows)
    {
        var first = rows[0];
        rows.AsSpan(1).CopyTo(rows);
        return first;
    }
}
