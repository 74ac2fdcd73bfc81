namespace LightDxml.Data.Parsing;

/// <summary>Turns blocks of lines into chunks. Each parsing thread has its own.</summary>
internal abstract class LineParser<TChunk>(string file)
{
    protected string File { get; } = file;

    /// <exception cref="DataFormatException">The first line of the block that does not hold what the format promises.</exception>
    public TChunk Parse(LineBlock block)
    {
        var lines = new LineEnumerator(block);
        while (lines.TryNext(out var line, out var lineNumber))
            ParseLine(line, lineNumber);
        return TakeChunk();
    }

    /// <param name="line">Without its end.</param>
    /// <param name="lineNumber">Counted from 1 over the file.</param>
    protected abstract void ParseLine(ReadOnlySpan<byte> line, long lineNumber);

    /// <summary>What the lines since the last call gave.</summary>
    protected abstract TChunk TakeChunk();
}
