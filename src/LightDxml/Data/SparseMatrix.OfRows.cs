namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>The rows of one matrix above those of another.</summary>
    internal static SparseMatrix Stack(SparseMatrix top, SparseMatrix bottom)
    {
        (int[] Columns, float[] Values)[] rows =
        [
            .. Enumerable.Range(0, top.RowCount).Select(row => (top.RowColumns(row).ToArray(), top.RowValues(row).ToArray())),
            .. Enumerable.Range(0, bottom.RowCount).Select(row => (bottom.RowColumns(row).ToArray(), bottom.RowValues(row).ToArray())),
        ];
        return OfRows(rows, top.ColumnCount);
    }

    /// <summary>A matrix of rows that were made one by one.</summary>
    /// <param name="rows">The columns of each row, ascending, and as many values.</param>
    internal static SparseMatrix OfRows((int[] Columns, float[] Values)[] rows, int columnCount)
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
            }

            blocks.Add(new Block(first, columns, values));
        }

        return new SparseMatrix(rows.Length, columnCount, offsets, blocks);
    }
}
