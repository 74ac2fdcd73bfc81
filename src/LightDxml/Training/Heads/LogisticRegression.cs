namespace LightDxml.Training;

/// <summary>
/// Logistic regression of few signals: Newton's method on the mean log loss with a small ridge, from signals scaled to unit
/// deviation. A step that would raise the loss is halved until it does not.
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

    /// <param name="signals">[n, count].</param>
    /// <param name="count">count of an example.</param>
    /// <param name="targets">[n].</param>
    /// <param name="used">[count]: signals that may get a weight; the others keep 0.</param>
    /// <param name="maxSteps">Steps at most.</param>
    public static (float[] Weights, float Intercept) Fit(
        ReadOnlySpan<float> signals, int count, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> used, int maxSteps = MaxSteps)
    {
        var (means, deviations) = Moments(signals, count, targets.Length);
        var weights = new double[count + 1];
        var here = Loss.At(weights, signals, targets, used, means, deviations);
        for (var step = 0; step < maxSteps; step++)
        {
            var move = Solve(here.Hessian, here.Gradient);
            var share = 1.0;
            double[] next;
            Loss there;
            do
            {
                next = [.. weights.Select((weight, s) => weight - share * move[s])];
                there = Loss.At(next, signals, targets, used, means, deviations);
                share /= 2;
            }
            while (there.Value > here.Value * (1 + Rounding) && share > LeastShare);
            (weights, here) = (next, there);
            if (move.Max(Math.Abs) < 1e-9)
                break;
        }

        var intercept = weights[count];
        var fitted = new float[count];
        for (var s = 0; s < count; s++)
        {
            intercept -= weights[s] * means[s] / deviations[s];
            fitted[s] = (float)(weights[s] / deviations[s]);
        }

        return (fitted, (float)intercept);
    }

    /// <summary>The regularised mean log loss at some weights.</summary>
    private sealed record Loss(double Value, double[] Gradient, double[,] Hessian)
    {
        public static Loss At(
            double[] weights, ReadOnlySpan<float> signals, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> used, double[] means, double[] deviations)
        {
            var count = means.Length;
            var x = new double[count + 1];
            var value = 0.0;
            var gradient = new double[count + 1];
            var hessian = new double[count + 1, count + 1];
            for (var i = 0; i < targets.Length; i++)
            {
                for (var s = 0; s < count; s++)
                    x[s] = used[s] ? (signals[i * count + s] - means[s]) / deviations[s] : 0;
                x[count] = 1;
                var score = 0.0;
                for (var s = 0; s <= count; s++)
                    score += weights[s] * x[s];
                var probability = 1 / (1 + Math.Exp(-score));
                var error = probability - (targets[i] ? 1 : 0);
                var curvature = probability * (1 - probability);
                value += (Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - (targets[i] ? score : 0)) / targets.Length;
                for (var r = 0; r <= count; r++)
                {
                    gradient[r] += error * x[r] / targets.Length;
                    for (var c = 0; c <= count; c++)
                        hessian[r, c] += curvature * x[r] * x[c] / targets.Length;
                }
            }

            for (var s = 0; s <= count; s++)
            {
                value += Ridge / 2 * weights[s] * weights[s];
                gradient[s] += Ridge * weights[s];
                hessian[s, s] += Ridge;
            }

            return new Loss(value, gradient, hessian);
        }
    }

    private static (double[] Means, double[] Deviations) Moments(ReadOnlySpan<float> signals, int width, int count)
    {
        var means = new double[width];
        var deviations = new double[width];
        for (var i = 0; i < count * width; i++)
            means[i % width] += signals[i] / (double)count;
        for (var i = 0; i < count * width; i++)
            deviations[i % width] += Math.Pow(signals[i] - means[i % width], 2) / count;
        for (var s = 0; s < width; s++)
            deviations[s] = Math.Sqrt(deviations[s]) is var deviation && deviation > LeastDeviation * Math.Max(1, Math.Abs(means[s])) ? deviation : 1;
        return (means, deviations);
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
