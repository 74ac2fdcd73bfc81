namespace LightDxml.Data.Tests;

public class UnitRowsTests
{
    [Theory]
    [InlineData(1e20f)]
    [InlineData(3e38f)]
    [InlineData(1e-24f)]
    [InlineData(1e-38f)]
    [InlineData(2f)]
    public void Of_ValuesOfAnyMagnitude_HaveUnitLength(float value)
    {
        var rows = UnitRows.Of(new SparseMatrix(1, 4, [0, 3], [0, 1, 3], [value, value / 2, -value]));

        // Three values of relative length 2/3, 1/3, 2/3; a factor that is a subnormal number has four digits at least.
        Assert.Equal(2 / 3.0, rows.RowValues(0)[0], 1e-4);
        Assert.Equal(1 / 3.0, rows.RowValues(0)[1], 1e-4);
        Assert.Equal(-2 / 3.0, rows.RowValues(0)[2], 1e-4);
    }

    [Fact]
    public void Scale_NoValuesOrZeros_IsOne() => Assert.Equal((1, 1), (UnitRows.Scale([]), UnitRows.Scale([0f, 0f])));
}
