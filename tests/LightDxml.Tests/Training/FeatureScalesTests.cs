using LightDxml.Data;
using LightDxml.Models;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

public sealed class FeatureScalesTests
{
    // In every row: 1, 3, 5 and 7, mean 4, deviation √5, root mean square √21. In two rows: 3 and −1, root mean square √5. In every row the same. In none.
    private static readonly SparseMatrix Rows = SmallData.Matrix(
        [
            new SortedDictionary<int, float> { [0] = 1, [1] = 3, [2] = 200 },
            new SortedDictionary<int, float> { [0] = 3, [2] = 200 },
            new SortedDictionary<int, float> { [0] = 5, [1] = -1, [2] = 200 },
            new SortedDictionary<int, float> { [0] = 7, [2] = 200 },
        ],
        4);

    private static readonly float Root = (float)Math.Sqrt(5);

    [Fact]
    public void Apply_ByHand()
    {
        var scaling = FeatureScales.Of(Rows, Standardization.Auto, out var largest, out var ratio)!;
        Assert.Equal(2, largest);
        Assert.Equal(200 / Math.Sqrt(5), ratio, 1e-12);
        Assert.Equal([4, 0, 200, 0], scaling.Means);
        var scaled = scaling.Apply(Rows);
        AssertRow([0, 1], [-3 / Root, 3 / Root], scaled, 0);
        AssertRow([0], [-1 / Root], scaled, 1);
        AssertRow([0, 1], [1 / Root, -1 / Root], scaled, 2);
        AssertRow([0], [3 / Root], scaled, 3);
    }

    [Fact]
    public void Apply_DocumentWithoutAMeasurement_HasItAsZero_WithoutAnyItStaysEmpty()
    {
        var scaling = FeatureScales.Of(Rows, Standardization.Auto, out _, out _)!;
        var scaled = scaling.Apply(SmallData.Matrix([new SortedDictionary<int, float> { [1] = 1, [3] = 2 }, []], 4));
        AssertRow([0, 1, 3], [-4 / Root, 1 / Root, 2], scaled, 0);
        AssertRow([], [], scaled, 1);
    }

    [Fact]
    public void Apply_OneRow_IsThatOfMany()
    {
        var data = SmallData.Measurements(50, 4, seed: 3);
        var scaling = FeatureScales.Of(data.Features, Standardization.Auto, out _, out _)!;
        var scaled = scaling.Apply(data.Features);
        for (var row = 0; row < 50; row++)
        {
            var (columns, values) = (new int[scaling.Room(12)], new float[scaling.Room(12)]);
            var count = scaling.Apply(data.Features.RowColumns(row), data.Features.RowValues(row), columns, values);
            AssertRow(columns[..count], values[..count], scaled, row);
        }
    }

    [Fact]
    public void Apply_ValuesFarBeyondTraining_StayFinite()
    {
        var scaling = new FeatureScaling([0], [1e20f]);
        Assert.Equal([float.MaxValue], scaling.Apply(SmallData.Matrix([new SortedDictionary<int, float> { [0] = 1e30f }], 1)).RowValues(0).ToArray());
    }

    [Fact]
    public void Of_FeaturesOfOneKind_LeavesThem_UnlessWanted()
    {
        var data = SmallData.Learnable(100, 10, seed: 1).Features;
        Assert.Null(FeatureScales.Of(data, Standardization.Auto, out _, out _));
        Assert.NotNull(FeatureScales.Of(data, Standardization.True, out _, out _));
        Assert.Null(FeatureScales.Of(Rows, Standardization.False, out _, out _));
    }

    [Fact]
    public void Of_RowsOfUnitLength_HaveBeenPrepared() => Assert.Null(FeatureScales.Of(UnitRows.Of(Rows), Standardization.Auto, out _, out _));

    [Fact]
    public void Of_NothingButZeros_IsNothing() =>
        Assert.Null(FeatureScales.Of(SmallData.Matrix([new SortedDictionary<int, float> { [0] = 0 }, []], 2), Standardization.True, out _, out _));

    private static void AssertRow(int[] columns, float[] values, SparseMatrix matrix, int row)
    {
        Assert.Equal(columns, matrix.RowColumns(row).ToArray());
        Assert.Equal(values, matrix.RowValues(row).ToArray().Select((value, i) => Math.Abs(value - values[i]) <= 1e-6f ? values[i] : value));
    }
}
