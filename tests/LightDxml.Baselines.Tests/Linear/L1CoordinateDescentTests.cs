using LightDxml.Baselines.Linear;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Baselines.Tests.Linear;

public sealed class L1CoordinateDescentTests
{
    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(false, 3, 1)]
    [InlineData(true, 3, 0)]
    [InlineData(true, 10, 1)]
    public void Solve_TightTolerance_NoSubgradientOfTheObjectiveIsViolated(bool logistic, float cost, float biasFeature)
    {
        var (features, signs) = Problem();
        var columns = features.Transpose();
        L1CoordinateDescent solver = logistic ? new L1Logistic(columns, biasFeature) : new L1SquaredHinge(columns, biasFeature);
        solver.Solve(signs, cost, tolerance: 1e-6, maxPasses: 2000, new RandomNumbers(1, RandomPurpose.PointOrder));
        double[] weights = [.. solver.Weights.ToArray().Select(weight => (double)weight), solver.Bias];
        var slopes = new double[weights.Length];
        for (var row = 0; row < signs.Length; row++)
        {
            var score = signs[row] * (weights[^1] + features.RowColumns(row).ToArray().Select((column, i) => weights[column] * features.RowValues(row)[i]).Sum());
            var pull = -cost * signs[row] * (logistic ? 1 / (1 + Math.Exp(score)) : 2 * Math.Max(0, 1 - score));
            for (var i = 0; i < features.RowLength(row); i++)
                slopes[features.RowColumns(row)[i]] += pull * features.RowValues(row)[i];
            slopes[^1] += pull * biasFeature;
        }

        Assert.Contains(weights, weight => weight != 0);
        Assert.Contains(weights[..^1], weight => weight == 0);
        for (var j = 0; j < weights.Length - (biasFeature == 0 ? 1 : 0); j++)
        {
            // Scores are summed in single precision over some thousand steps: errors of 1e-2 at most in slopes of the order of 1.
            if (weights[j] == 0)
                Assert.InRange(slopes[j], -1.01, 1.01);
            else
                Assert.Equal(-Math.Sign(weights[j]), slopes[j], 1e-2);
        }
    }

    [Fact]
    public void Solve_RowsOfSignZero_DoNotCount()
    {
        var (features, signs) = Problem();
        var kept = Enumerable.Range(0, 90).Where(row => row % 3 != 0).ToArray();
        foreach (var make in new Func<SparseMatrix, L1CoordinateDescent>[] { columns => new L1Logistic(columns, 1), columns => new L1SquaredHinge(columns, 1) })
        {
            var (some, all) = (make(features.SelectRows(kept).Transpose()), make(features.Transpose()));
            some.Solve([.. kept.Select(row => signs[row])], 3, 1e-6, 2000, new RandomNumbers(1, RandomPurpose.PointOrder));
            all.Solve([.. signs.Select((sign, row) => row % 3 == 0 ? (sbyte)0 : sign)], 3, 1e-6, 2000, new RandomNumbers(2, RandomPurpose.PointOrder));
            for (var feature = 0; feature < features.ColumnCount; feature++)
                Assert.Equal(some.Weights[feature], all.Weights[feature], 1e-2);
        }
    }

    private static (SparseMatrix Features, sbyte[] Signs) Problem()
    {
        var data = SmallData.Learnable(90, 8, seed: 4);
        return (data.Features, [.. Enumerable.Range(0, 90).Select(row => data.Labels.RowColumns(row).Contains(0) ? (sbyte)1 : (sbyte)-1)]);
    }
}
