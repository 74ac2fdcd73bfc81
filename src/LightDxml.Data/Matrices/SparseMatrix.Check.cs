namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>The first index of columns that is not above its predecessor or not in [0, columnCount), −1 where there is none.</summary>
    internal static int FirstFault(ReadOnlySpan<int> columns, int columnCount)
    {
        if (Ascend(columns, columnCount))
            return -1;
        var last = -1;
        for (var i = 0; i < columns.Length; last = columns[i++])
        {
            if (columns[i] <= last || columns[i] >= columnCount)
                return i;
        }

        return -1;
    }

    // One pass without a branch: a sign bit stands for any fault. Of a column that is not negative no difference overflows.
    private static bool Ascend(ReadOnlySpan<int> columns, int columnCount)
    {
        int last = -1, signs = 0;
        foreach (var column in columns)
        {
            signs |= (column - 1 - last) | column;
            last = column;
        }

        return signs >= 0 && last < columnCount;
    }

    private void CheckEntries()
    {
        var offsets = _rowOffsets.Span;
        if (offsets[0] != 0)
            throw new ArgumentException($"The first offset must be 0, but is {offsets[0]}.", nameof(_rowOffsets));
        // All offsets come before all columns: a row is cut out of its block by them.
        for (var row = 0; row < RowCount; row++)
        {
            if (offsets[row + 1] < offsets[row])
                throw new ArgumentException($"Offset {row + 1} is {offsets[row + 1]}, below the one before, {offsets[row]}.", nameof(_rowOffsets));
        }

        for (var row = 0; row < RowCount; row++)
        {
            var columns = RowColumns(row);
            if (FirstFault(columns, ColumnCount) is >= 0 and var at)
                throw new ArgumentException($"The columns of a row must ascend and be below {ColumnCount}, but row {row} has {columns[at]}{(at > 0 ? $" after {columns[at - 1]}" : "")}.", nameof(_blocks));
        }
    }
}
