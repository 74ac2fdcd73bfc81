namespace LightDxml.Data.Parsing;

/// <summary>Joins parsed chunks into a matrix of few blocks. Rows of a <see cref="RowCollector"/> ascend, and readers check their columns' range.</summary>
internal static class MatrixAssembly
{
    /// <param name="chunks">In file order. Each is let go of as it is copied, so that the entries are not held twice.</param>
    /// <param name="maxBlockNonZeros">Non-zeros in one block at most, unless one chunk alone has more.</param>
    public static SparseMatrix Join(IList<RowChunk> chunks, int columnCount, long maxBlockNonZeros, int threads)
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

    private static SparseMatrix.Block JoinBlock(IList<RowChunk> chunks, int first, int end, int nonZeros, int firstRow, int threads)
    {
        var starts = new int[end - first];
        for (var i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + chunks[first + i - 1].Columns.Length;

        var withValues = Enumerable.Range(first, end - first).Any(chunk => chunks[chunk].Values.Length > 0);
        var columns = Joined(chunk => chunk.Columns);
        for (var chunk = first; chunk < end; chunk++)
            chunks[chunk] = chunks[chunk] with { Columns = [] };
        var values = withValues ? Joined(chunk => chunk.Values) : [];
        for (var chunk = first; chunk < end; chunk++)
            chunks[chunk] = chunks[chunk] with { Values = [] };
        return new SparseMatrix.Block(firstRow, columns, values);

        T[] Joined<T>(Func<RowChunk, T[]> of)
        {
            var joined = GC.AllocateUninitializedArray<T>(nonZeros);
            RowRanges.ForEach(starts.Length, grain: 1, threads, (from, to) =>
            {
                for (var i = from; i < to; i++)
                    of(chunks[first + i]).CopyTo(joined.AsSpan(starts[i]));
            });
            return joined;
        }
    }

    private static long[] RowOffsets(IList<RowChunk> chunks)
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
