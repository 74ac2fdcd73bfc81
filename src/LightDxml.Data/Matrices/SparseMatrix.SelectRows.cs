namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>The given rows in the given order; a row may be taken more than once.</summary>
    /// <param name="rows">Rows of this matrix.</param>
    /// <returns>[rows.Length, columns]: a copy, or a view where the entries lie in a mapped file.</returns>
    public SparseMatrix SelectRows(ReadOnlySpan<int> rows) => IsMapped ? new SparseMatrix(this, rows) : SelectRows(rows, MaxBlockNonZeros);

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
}
