namespace LightDxml.Data.Parsing;

/// <summary>Parses a file's blocks over threads; chunks come in file order.</summary>
internal static class ParallelBlocks
{
    /// <param name="threads">0 takes one for each processor.</param>
    /// <exception cref="LightDxmlException">The first fault of the file.</exception>
    public static TChunk[] Parse<TChunk>(LineBlockReader reader, int threads, Func<LineParser<TChunk>> newParser) =>
        new OrderedWork<LineBlock, TChunk>(reader.TryRead, () => reader.NextIndex, block => block.Index)
            .Run(threads, () => newParser().Parse);
}
