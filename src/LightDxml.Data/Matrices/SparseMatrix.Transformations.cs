using System.Numerics.Tensors;

namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>The rows of one matrix above those of another: in place, but for rows that were selected in place, which are copied.</summary>
    /// <param name="top">Has values as the other has.</param>
    /// <param name="bottom">Has as many columns.</param>
    internal static SparseMatrix Stack(SparseMatrix top, SparseMatrix bottom)
    {
        (top, bottom) = (top.WithOwnRows(), bottom.WithOwnRows());
        if (top.ColumnCount != bottom.ColumnCount)
            throw new ArgumentException($"{bottom.ColumnCount} columns cannot lie under {top.ColumnCount}.", nameof(bottom));
        var offsets = new long[top.RowCount + bottom.RowCount + 1];
        top.RowOffsets.CopyTo(offsets);
        for (var row = 1; row <= bottom.RowCount; row++)
            offsets[top.RowCount + row] = top.NonZeroCount + bottom.RowOffsets[row];
        return OfChecked(
            top.RowCount + bottom.RowCount, top.ColumnCount, offsets,
            [.. top._blocks, .. bottom._blocks.Select(block => block with { FirstRow = top.RowCount + block.FirstRow })]);
    }

    /// <summary>A matrix of rows that were made one by one.</summary>
    /// <param name="rows">The columns of each row, ascending, and as many values.</param>
    /// <param name="release">Lets go of each row when it is copied.</param>
    internal static SparseMatrix OfRows((int[] Columns, float[] Values)[] rows, int columnCount, bool release = false)
    {
        var offsets = new long[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++)
            offsets[row + 1] = offsets[row] + rows[row].Columns.Length;
        var blocks = new List<Block>();
        foreach (var (first, end) in CutRows(offsets, MaxBlockNonZeros))
        {
            var columns = GC.AllocateUninitializedArray<int>((int)(offsets[end] - offsets[first]));
            var values = GC.AllocateUninitializedArray<float>(columns.Length);
            for (var row = first; row < end; row++)
            {
                var start = (int)(offsets[row] - offsets[first]);
                rows[row].Columns.CopyTo(columns, start);
                rows[row].Values.CopyTo(values, start);
                if (release)
                    rows[row] = default;
            }

            blocks.Add(new Block(first, columns, values));
        }

        return OfChecked(rows.Length, columnCount, offsets, blocks);
    }

    /// <summary>The given rows in the given order; a row may be taken more than once.</summary>
    /// <param name="rows">Rows of this matrix.</param>
    /// <returns>[rows.Length, columns]: a copy, or a view where the entries lie in a mapped file.</returns>
    public SparseMatrix SelectRows(ReadOnlySpan<int> rows) => IsMapped ? new SparseMatrix(this, rows) : SelectRows(rows, MaxBlockNonZeros);

    /// <summary>The given rows without a copy of their entries, which live as long as the view.</summary>
    internal SparseMatrix ViewRows(ReadOnlySpan<int> rows) => new(this, rows);

    internal SparseMatrix SelectRows(ReadOnlySpan<int> rows, long maxBlockNonZeros)
    {
        var offsets = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
            offsets[i + 1] = offsets[i] + RowLength(rows[i]);

        var blocks = new List<Block>();
        foreach (var (first, end) in CutRows(offsets, maxBlockNonZeros))
        {
            var columns = GC.AllocateUninitializedArray<int>((int)(offsets[end] - offsets[first]));
            var values = HasValues ? GC.AllocateUninitializedArray<float>(columns.Length) : null;
            for (var i = first; i < end; i++)
            {
                var start = (int)(offsets[i] - offsets[first]);
                RowColumns(rows[i]).CopyTo(columns.AsSpan(start));
                if (values is not null)
                    RowValues(rows[i]).CopyTo(values.AsSpan(start));
            }

            blocks.Add(new Block(first, columns, values));
        }

        GC.KeepAlive(this);
        return OfChecked(rows.Length, ColumnCount, offsets, blocks);
    }

    private SparseMatrix WithOwnRows() => _storedRows is null ? this : SelectRows([.. Enumerable.Range(0, RowCount)], MaxBlockNonZeros);

    /// <summary>Each row times the factor that <paramref name="factor"/> gives for its values; the columns are shared, not copied.</summary>
    public SparseMatrix ScaleRows(Func<ReadOnlySpan<float>, float> factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return ChangeRows((_, values) => TensorPrimitives.Multiply(values, factor(values), values));
    }

    /// <summary>What becomes of one row's values, in their place.</summary>
    internal delegate void RowChange(int row, Span<float> values);

    /// <summary>The same columns, which are shared, with a changed copy of the values.</summary>
    internal SparseMatrix ChangeRows(RowChange change)
    {
        if (_storedRows is not null)
            return WithOwnRows().ChangeRows(change);
        var blocks = new Block[_blocks.Length];
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = _blocks[b];
            var values = block.Values.ToArray();
            var endRow = b + 1 < blocks.Length ? _blocks[b + 1].FirstRow : RowCount;
            for (var row = block.FirstRow; row < endRow; row++)
            {
                var start = (int)(RowOffsets[row] - RowOffsets[block.FirstRow]);
                change(row, values.AsSpan(start, RowLength(row)));
            }

            blocks[b] = new Block(block.FirstRow, block.Columns, values);
        }

        return OfChecked(RowCount, ColumnCount, _rowOffsets, blocks);
    }

    /// <summary>The matrix with rows and columns exchanged: of each column its rows, ascending, with their values.</summary>
    /// <returns>[columns, rows], a copy.</returns>
    public SparseMatrix Transpose() => Transpose(MaxBlockNonZeros);

    internal SparseMatrix Transpose(long maxBlockNonZeros)
    {
        var offsets = new long[ColumnCount + 1];
        for (var row = 0; row < RowCount; row++)
        {
            foreach (var column in RowColumns(row))
                offsets[column + 1]++;
        }

        for (var column = 0; column < ColumnCount; column++)
            offsets[column + 1] += offsets[column];

        var blocks = new List<Block>();
        foreach (var (first, end) in CutRows(offsets, maxBlockNonZeros))
            blocks.Add(TransposeColumns(offsets, first, end));
        return OfChecked(ColumnCount, RowCount, offsets, blocks);
    }

    /// <summary>Columns [first, end) as the rows of one block. Rows are walked in order, so each column's rows come out ascending.</summary>
    private Block TransposeColumns(long[] offsets, int first, int end)
    {
        var rows = GC.AllocateUninitializedArray<int>((int)(offsets[end] - offsets[first]));
        var values = HasValues ? GC.AllocateUninitializedArray<float>(rows.Length) : null;
        var next = new int[end - first];
        for (var column = first; column < end; column++)
            next[column - first] = (int)(offsets[column] - offsets[first]);

        for (var row = 0; row < RowCount; row++)
        {
            var columns = RowColumns(row);
            var rowValues = RowValues(row);
            for (var i = FirstNotBelow(columns, first); i < columns.Length && columns[i] < end; i++)
            {
                var slot = next[columns[i] - first]++;
                rows[slot] = row;
                if (values is not null)
                    values[slot] = rowValues[i];
            }
        }

        GC.KeepAlive(this);
        return new Block(first, rows, values);
    }

    private static int FirstNotBelow(ReadOnlySpan<int> columns, int column)
    {
        if (column == 0)
            return 0;
        var index = columns.BinarySearch(column);
        return index >= 0 ? index : ~index;
    }
}
