using System.Numerics.Tensors;

namespace LightDxml.Training;

/// <summary>
/// Logistic regression of few signals: Newton's method on the mean log loss with a small ridge, from signals scaled to unit
/// deviation. Weights may be expected before any example is seen. A step that would raise the loss is halved until it does not.
/// </summary>
internal static class LogisticRegression
{
    private const double Ridge = 1e-4;
    private const int MaxSteps = 30;

    /// <summary>A loss that rises by no more has not risen.</summary>
    private const double Rounding = 1e-12;

    /// <summary>A signal that deviates less from its mean, in shares of it, is constant but for rounding.</summary>
    private const double LeastDeviation = 1e-6;
    private const double LeastShare = 1e-6;

    /// <summary>Examples that are worked on together, column by column.</summary>
    private const int BlockExamples = 512;

    /// <param name="signals">[n, count].</param>
    /// <param name="count">count of an example.</param>
    /// <param name="targets">[n].</param>
    /// <param name="used">[count]: signals that may get a weight; the others keep 0.</param>
    /// <param name="expected">[count] weights that few examples do not lead away from; empty for 0.</param>
    /// <param name="trust">Precision of what is expected of weights of signals that are scaled to unit deviation; an example of probability ½ adds ¼ to it. 0: nothing is expected.</param>
    /// <param name="maxSteps">Steps at most.</param>
    public static (float[] Weights, float Intercept) Fit(
        ReadOnlySpan<float> signals, int count, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> used, ReadOnlySpan<float> expected = default, double trust = 0, int maxSteps = MaxSteps)
    {
        if (targets.IsEmpty)
            return (new float[count], 0);
        var scales = new List<Scale>();
        for (var s = 0; s < count; s++)
        {
            if (used[s])
                scales.Add(Scale.Of(signals, count, s));
        }

        var expectedScaled = new double[scales.Count];
        for (var s = 0; s < scales.Count && !expected.IsEmpty; s++)
            expectedScaled[s] = expected[scales[s].Signal] * scales[s].Deviation;
        var examples = new Examples(signals, count, targets, [.. scales]);
        var prior = new Prior(expectedScaled, trust / targets.Length);
        var weights = new double[scales.Count + 1];
        var here = Loss.At(weights, examples, prior);
        for (var step = 0; step < maxSteps; step++)
        {
            var move = Solve(here.Hessian, here.Gradient);
            var share = 1.0;
            double[] next;
            Loss there;
            do
            {
                next = [.. weights.Select((weight, s) => weight - share * move[s])];
                there = Loss.At(next, examples, prior);
                share /= 2;
            }
            while (there.Value > here.Value * (1 + Rounding) && share > LeastShare);
            (weights, here) = (next, there);
            if (move.Max(Math.Abs) < 1e-9)
                break;
        }

        var intercept = weights[^1];
        var fitted = new float[count];
        foreach (var (scale, weight) in scales.Zip(weights))
        {
            intercept -= weight * scale.Mean / scale.Deviation;
            fitted[scale.Signal] = (float)(weight / scale.Deviation);
        }

        return (fitted, (float)intercept);
    }

    /// <summary>What a signal is brought to mean 0 and deviation 1 by.</summary>
    private readonly record struct Scale(int Signal, double Mean, double Deviation)
    {
        /// <param name="signals">[n, count].</param>
        public static Scale Of(ReadOnlySpan<float> signals, int count, int signal)
        {
            var (sum, squares, n) = (0.0, 0.0, signals.Length / count);
            for (var i = signal; i < signals.Length; i += count)
                sum += signals[i];
            var mean = sum / n;
            for (var i = signal; i < signals.Length; i += count)
                squares += (signals[i] - mean) * (signals[i] - mean);
            var deviation = Math.Sqrt(squares / n);
            return new Scale(signal, mean, deviation > LeastDeviation * Math.Max(1, Math.Abs(mean)) ? deviation : 1);
        }
    }

    /// <summary>What is expected of the weights of scaled signals, [used]; nothing of the intercept.</summary>
    /// <param name="Trust">Its precision, beside the mean loss.</param>
    private readonly record struct Prior(double[] Weights, double Trust);

    /// <summary>What is fitted: <paramref name="signals"/> [n, count], of which those with a scale are used, and <paramref name="targets"/> [n].</summary>
    private readonly ref struct Examples(ReadOnlySpan<float> signals, int count, ReadOnlySpan<bool> targets, Scale[] scales)
    {
        private readonly ReadOnlySpan<float> _signals = signals;
        private readonly ReadOnlySpan<bool> _targets = targets;

        public int Count => _targets.Length;

        /// <param name="columns">[used + 1][examples]: gets the scaled signals of the examples from <paramref name="first"/> on; the last column stays.</param>
        /// <param name="signs">[examples]: gets 1 for a target, −1 for another.</param>
        public void Fill(int first, double[][] columns, Span<double> signs)
        {
            for (var i = 0; i < signs.Length; i++)
                signs[i] = _targets[first + i] ? 1 : -1;
            for (var s = 0; s < scales.Length; s++)
            {
                var (signal, mean, deviation) = scales[s];
                var column = columns[s].AsSpan(0, signs.Length);
                for (var i = 0; i < column.Length; i++)
                    column[i] = (_signals[(first + i) * count + signal] - mean) / deviation;
            }
        }
    }

    /// <summary>The regularised mean log loss at some weights.</summary>
    private sealed record Loss(double Value, double[] Gradient, double[,] Hessian)
    {
        /// <param name="weights">[used + 1], the intercept last.</param>
        public static Loss At(double[] weights, Examples examples, Prior prior)
        {
            var width = weights.Length;
            var columns = Array.ConvertAll(weights, _ => new double[BlockExamples]);
            columns[^1].AsSpan().Fill(1);
            var (signed, scored, missed, weighted) = (new double[BlockExamples], new double[BlockExamples], new double[BlockExamples], new double[BlockExamples]);
            var value = 0.0;
            var gradient = new double[width];
            var hessian = new double[width, width];
            for (var first = 0; first < examples.Count; first += BlockExamples)
            {
                var length = Math.Min(BlockExamples, examples.Count - first);
                Span<double> signs = signed.AsSpan(0, length), scores = scored.AsSpan(0, length), errors = missed.AsSpan(0, length), products = weighted.AsSpan(0, length);
                examples.Fill(first, columns, signs);
                scores.Clear();
                for (var s = 0; s < width; s++)
                    TensorPrimitives.MultiplyAdd(columns[s].AsSpan(0, length), weights[s], scores, scores);

                // The probability of the truth, right = σ(sign · score): the loss is −ln right, its slope −sign · (1 − right), its curvature right · (1 − right).
                TensorPrimitives.Multiply(scores, signs, scores);
                var right = scores;
                TensorPrimitives.Sigmoid(scores, right);
                TensorPrimitives.Log(right, errors);
                value -= TensorPrimitives.Sum<double>(errors);
                TensorPrimitives.Subtract(1, right, errors);
                var curvatures = right;
                TensorPrimitives.Multiply(right, errors, curvatures);
                TensorPrimitives.Multiply(errors, signs, errors);
                for (var r = 0; r < width; r++)
                {
                    gradient[r] -= TensorPrimitives.Dot<double>(errors, columns[r].AsSpan(0, length));
                    TensorPrimitives.Multiply(curvatures, columns[r].AsSpan(0, length), products);
                    for (var c = r; c < width; c++)
                        hessian[r, c] += TensorPrimitives.Dot<double>(products, columns[c].AsSpan(0, length));
                }
            }

            value /= examples.Count;
            for (var r = 0; r < width; r++)
            {
                var (distance, trust) = r < width - 1 ? (weights[r] - prior.Weights[r], prior.Trust) : (0, 0);
                value += Ridge / 2 * weights[r] * weights[r] + trust / 2 * distance * distance;
                gradient[r] = gradient[r] / examples.Count + Ridge * weights[r] + trust * distance;
                for (var c = r; c < width; c++)
                    hessian[r, c] = hessian[c, r] = hessian[r, c] / examples.Count + (c == r ? Ridge + trust : 0);
            }

            return new Loss(value, gradient, hessian);
        }
    }

    /// <summary>Gaussian elimination with pivoting; the ridge keeps the matrix regular.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var solution = right.ToArray();
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column]))
                    pivot = row;
            }

            for (var c = 0; c < n; c++)
                (matrix[column, c], matrix[pivot, c]) = (matrix[pivot, c], matrix[column, c]);
            (solution[column], solution[pivot]) = (solution[pivot], solution[column]);
            for (var row = column + 1; row < n; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                for (var c = column; c < n; c++)
                    matrix[row, c] -= factor * matrix[column, c];
                solution[row] -= factor * solution[column];
            }
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var c = row + 1; c < n; c++)
                solution[row] -= matrix[row, c] * solution[c];
            solution[row] /= matrix[row, row];
        }

        return solution;
    }
}
