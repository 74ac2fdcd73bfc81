using LightDxml.Data;
using LightDxml.Kernels.Linear;
using LightDxml.TestKit;

namespace LightDxml.Kernels.Tests.Linear;

public sealed class LogisticCoordinateDescentTests
{
    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(1, 3)]
    public void Solve_TightTolerance_TheGradientOfThePrimalVanishes(double cost, double biasFeature)
    {
        var (features, positives, negatives) = Problem();
        var solver = new LogisticCoordinateDescent(features, new LinearSolverOptions(cost, Tolerance: 1e-6, MaxPasses: 5000, biasFeature));
        solver.Solve(positives, negatives, new RandomNumbers(1, RandomPurpose.PointOrder));
        var gradient = Gradient(features, positives, negatives, cost, biasFeature, solver);
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

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Solve_TakesNoMorePassesThanItMay(int most)
    {
        var (features, positives, negatives) = Problem();
        var solver = new LogisticCoordinateDescent(features, new LinearSolverOptions(Cost: 10, Tolerance: 1e-12, MaxPasses: most));
        Assert.Equal(most, solver.Solve(positives, negatives, new RandomNumbers(1, RandomPurpose.PointOrder)));
    }

    [Fact]
    public void Solve_LooseTolerance_EndsAfterFewerPasses()
    {
        var (features, positives, negatives) = Problem();
        int Passes(double tolerance) => new LogisticCoordinateDescent(features, new LinearSolverOptions(Tolerance: tolerance, MaxPasses: 5000))
            .Solve(positives, negatives, new RandomNumbers(1, RandomPurpose.PointOrder));

        Assert.InRange(Passes(1e-1), 1, Passes(1e-4) - 1);
        Assert.InRange(Passes(1e-4), 1, 4999);
    }

    /// <summary>w − C Σ y_i x_i / (1 + exp(y_i ⟨w, x_i⟩)), the bias last; in double precision.</summary>
    private static double[] Gradient(SparseMatrix features, int[] positives, int[] negatives, double cost, double biasFeature, LogisticCoordinateDescent solver)
    {
        double[] gradient = [.. solver.Weights.ToArray().Select(weight => (double)weight), solver.Bias / biasFeature];
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
                gradient[^1] -= pull * biasFeature;
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
