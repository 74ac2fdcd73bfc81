using LightDxml.Baselines.Linear;
using LightDxml.Data;
using LightDxml.Kernels.Linear;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.Linear;

public sealed class DenseCoordinateDescentTests
{
    [Fact]
    public void Solve_TwoPoints_IsTheSolutionByHand()
    {
        // min ½w² + C Σ max(0, 1 − w)² over x = 1 (y = 1) and x = −1 (y = −1), without bias: w + 4 C (w − 1) = 0, w = 4C / (1 + 4C).
        var rows = new DenseMatrix(2, 1);
        (rows.Row(0)[0], rows.Row(1)[0]) = (1, -1);
        var solver = new DenseCoordinateDescent(rows, new LinearSolverOptions(Cost: 0.5, Tolerance: 1e-6, MaxPasses: 1000, BiasFeature: 0));
        solver.Solve([0, 1], 1, new RandomNumbers(1, RandomPurposes.DenseProblems));
        Assert.Equal(2f / 3, solver.Weights[0], 1e-5);
        Assert.Equal(0, solver.Bias);
    }

    [Fact]
    public void Solve_AnyProblem_IsTheSolutionOfTheSparseSolver()
    {
        var data = SmallData.Learnable(120, 6, seed: 4);
        var dense = new DenseMatrix(data.PointCount, data.FeatureCount);
        for (var point = 0; point < data.PointCount; point++)
        {
            for (var i = 0; i < data.Features.RowLength(point); i++)
                dense.Row(point)[data.Features.RowColumns(point)[i]] = data.Features.RowValues(point)[i];
        }

        var options = new LinearSolverOptions(Cost: 2, Tolerance: 1e-4, MaxPasses: 2000);
        int[] positives = [.. Enumerable.Range(0, 120).Where(point => data.Labels.RowColumns(point).Contains(2))];
        int[] negatives = [.. Enumerable.Range(0, 120).Except(positives)];
        var sparse = new DualCoordinateDescent(data.Features, options);
        var expected = new DualCoordinateDescent.Workspace(sparse);
        sparse.Solve(positives, negatives, 1, new RandomNumbers(1, RandomPurposes.DenseProblems), expected);
        var solver = new DenseCoordinateDescent(dense, options);
        var weights = new float[data.FeatureCount];
        expected.CopyWeights(weights);
        solver.Solve([.. positives, .. negatives], positives.Length, new RandomNumbers(7, RandomPurposes.DenseProblems));
        // Two orders of the same steps, both stopped within 1e-4 of the optimum's gradients.
        Assert.Equal(expected.Bias, solver.Bias, 1e-2);
        for (var feature = 0; feature < data.FeatureCount; feature++)
            Assert.Equal(weights[feature], solver.Weights[feature], 1e-2);
    }
}
