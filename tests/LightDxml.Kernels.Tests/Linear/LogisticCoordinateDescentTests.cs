using LightDxml.Data;
using LightDxml.Kernels.Linear;
using LightDxml.TestKit;

namespace LightDxml.Kernels.Tests.Linear;

public sealed class LogisticCoordinateDescentTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void Solve_TightTolerance_TheGradientOfThePrimalVanishes(double cost)
    {
        var (features, positives, negatives) = Problem();
        var solver = new LogisticCoordinateDescent(features, new LinearSolverOptions(cost, Tolerance: 1e-6, MaxPasses: 5000));
        solver.Solve(positives, negatives, new RandomNumbers(1, RandomPurpose.PointOrder));
        var gradient = Gradient(features, positives, negatives, cost, solver);
        // The weights are sums of single-precision steps: errors of about 1e-7 times their number times C.
        Assert.All(gradient, slope => Assert.InRange(slope, -1e-3, 1e-3));
    }

    [Fact]
    public void Solve_Again_GivesTheSameBits()
    {
        var (features, positives, negatives) = Problem();
        var solver = new LogisticCoordinateDescent(features, new LinearSolverOptions());
        solver.Solve(positives, negatives, new RandomNumbers(1, RandomPurpose.PointOrder));
        var first = solver.Weights.ToArray();
        solver.Solve(negatives, positives, new RandomNumbers(2, RandomPurpose.PointOrder));
        solver.Solve(positives, negatives, new RandomNumbers(1, RandomPurpose.PointOrder));
        Assert.Equal(first, solver.Weights.ToArray());
    }

    /// <summary>w − C Σ y_i x_i / (1 + exp(y_i ⟨w, x_i⟩)), the bias last; in double precision.</summary>
    private static double[] Gradient(SparseMatrix features, int[] positives, int[] negatives, double cost, LogisticCoordinateDescent solver)
    {
        double[] gradient = [.. solver.Weights.ToArray().Select(weight => (double)weight), solver.Bias];
        foreach (var (rows, sign) in new[] { (positives, 1), (negatives, -1) })
        {
            foreach (var row in rows)
            {
                var columns = features.RowColumns(row);
                var values = features.RowValues(row);
                double score = solver.Bias;
                for (var i = 0; i < columns.Length; i++)
                    score += (double)values[i] * solver.Weights[columns[i]];
                var pull = cost * sign / (1 + Math.Exp(sign * score));
                for (var i = 0; i < columns.Length; i++)
                    gradient[columns[i]] -= pull * values[i];
                gradient[^1] -= pull;
            }
        }

        return gradient;
    }

    private static (SparseMatrix Features, int[] Positives, int[] Negatives) Problem()
    {
        var data = SmallData.Learnable(80, 6, seed: 4);
        var positives = Enumerable.Range(0, 80).Where(row => data.Labels.RowColumns(row).Contains(0)).ToArray();
        return (data.Features, positives, [.. Enumerable.Range(0, 80).Except(positives)]);
    }
}
