namespace LightDxml.Parquet;

/// <summary>
/// The bytes of a Parquet file. Whoever reads beyond the end, or far more than there is, was sent there by a damaged file, and the package would go on
/// for ever: it takes the end for more of a number.
/// </summary>
internal sealed class ParquetStream(string file) : Stream
{
    private const long FreeBytes = 1 << 20;
    private const int TimesRead = 16;
    private readonly FileStream _file = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 14);
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Fills the buffer from a place of the file, as far as there is file; the position stays.</summary>
    /// <returns>The bytes read.</returns>
    public int ReadAt(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(_file.SafeFileHandle, buffer[total..], offset + total) is > 0 and var read)
            total += read;
        return total;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _file.Read(buffer);
        _read += Math.Max(1, read);
        if (read == 0 && buffer.Length > 0)
            throw new EndOfStreamException($"it leads beyond its {Length:N0} bytes");
        if (_read > FreeBytes + TimesRead * Length)
            throw new InvalidDataException("its pages lead in circles");
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 1 ? one[0] : -1;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}
