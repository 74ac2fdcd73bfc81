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

/// <summary>Goes through the lines of a block.</summary>
internal ref struct LineEnumerator(LineBlock block)
{
    private ReadOnlySpan<byte> _rest = block.Bytes;
    private long _nextNumber = block.FirstLine;

    /// <param name="line">The next line without its end.</param>
    /// <param name="number">Its number, counted from 1 over the file.</param>
    public bool TryNext(out ReadOnlySpan<byte> line, out long number)
    {
        line = default;
        number = _nextNumber;
        if (_rest.IsEmpty)
            return false;
        var end = _rest.IndexOf((byte)'\n');
        line = LineText.WithoutReturn(end < 0 ? _rest : _rest[..end]);
        _rest = end < 0 ? default : _rest[(end + 1)..];
        _nextNumber++;
        return true;
    }
}
