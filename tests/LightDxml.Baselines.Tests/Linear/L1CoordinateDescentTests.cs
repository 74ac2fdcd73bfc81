using LightDxml.Baselines.Linear;
using LightDxml.Data;

namespace LightDxml.Baselines.Tests.Linear;

public sealed class L1CoordinateDescentTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 0.5, 1)]
    public void Solve_TightTolerance_NoSubgradientOfTheObjectiveIsViolated(float positiveCost, float negativeCost, float biasFeature)
    {
        var (features, signs) = Problem();
        var solver = new L1CoordinateDescent(features.Transpose(), biasFeature);
        solver.Solve(signs, positiveCost, negativeCost, tolerance: 1e-6, maxPasses: 2000, new RandomNumbers(1, RandomPurpose.PointOrder));
        double[] weights = [.. solver.Weights.ToArray().Select(weight => (double)weight), solver.Bias];
        var slopes = new double[weights.Length];
        for (var row = 0; row < signs.Length; row++)
        {
            var score = weights[^1] + features.RowColumns(row).ToArray().Select((column, i) => weights[column] * features.RowValues(row)[i]).Sum();
            var pull = -2 * signs[row] * (signs[row] > 0 ? positiveCost : negativeCost) * Math.Max(0, 1 - signs[row] * score);
            for (var i = 0; i < features.RowLength(row); i++)
                slopes[features.RowColumns(row)[i]] += pull * features.RowValues(row)[i];
            slopes[^1] += pull * biasFeature;
        }

        Assert.Contains(weights, weight => weight != 0);
        Assert.Contains(weights[..^1], weight => weight == 0);
        for (var j = 0; j < weights.Length - (biasFeature == 0 ? 1 : 0); j++)
        {
            // Margins are summed in single precision over some thousand steps: 1e-3 of slopes of the order of 1.
            if (weights[j] == 0)
                Assert.InRange(slopes[j], -1 - 1e-3, 1 + 1e-3);
            else
                Assert.Equal(-Math.Sign(weights[j]), slopes[j], 1e-2);
        }
    }

    private static (SparseMatrix Features, sbyte[] Signs) Problem()
    {
        var data = SmallData.Learnable(90, 8, seed: 4);
        return (data.Features, [.. Enumerable.Range(0, 90).Select(row => data.Labels.RowColumns(row).Contains(0) ? (sbyte)1 : (sbyte)-1)]);
    }
}
