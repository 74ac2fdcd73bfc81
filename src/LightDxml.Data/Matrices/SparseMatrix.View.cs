using System.Runtime.InteropServices;

namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>Some rows of another matrix, in place: 12 bytes a row, whatever the rows hold.</summary>
    private SparseMatrix(SparseMatrix whole, ReadOnlySpan<int> rows)
    {
        RowCount = rows.Length;
        ColumnCount = whole.ColumnCount;
        HasValues = whole.HasValues;
        _blocks = whole._blocks;
        _storedOffsets = whole._storedOffsets;
        _storedRows = rows.ToArray();
        var offsets = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            offsets[i + 1] = offsets[i] + whole.RowLength(rows[i]);
            _storedRows[i] = whole._storedRows is null ? rows[i] : whole._storedRows[rows[i]];
        }

        _rowOffsets = offsets;
    }

    private SparseMatrix(SparseMatrix whole, int columnCount)
    {
        RowCount = whole.RowCount;
        ColumnCount = columnCount;
        HasValues = whole.HasValues;
        _blocks = whole._blocks;
        _rowOffsets = whole._rowOffsets;
        _storedOffsets = whole._storedOffsets;
        _storedRows = whole._storedRows;
    }

    /// <summary>Whether the entries lie outside the managed memory, in a mapped file: then rows are selected in place.</summary>
    private bool IsMapped => _blocks.Any(block => !block.Columns.IsEmpty && !MemoryMarshal.TryGetArray(block.Columns, out _));

    /// <summary>The same entries among at least as many columns.</summary>
    internal SparseMatrix WithColumnCount(int columnCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, ColumnCount);
        return columnCount == ColumnCount ? this : new SparseMatrix(this, columnCount);
    }
}
