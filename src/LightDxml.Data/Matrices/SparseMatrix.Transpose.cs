namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
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
