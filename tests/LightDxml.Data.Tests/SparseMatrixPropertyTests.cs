using CsCheck;

namespace LightDxml.Data.Tests;

public class SparseMatrixPropertyTests
{
    private static readonly Gen<int> AnyColumn = Gen.OneOf(Gen.Int[-3, 12], Gen.Int);
    private static readonly Gen<int[][]> AnyRows = AnyColumn.Array[0, 6].Array[0, 8];

    [Fact]
    public void Constructor_AnyColumns_TakesThoseThatAscendInRangeAndNoOthers() => AnyRows.Sample(rows =>
    {
        var isSound = rows.All(row => row.All(column => column is >= 0 and < 10) && row.Zip(row.Skip(1)).All(pair => pair.First < pair.Second));

        Assert.Equal(isSound, IsTaken(() => Of(rows, 10)));
    }, iter: 2000);

    [Fact]
    public void Constructor_AscendingColumns_AreTaken() => Gen.Int[0, 9].Array[0, 6].Array[0, 8].Sample(rows =>
    {
        int[][] ascending = [.. rows.Select(row => row.Distinct().Order().ToArray())];

        var matrix = Of(ascending, 10);

        for (var row = 0; row < ascending.Length; row++)
            Assert.Equal(ascending[row], matrix.RowColumns(row).ToArray());
    }, iter: 500);

    [Fact]
    public void Constructor_AnyOffsets_TakesThoseThatAscendFromZeroToTheEntries() => Gen.Long[-2, 4].Array[3].Sample(offsets =>
    {
        var isSound = offsets[0] == 0 && offsets[1] >= 0 && offsets[2] >= offsets[1] && offsets[2] <= 3;

        Assert.Equal(isSound, IsTaken(() => new SparseMatrix(2, 10, offsets, [0, 5, 9])));
    }, iter: 500);

    [Fact]
    public void Transpose_AnyMatrix_MeansTheSameEntries() => Gen.Int[0, 9].Array[0, 6].Array[0, 8].Sample(rows =>
    {
        int[][] ascending = [.. rows.Select(row => row.Distinct().Order().ToArray())];

        var transposed = Of(ascending, 10).Transpose(maxBlockNonZeros: 3);

        for (var column = 0; column < 10; column++)
            Assert.Equal(Enumerable.Range(0, rows.Length).Where(row => ascending[row].Contains(column)), transposed.RowColumns(column).ToArray());
    }, iter: 500);

    private static SparseMatrix Of(int[][] rows, int columnCount)
    {
        var offsets = new long[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++)
            offsets[row + 1] = offsets[row] + rows[row].Length;
        return new SparseMatrix(rows.Length, columnCount, offsets, [.. rows.SelectMany(row => row)]);
    }

    private static bool IsTaken(Func<SparseMatrix> make)
    {
        try
        {
            return make() is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
