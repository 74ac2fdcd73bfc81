using LightDxml.Kernels.Linear;
using LightDxml.TestKit;

namespace LightDxml.Kernels.Tests.Linear;

public class DualCoordinateDescentTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(0.3, 1, 1)]
    [InlineData(1, 5, 1)]
    [InlineData(1, 5, 3)]
    public void Solve_TightTolerance_ReachesTheMinimumOfThePrimal(double cost, double positiveCost, double biasFeature)
    {
        var data = Bfloat16.Round(SmallData.Learnable(80, 10, 3));
        int[] positives = [.. Enumerable.Range(0, 80).Where(i => data.Labels.RowColumns(i).Contains(1))];
        int[] negatives = [.. Enumerable.Range(0, 80).Except(positives)];
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(cost, 1e-5, 10_000, biasFeature));
        var workspace = new DualCoordinateDescent.Workspace(solver);
        solver.Solve(positives, negatives, positiveCost, new RandomNumbers(1, RandomPurpose.LinearOrder), workspace);

        var weights = Dense(workspace, data.FeatureCount);

        // At the minimum the primal's gradient w − 2 Σ C_i y_i max(0, 1 − y_i ⟨w, x_i⟩) x_i vanishes.
        var gradient = new double[data.FeatureCount + 1];
        for (var f = 0; f < data.FeatureCount; f++)
            gradient[f] = weights[f];
        gradient[^1] = workspace.Bias / biasFeature;
        foreach (var i in positives.Concat(negatives))
        {
            var y = positives.Contains(i) ? 1.0 : -1;
            var columns = data.Features.RowColumns(i).ToArray();
            var values = data.Features.RowValues(i).ToArray();
            var margin = workspace.Bias + columns.Select((column, j) => (double)weights[column] * values[j]).Sum();
            var factor = 2 * cost * (y > 0 ? positiveCost : 1) * y * Math.Max(0, 1 - y * margin);
            for (var j = 0; j < columns.Length; j++)
                gradient[columns[j]] -= factor * values[j];
            gradient[^1] -= factor * biasFeature;
        }

        Assert.All(gradient, value => Assert.Equal(0, value, 2e-3));
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(0.3, 5, 1, 1)]
    [InlineData(1, 1, 0.1, 1)]
    [InlineData(1, 1, 1, 3)]
    public void GoOn_ReachesTheMinimumNearTheStart_AndLeavesOtherFeatures(double cost, double positiveCost, double share, double biasFeature)
    {
        var data = Bfloat16.Round(SmallData.Learnable(60, 10, 3));
        int[] positives = [.. Enumerable.Range(0, 60).Where(i => data.Labels.RowColumns(i).Contains(1))];
        int[] negatives = [.. Enumerable.Range(0, 60).Except(positives)];
        var random = new Random(7);
        int[] columns = [.. Enumerable.Range(0, data.FeatureCount).Where(_ => random.Next(3) == 0)];
        float[] start = [.. columns.Select(_ => random.NextSingle() - 0.5f)];
        const float startBias = -0.7f;
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(cost, 1e-5, 10_000, biasFeature));
        var workspace = new DualCoordinateDescent.Workspace(solver);
        solver.GoOn(columns, start, startBias, positives, negatives, positiveCost, share, new RandomNumbers(1, RandomPurpose.LinearOrder), workspace);
        var weights = Dense(workspace, data.FeatureCount);

        // The gradient w − w₀ − 2 Σ C_i y_i max(0, 1 − y_i ⟨w, x_i⟩) x_i vanishes.
        var gradient = new double[data.FeatureCount + 1];
        foreach (var f in workspace.Features)
            gradient[f] = weights[f] - (Array.IndexOf(columns, f) is >= 0 and var place ? start[place] : 0);
        gradient[^1] = (workspace.Bias - startBias) / biasFeature;
        foreach (var i in positives.Concat(negatives))
        {
            var y = positives.Contains(i) ? 1.0 : -1;
            var margin = (double)workspace.Bias;
            for (var j = 0; j < data.Features.RowLength(i); j++)
                margin += weights[data.Features.RowColumns(i)[j]] * (double)data.Features.RowValues(i)[j];
            var factor = 2 * cost * share * (y > 0 ? positiveCost : 1) * y * Math.Max(0, 1 - y * margin);
            for (var j = 0; j < data.Features.RowLength(i); j++)
                gradient[data.Features.RowColumns(i)[j]] -= factor * data.Features.RowValues(i)[j];
            gradient[^1] -= factor * biasFeature;
        }

        Assert.All(gradient, value => Assert.Equal(0, value, 2e-3));
    }

    [Fact]
    public void GoOn_WithoutRows_StaysWhereItStarts()
    {
        var data = SmallData.Learnable(20, 5, 1);
        var workspace = new DualCoordinateDescent.Workspace(new DualCoordinateDescent(data.Features, new LinearSolverOptions()));
        new DualCoordinateDescent(data.Features, new LinearSolverOptions()).GoOn([1], [0.5f], -0.25f, [], [], 1, 1, new RandomNumbers(1, RandomPurpose.LinearOrder), workspace);
        Assert.True(workspace.Features.IsEmpty);
        Assert.Equal(-0.25f, workspace.Bias);
    }

    [Fact]
    public void GoOn_WithContrast_IsRefused()
    {
        var data = SmallData.Learnable(20, 5, 1);
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(Contrast: 0.25));
        var workspace = new DualCoordinateDescent.Workspace(solver);
        Assert.Throws<InvalidOperationException>(() => solver.GoOn([1], [0.5f], 0, [0], [1], 1, 1, new RandomNumbers(1, RandomPurpose.LinearOrder), workspace));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Solve_TakesNoMorePassesThanItMay(int most)
    {
        var data = SmallData.Learnable(60, 10, 3);
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(Cost: 100, Tolerance: 1e-9, MaxPasses: most));
        var workspace = new DualCoordinateDescent.Workspace(solver);
        Assert.Equal(most, solver.Solve([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 1, new RandomNumbers(1, RandomPurpose.LinearOrder), workspace));
    }

    [Fact]
    public void Solve_OtherSeed_VisitsRowsInAnotherOrder()
    {
        var data = SmallData.Learnable(60, 10, 3);
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(MaxPasses: 1));
        var (one, two) = (new DualCoordinateDescent.Workspace(solver), new DualCoordinateDescent.Workspace(solver));
        solver.Solve([1, 2, 3], [4, 5, 6, 7, 8], 1, new RandomNumbers(1, RandomPurpose.LinearOrder), one);
        solver.Solve([1, 2, 3], [4, 5, 6, 7, 8], 1, new RandomNumbers(2, RandomPurpose.LinearOrder), two);
        Assert.NotEqual(one.Weights.ToArray(), two.Weights.ToArray());
    }

    [Fact]
    public void Solve_TwoRows_HandComputed()
    {
        // x₁ = (1), y₁ = 1 alone with C = 1 and no bias: min ½w² + (1 − w)², so w = 2/3.
        var features = SmallData.Matrix([new SortedDictionary<int, float> { [0] = 1 }, new SortedDictionary<int, float> { [1] = 1 }], 2);
        var solver = new DualCoordinateDescent(features, new LinearSolverOptions(1, 1e-6, 1000, 0));
        var workspace = new DualCoordinateDescent.Workspace(solver);
        solver.Solve([0], [1], 1, new RandomNumbers(1, RandomPurpose.LinearOrder), workspace);
        var weights = Dense(workspace, 2);
        Assert.Equal(2 / 3f, weights[0], 1e-4f);
        Assert.Equal(-2 / 3f, weights[1], 1e-4f);
        Assert.Equal(0, workspace.Bias);
    }

    [Fact]
    public void Solve_Contrast_HandComputed()
    {
        // Feature 0 tells the rows apart, p̄ = 1 and n̄ = 0; feature 1 does not, p̄ = n̄ = 1. With power 1 s ∝ (1.003, 0.003), and the mean of
        // s² weighted by p̄ + n̄ = (1, 2) is 1. The problem on s · x is min ½‖v‖² + (1 − ⟨v, (s₀, s₁)⟩)² + (1 + v₁s₁)², and w = s · v.
        var features = SmallData.Matrix([new SortedDictionary<int, float> { [0] = 1, [1] = 1 }, new SortedDictionary<int, float> { [1] = 1 }], 2);
        var solver = new DualCoordinateDescent(features, new LinearSolverOptions(1, 1e-7, 10_000, 0, Contrast: 1));
        var workspace = new DualCoordinateDescent.Workspace(solver);
        solver.Solve([0], [1], 1, new RandomNumbers(1, RandomPurpose.LinearOrder), workspace);
        var scale = Math.Sqrt(3 / (1.003 * 1.003 + 2 * 0.003 * 0.003));
        var (s0, s1) = (Bfloat16.Round((float)(1.003 * scale)), Bfloat16.Round((float)(0.003 * scale)));
        var (v0, v1) = (0.0, 0.0);
        for (var step = 0; step < 10_000; step++)
        {
            var (hit, miss) = (1 - v0 * s0 - v1 * s1, 1 + v1 * s1);
            (v0, v1) = (v0 - 0.05 * (v0 - 2 * hit * s0), v1 - 0.05 * (v1 - 2 * hit * s1 + 2 * miss * s1));
        }

        var weights = Dense(workspace, 2);
        Assert.Equal(v0 * 1.003 * scale, weights[0], 1e-3);
        Assert.Equal(v1 * 0.003 * scale, weights[1], 1e-3);
    }

    [Fact]
    public void Extend_Contrast_NearlyReachesTheSolutionOfAllRows()
    {
        // Scales stay those of the first rows, so that the two problems differ a little.
        var data = SmallData.Learnable(80, 10, 3);
        int[] positives = [.. Enumerable.Range(0, 80).Where(i => data.Labels.RowColumns(i).Contains(1))];
        int[] negatives = [.. Enumerable.Range(0, 80).Except(positives)];
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(0.3, 1e-5, 10_000, Contrast: 0.25));
        var (whole, grown) = (new DualCoordinateDescent.Workspace(solver), new DualCoordinateDescent.Workspace(solver));
        var seed = new RandomNumbers(1, RandomPurpose.LinearOrder);
        solver.Solve(positives, negatives, 1, seed, whole);
        solver.Solve(positives.AsSpan(..^2), negatives.AsSpan(..^10), 1, seed, grown);
        solver.Extend(positives.AsSpan(^2..), negatives.AsSpan(^10..), 1, seed, grown);
        var (expected, actual) = (Dense(whole, data.FeatureCount), Dense(grown, data.FeatureCount));
        var distance = Math.Sqrt(expected.Zip(actual, (a, b) => Math.Pow(a - b, 2)).Sum());
        Assert.InRange(distance / Math.Sqrt(expected.Sum(weight => weight * weight)), 0, 0.1);
    }

    [Fact]
    public void Solve_WorkspaceUsedAgain_GivesTheSameBits()
    {
        var data = SmallData.Learnable(60, 10, 3);
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(Contrast: 0.25));
        var used = new DualCoordinateDescent.Workspace(solver);
        solver.Solve([1, 2, 3], [4, 5, 6, 7, 8], 1, new RandomNumbers(5, RandomPurpose.LinearOrder), used);
        solver.Solve([9, 10], [11, 12], 1, new RandomNumbers(1, RandomPurpose.LinearOrder), used);
        var fresh = new DualCoordinateDescent.Workspace(solver);
        solver.Solve([9, 10], [11, 12], 1, new RandomNumbers(1, RandomPurpose.LinearOrder), fresh);
        Assert.Equal(fresh.Features, used.Features);
        Assert.Equal(fresh.Weights, used.Weights);
        Assert.Equal(fresh.Bias, used.Bias);
    }

    [Fact]
    public void Extend_FurtherRows_ReachesTheSolutionOfAllRows()
    {
        // With C = 0.3 every row lies within the margin and holds the solution up, so that going on misses none.
        var data = SmallData.Learnable(80, 10, 3);
        int[] positives = [.. Enumerable.Range(0, 80).Where(i => data.Labels.RowColumns(i).Contains(1))];
        int[] negatives = [.. Enumerable.Range(0, 80).Except(positives)];
        var solver = new DualCoordinateDescent(data.Features, new LinearSolverOptions(0.3, 1e-5, 10_000));
        var (whole, grown) = (new DualCoordinateDescent.Workspace(solver), new DualCoordinateDescent.Workspace(solver));
        var seed = new RandomNumbers(1, RandomPurpose.LinearOrder);
        solver.Solve(positives, negatives, 1, seed, whole);
        solver.Solve(positives.AsSpan(..^2), negatives.AsSpan(..^10), 1, seed, grown);
        var before = Dense(grown, data.FeatureCount);
        solver.Extend(positives.AsSpan(^2..), negatives.AsSpan(^10..), 1, seed, grown);
        var expected = Dense(whole, data.FeatureCount);
        double Distance(float[] weights) => Math.Sqrt(weights.Zip(expected, (a, b) => Math.Pow(a - b, 2)).Sum());

        Assert.InRange(Distance(Dense(grown, data.FeatureCount)), 0, 2e-3);
        Assert.InRange(Distance(before), 0.05, 10);
        Assert.Equal(whole.Bias, grown.Bias, 2e-3f);
    }

    private static float[] Dense(DualCoordinateDescent.Workspace workspace, int features)
    {
        var weights = new float[features];
        workspace.CopyWeights(weights);
        return weights;
    }
}
