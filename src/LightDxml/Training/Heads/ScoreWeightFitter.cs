using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Fits <see cref="ScoreWeights"/> by logistic regression on the candidates of held-out points: Newton's method on the
/// mean log loss with a small ridge, from features scaled to unit deviation.
/// </summary>
internal static class ScoreWeightFitter
{
    private const int Signals = 6;
    private const double Ridge = 1e-4;
    private const int MaxSteps = 30;

    /// <param name="signals">[n, 6]: logit, margin, cosine, centroid, f, f · margin of each candidate.</param>
    /// <param name="targets">[n]: whether the candidate is a label of its point.</param>
    /// <param name="used">[6]: signals that may get a weight; the others keep 0.</param>
    public static ScoreWeights Fit(ReadOnlySpan<float> signals, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> used)
    {
        var (means, deviations) = Moments(signals, targets.Length);
        var weights = new double[Signals + 1];
        var x = new double[Signals + 1];
        for (var step = 0; step < MaxSteps; step++)
        {
            var gradient = new double[Signals + 1];
            var hessian = new double[Signals + 1, Signals + 1];
            for (var i = 0; i < targets.Length; i++)
            {
                for (var s = 0; s < Signals; s++)
                    x[s] = used[s] ? (signals[i * Signals + s] - means[s]) / deviations[s] : 0;
                x[Signals] = 1;
                var score = 0.0;
                for (var s = 0; s <= Signals; s++)
                    score += weights[s] * x[s];
                var probability = 1 / (1 + Math.Exp(-score));
                var error = probability - (targets[i] ? 1 : 0);
                var curvature = probability * (1 - probability);
                for (var r = 0; r <= Signals; r++)
                {
                    gradient[r] += error * x[r] / targets.Length;
                    for (var c = 0; c <= Signals; c++)
                        hessian[r, c] += curvature * x[r] * x[c] / targets.Length;
                }
            }

            for (var s = 0; s <= Signals; s++)
            {
                gradient[s] += Ridge * weights[s];
                hessian[s, s] += Ridge;
            }

            var move = Solve(hessian, gradient);
            for (var s = 0; s <= Signals; s++)
                weights[s] -= move[s];
            if (move.Max(Math.Abs) < 1e-9)
                break;
        }

        var intercept = weights[Signals];
        for (var s = 0; s < Signals; s++)
            intercept -= weights[s] * means[s] / deviations[s];
        return new ScoreWeights(Weight(0), Weight(1), Weight(2), Weight(3), Weight(4), Weight(5), (float)intercept);

        float Weight(int signal) => (float)(weights[signal] / deviations[signal]);
    }

    private static (double[] Means, double[] Deviations) Moments(ReadOnlySpan<float> signals, int count)
    {
        var means = new double[Signals];
        var deviations = new double[Signals];
        for (var i = 0; i < count * Signals; i++)
            means[i % Signals] += signals[i] / (double)count;
        for (var i = 0; i < count * Signals; i++)
            deviations[i % Signals] += Math.Pow(signals[i] - means[i % Signals], 2) / count;
        for (var s = 0; s < Signals; s++)
            deviations[s] = deviations[s] > 0 ? Math.Sqrt(deviations[s]) : 1;
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
