using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public class SparseMatrixTests
{
    /// <summary>
    /// 0 5 0 7
    /// 0 0 0 0
    /// 1 0 2 3
    /// </summary>
    private static SparseMatrix Example() => new(3, 4, [0, 2, 2, 5], [1, 3, 0, 2, 3], [5, 7, 1, 2, 3]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Transpose_HandMadeMatrix_ExchangesRowsAndColumns(int maxBlockNonZeros)
    {
        var transposed = Example().Transpose(maxBlockNonZeros);

        Assert.Equal((4, 3), (transposed.RowCount, transposed.ColumnCount));
        Assert.Equal([0, 1, 2, 3, 5], transposed.RowOffsets.ToArray());
        Assert.Equal([2], transposed.RowColumns(0).ToArray());
        Assert.Equal([0], transposed.RowColumns(1).ToArray());
        Assert.Equal([2], transposed.RowColumns(2).ToArray());
        Assert.Equal([0, 2], transposed.RowColumns(3).ToArray());
        Assert.Equal([7f, 3f], transposed.RowValues(3).ToArray());
        Assert.Equal([5f], transposed.RowValues(1).ToArray());
    }

    [Fact]
    public void Transpose_MatrixWithoutValues_HasNone()
    {
        var transposed = new SparseMatrix(2, 3, [0, 1, 3], [2, 0, 2]).Transpose();

        Assert.False(transposed.HasValues);
        Assert.Equal([0, 1], transposed.RowColumns(2).ToArray());
        Assert.True(transposed.RowColumns(1).IsEmpty);
    }

    [Fact]
    public void Transpose_Twice_GivesTheMatrixBack()
    {
        var random = new Random(3);
        for (var round = 0; round < 30; round++)
        {
            var matrix = SparseMatrixSamples.Random(random, random.Next(0, 20), random.Next(1, 20), withValues: round % 2 == 0);

            var back = matrix.Transpose(random.Next(1, 40)).Transpose(random.Next(1, 40));

            SparseMatrixSamples.AssertEqual(matrix, back);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public void SelectRows_RepeatedAndReordered_KeepsTheGivenOrder(int maxBlockNonZeros)
    {
        var selected = Example().SelectRows([2, 1, 0, 2], maxBlockNonZeros);

        Assert.Equal((4, 4), (selected.RowCount, selected.ColumnCount));
        Assert.Equal([0, 3, 3, 5, 8], selected.RowOffsets.ToArray());
        Assert.Equal([0, 2, 3], selected.RowColumns(0).ToArray());
        Assert.True(selected.RowColumns(1).IsEmpty);
        Assert.Equal([5f, 7f], selected.RowValues(2).ToArray());
        Assert.Equal([1f, 2f, 3f], selected.RowValues(3).ToArray());
    }

    [Fact]
    public void SelectRows_None_GivesAMatrixWithoutRows()
    {
        var selected = Example().SelectRows([]);

        Assert.Equal((0, 4), (selected.RowCount, selected.ColumnCount));
        Assert.Equal(0, selected.NonZeroCount);
    }

    [Fact]
    public void Rows_MoreThanTwoToThe31NonZeros_AreFoundInTheirBlock()
    {
        // 600 blocks of one row share one array of 2^22 columns: 2.5 · 10⁹ non-zeros in 16 MB.
        const int Blocks = 600, RowLength = 1 << 22;
        var columns = new int[RowLength];
        for (var i = 0; i < RowLength; i++)
            columns[i] = i;
        var offsets = new long[Blocks + 2];
        var blocks = new List<SparseMatrix.Block>();
        for (var row = 0; row < Blocks; row++)
        {
            offsets[row + 1] = offsets[row] + RowLength;
            blocks.Add(new SparseMatrix.Block(row, columns, default));
        }

        offsets[Blocks + 1] = offsets[Blocks] + 2;
        blocks.Add(new SparseMatrix.Block(Blocks, new[] { 11, 12 }, default));
        var matrix = new SparseMatrix(Blocks + 1, RowLength, offsets, blocks);

        Assert.Equal(600L * RowLength + 2, matrix.NonZeroCount);
        Assert.True(matrix.NonZeroCount > int.MaxValue);
        Assert.Equal([11, 12], matrix.RowColumns(Blocks).ToArray());
        Assert.Equal(RowLength, matrix.RowLength(Blocks - 1));
        Assert.Equal(RowLength - 1, matrix.RowColumns(Blocks - 1)[^1]);
        Assert.Equal([11, 12], matrix.SelectRows([Blocks]).RowColumns(0).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Stack_MatricesOfSeveralBlocks_HasTheRowsOfBothInOrder(int maxBlockNonZeros)
    {
        var top = Example().Transpose(maxBlockNonZeros).Transpose(maxBlockNonZeros);
        var bottom = new SparseMatrix(2, 4, [0, 1, 3], [2, 0, 3], [9, 4, 6]);

        var stacked = SparseMatrix.Stack(top, bottom);

        Assert.Equal((5, 4), (stacked.RowCount, stacked.ColumnCount));
        Assert.Equal([0, 2, 2, 5, 6, 8], stacked.RowOffsets.ToArray());
        Assert.Equal([0, 2, 3], stacked.RowColumns(2).ToArray());
        Assert.Equal([1f, 2f, 3f], stacked.RowValues(2).ToArray());
        Assert.Equal([2], stacked.RowColumns(3).ToArray());
        Assert.Equal([4f, 6f], stacked.RowValues(4).ToArray());
        Assert.Equal([4f], stacked.Transpose().RowValues(0).ToArray()[1..]);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Stack_RowsSelectedInPlace_AreThoseOfACopy(int first, int second)
    {
        var (view, copy) = (Example().ViewRows([first, second]), Example().SelectRows([first, second]));
        var (stacked, expected) = (SparseMatrix.Stack(view, Example()), SparseMatrix.Stack(copy, Example()));
        Assert.Equal(expected.RowOffsets.ToArray(), stacked.RowOffsets.ToArray());
        for (var row = 0; row < expected.RowCount; row++)
        {
            Assert.Equal(expected.RowColumns(row).ToArray(), stacked.RowColumns(row).ToArray());
            Assert.Equal(expected.RowValues(row).ToArray(), stacked.RowValues(row).ToArray());
        }
    }

    [Fact]
    public void Stack_OtherColumns_IsAnError() =>
        Assert.Contains("3 columns", Assert.Throws<ArgumentException>(() => SparseMatrix.Stack(Example(), Example().Transpose())).Message, StringComparison.Ordinal);

    [Fact]
    public void HasValues_FirstBlockWithoutEntries_IsStillTrue()
    {
        var blocks = new[] { new SparseMatrix.Block(0, default, default), new SparseMatrix.Block(1, new[] { 3 }, new[] { 0.5f }) };

        var matrix = new SparseMatrix(2, 4, new long[] { 0, 0, 1 }, blocks);

        Assert.True(matrix.HasValues);
        Assert.Equal([0.5f], matrix.RowValues(1).ToArray());
        Assert.True(matrix.RowValues(0).IsEmpty);
    }

    [Fact]
    public void Constructor_FewerColumnsThanOffsetsPromise_IsAnError() =>
        Assert.Throws<ArgumentException>(() => new SparseMatrix(2, 4, [0, 1, 3], [1, 2]));

    [Fact]
    public void Constructor_FirstBlockAfterRowZero_IsAnError() =>
        Assert.Throws<ArgumentException>(() => new SparseMatrix(2, 4, new long[] { 0, 1, 2 }, [new SparseMatrix.Block(1, new[] { 1, 2 }, default)]));

    [Fact]
    public void WithColumns_TwoLabelsOfARowThatBecomeOne_AreThereOnce()
    {
        var labels = new SparseMatrix(3, 4, [0, 3, 4, 6], [0, 2, 3, 1, 0, 3]).WithColumns(label => ((int[])[1, -1, 0, 1])[label], 2);

        Assert.Equal([0, 1], labels.RowColumns(0).ToArray());
        Assert.Empty(labels.RowColumns(1).ToArray());
        Assert.Equal([1], labels.RowColumns(2).ToArray());
    }
}
