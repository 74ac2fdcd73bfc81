namespace LightDxml.Data.Parsing;

/// <summary>Joins parsed chunks into a matrix of few blocks. Rows of a <see cref="RowCollector"/> ascend, and readers check their columns' range.</summary>
internal static class MatrixAssembly
{
    /// <param name="chunks">In file order.</param>
    /// <param name="maxBlockNonZeros">Non-zeros in one block at most, unless one chunk alone has more.</param>
    public static SparseMatrix Join(IReadOnlyList<RowChunk> chunks, int columnCount, long maxBlockNonZeros, int threads)
    {
        var offsets = RowOffsets(chunks);
        var blocks = new List<SparseMatrix.Block>();
        var firstRow = 0;
        for (var first = 0; first < chunks.Count;)
        {
            var end = first;
            long nonZeros = 0;
            var rows = 0;
            for (; end < chunks.Count && (end == first || nonZeros + chunks[end].Columns.Length <= maxBlockNonZeros); end++)
            {
                nonZeros += chunks[end].Columns.Length;
                rows += chunks[end].RowLengths.Length;
            }

            blocks.Add(JoinBlock(chunks, first, end, (int)nonZeros, firstRow, threads));
            firstRow += rows;
            first = end;
        }

        if (blocks.Count == 0)
            blocks.Add(new SparseMatrix.Block(0, default, default));
        return SparseMatrix.OfChecked(offsets.Length - 1, columnCount, offsets, blocks);
    }

    private static SparseMatrix.Block JoinBlock(IReadOnlyList<RowChunk> chunks, int first, int end, int nonZeros, int firstRow, int threads)
    {
        var starts = new int[end - first];
        for (var i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + chunks[first + i - 1].Columns.Length;

        var withValues = Enumerable.Range(first, end - first).Any(chunk => chunks[chunk].Values.Length > 0);
        var columns = GC.AllocateUninitializedArray<int>(nonZeros);
        var values = withValues ? GC.AllocateUninitializedArray<float>(nonZeros) : [];
        RowRanges.ForEach(starts.Length, grain: 1, threads, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                chunks[first + i].Columns.CopyTo(columns.AsSpan(starts[i]));
                if (withValues)
                    chunks[first + i].Values.CopyTo(values.AsSpan(starts[i]));
            }
        });
        return new SparseMatrix.Block(firstRow, columns, values);
    }

    private static long[] RowOffsets(IReadOnlyList<RowChunk> chunks)
    {
        var offsets = new long[chunks.Sum(chunk => chunk.RowLengths.Length) + 1];
        var row = 0;
        foreach (var chunk in chunks)
        {
            foreach (var length in chunk.RowLengths)
            {
                offsets[row + 1] = offsets[row] + length;
                row++;
            }
        }

        return offsets;
    }
}
