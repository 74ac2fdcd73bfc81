namespace LightDxml.Models;

/// <summary>What follows the position of a stream, as a stream of its own: its positions count from there. The other stays open.</summary>
internal sealed class OriginStream(Stream inner) : Stream
{
    private readonly long _origin = inner.Position;

    /// <summary>The stream itself where its positions count from where it stands, or where it has none.</summary>
    public static Stream Of(Stream stream) => stream.CanSeek && stream.Position != 0 ? new OriginStream(stream) : stream;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => true;

    public override long Length => Math.Max(0, inner.Length - _origin);

    public override long Position
    {
        get => inner.Position - _origin;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override void Flush() => inner.Flush();

    public override void SetLength(long value) => inner.SetLength(_origin + value);

    public override long Seek(long offset, SeekOrigin origin)
    {
        var place = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length });
        if (place < 0)
            throw new IOException("The place is before the beginning.");
        return inner.Seek(_origin + place, SeekOrigin.Begin) - _origin;
    }
}
