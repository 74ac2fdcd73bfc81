using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Fits <see cref="ScoreWeights"/> by logistic regression on the candidates of held-out points: Newton's method on the
/// mean log loss with a small ridge, from features scaled to unit deviation. A step that would raise the loss is halved until it does not.
/// </summary>
internal static class ScoreWeightFitter
{
    private const int Signals = CandidateSignals.Count;
    private const double Ridge = 1e-4;
    private const int MaxSteps = 30;

    /// <summary>A loss that rises by no more has not risen.</summary>
    private const double Rounding = 1e-12;
    private const double LeastShare = 1e-6;

    /// <param name="signals">[n, 9]: logit, margin, cosine, centroid, f, f · margin, similarity and coverage of the name, f · similarity of each candidate.</param>
    /// <param name="targets">[n]: whether the candidate is a label of its point.</param>
    /// <param name="used">[9]: signals that may get a weight; the others keep 0.</param>
    /// <param name="maxSteps">Steps at most.</param>
    public static ScoreWeights Fit(ReadOnlySpan<float> signals, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> used, int maxSteps = MaxSteps)
    {
        var (means, deviations) = Moments(signals, targets.Length);
        var weights = new double[Signals + 1];
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

        var intercept = weights[Signals];
        for (var s = 0; s < Signals; s++)
            intercept -= weights[s] * means[s] / deviations[s];
        return new ScoreWeights(Weight(0), Weight(1), Weight(2), Weight(3), Weight(4), Weight(5), (float)intercept) { Name = Weight(6), NameCoverage = Weight(7), FrequencyName = Weight(8) };

        float Weight(int signal) => (float)(weights[signal] / deviations[signal]);
    }

    /// <summary>The regularised mean log loss at some weights.</summary>
    private sealed record Loss(double Value, double[] Gradient, double[,] Hessian)
    {
        public static Loss At(
            double[] weights, ReadOnlySpan<float> signals, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> used, double[] means, double[] deviations)
        {
            var x = new double[Signals + 1];
            var value = 0.0;
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
                value += (Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - (targets[i] ? score : 0)) / targets.Length;
                for (var r = 0; r <= Signals; r++)
                {
                    gradient[r] += error * x[r] / targets.Length;
                    for (var c = 0; c <= Signals; c++)
                        hessian[r, c] += curvature * x[r] * x[c] / targets.Length;
                }
            }

            for (var s = 0; s <= Signals; s++)
            {
                value += Ridge / 2 * weights[s] * weights[s];
                gradient[s] += Ridge * weights[s];
                hessian[s, s] += Ridge;
            }

            return new Loss(value, gradient, hessian);
        }
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
