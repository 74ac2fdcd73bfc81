namespace LightDxml.Data.Parsing;

/// <summary>Parses a file's blocks over threads; chunks come in file order.</summary>
internal static class ParallelBlocks
{
    /// <param name="threads">0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The first fault of the file.</exception>
    public static TChunk[] Parse<TChunk>(LineBlockReader reader, int threads, Func<LineParser<TChunk>> newParser) =>
        new OrderedWork<LineBlock, TChunk>(reader.TryRead, () => reader.NextIndex, block => block.Index)
            .Run(threads, () => newParser().Parse);

    /// <summary>Hands chunks on in file order, a round of blocks at a time: memory is that of a round.</summary>
    /// <param name="threads">0 takes every processor.</param>
    /// <exception cref="LightDxmlException">The first fault of the file.</exception>
    public static void ForEach<TChunk>(LineBlockReader reader, int threads, Func<LineParser<TChunk>> newParser, Action<TChunk> take)
    {
        var work = new OrderedWork<LineBlock, TChunk>(reader.TryRead, () => reader.NextIndex, block => block.Index);
        var round = 4 * RowRanges.ResolveThreads(threads);
        while (work.Run(threads, () => newParser().Parse, round) is { Length: > 0 } chunks)
        {
            foreach (var chunk in chunks)
                take(chunk);
        }
    }
}
