namespace LightDxml.Data.Parsing;

/// <summary>Whole lines of a file in a buffer that one parsing thread owns and refills.</summary>
internal sealed class LineBlock
{
    public byte[] Buffer { get; set; } = [];

    public int Length { get; set; }

    /// <summary>The block's place in the file, counted from 0.</summary>
    public int Index { get; set; }

    /// <summary>The number of the first line, counted from 1 over the file.</summary>
    public long FirstLine { get; set; }

    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);
}
