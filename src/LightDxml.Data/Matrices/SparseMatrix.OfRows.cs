namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>The rows of one matrix above those of another, in place.</summary>
    /// <param name="top">Not a selection of rows; has values as the other has.</param>
    /// <param name="bottom">Not a selection of rows either, with as many columns.</param>
    internal static SparseMatrix Stack(SparseMatrix top, SparseMatrix bottom)
    {
        if (top._storedRows is not null || bottom._storedRows is not null)
            throw new ArgumentException("Rows that were selected in place cannot be stacked.", nameof(top));
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

        return OfChecked(rows.Length, columnCount, offsets, blocks);
    }
}
