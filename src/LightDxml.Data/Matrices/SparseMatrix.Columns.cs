namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <returns>[rows] whether a row has an entry.</returns>
    internal bool[] NonEmptyRows() => [.. Enumerable.Range(0, RowCount).Select(row => RowLength(row) > 0)];

    /// <returns>[columns] rows that have an entry there.</returns>
    internal int[] RowsPerColumn()
    {
        var counts = new int[ColumnCount];
        for (var row = 0; row < RowCount; row++)
        {
            foreach (var column in RowColumns(row))
                counts[column]++;
        }

        return counts;
    }

    /// <summary>The entries under other column numbers; those that get none are left out.</summary>
    /// <param name="columnOf">The new number of a column, −1 for none. Where two entries of a row get the same, one is left; of a matrix with values no two may.</param>
    /// <param name="columnCount">New numbers are below it.</param>
    internal SparseMatrix WithColumns(Func<int, int> columnOf, int columnCount)
    {
        var offsets = new long[RowCount + 1];
        var chunk = new List<Block>();
        foreach (var (first, end) in CutRows(RowOffsets, MaxBlockNonZeros))
        {
            var columns = new int[RowOffsets[end] - RowOffsets[first]];
            var values = HasValues ? new float[columns.Length] : [];
            var count = 0;
            for (var row = first; row < end; row++)
            {
                Row(row, out var oldColumns, out var oldValues);
                var start = count;
                var ascends = true;
                for (var place = 0; place < oldColumns.Length; place++)
                {
                    if (columnOf(oldColumns[place]) is not (>= 0 and var column))
                        continue;
                    ascends &= count == start || columns[count - 1] < column;
                    if (HasValues)
                        values[count] = oldValues[place];
                    columns[count++] = column;
                }

                if (!ascends && HasValues)
                    columns.AsSpan(start, count - start).Sort(values.AsSpan(start, count - start));
                else if (!ascends)
                    count = start + SortDistinct(columns.AsSpan(start, count - start));
                offsets[row + 1] = offsets[row] + count - start;
            }

            chunk.Add(new Block(first, columns.AsMemory(0, count), values.AsMemory(0, HasValues ? count : 0)));
        }

        GC.KeepAlive(this);
        return OfChecked(RowCount, columnCount, offsets, chunk);
    }

    /// <returns>Columns that are left, in front.</returns>
    private static int SortDistinct(Span<int> columns)
    {
        columns.Sort();
        var count = 0;
        foreach (var column in columns)
        {
            if (count == 0 || columns[count - 1] != column)
                columns[count++] = column;
        }

        return count;
    }
}
