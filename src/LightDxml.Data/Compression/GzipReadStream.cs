using System.IO.Compression;

namespace LightDxml.Data.Compression;

/// <summary>
/// Gzip decompression (of one or more members) that tells a truncated file from a complete one. The runtime's
/// <see cref="GZipStream"/> checks the checksum of a complete member, but ends silently where its input ends. So a member
/// of our own is fed to it after the file's last byte: what then comes out is that member's content if, and only if, every
/// member before it was complete.
/// </summary>
internal sealed class GzipReadStream : ReadOnlyStream
{
    private static readonly byte[] EndMark = "end of file"u8.ToArray();
    private static readonly byte[] EndMember = Compress(EndMark);

    private readonly FollowedBy _compressed;
    private readonly Stream _decompressed;

    // What came out together with the end mark and is still to be given.
    private ReadOnlyMemory<byte> _rest;
    private bool _ended;

    /// <param name="compressed">Owned: disposed with this stream.</param>
    public GzipReadStream(Stream compressed)
        : this(compressed, input => new GZipStream(input, CompressionMode.Decompress))
    {
    }

    /// <param name="decompress">Makes the stream that decompresses and owns its input.</param>
    internal GzipReadStream(Stream compressed, Func<Stream, Stream> decompress)
    {
        _compressed = new FollowedBy(compressed, EndMember);
        _decompressed = decompress(_compressed);
    }

    /// <exception cref="InvalidDataException">The data are truncated or corrupt.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_ended)
            return GiveRest(buffer);
        try
        {
            var read = _decompressed.Read(buffer);
            if (!_compressed.TailReached && read > 0)
                return read;
            if (!_compressed.TailReached)
                throw new InvalidDataException("the gzip data are followed by other bytes");
            _rest = BeforeEndMark(buffer[..read]);
            _ended = true;
            return GiveRest(buffer);
        }
        catch (InvalidDataException exception) when (exception.InnerException is null)
        {
            if (_compressed.TailReached)
                throw new InvalidDataException("the gzip data are truncated", exception);
            throw exception.Message.StartsWith("the gzip", StringComparison.Ordinal) ? exception : new InvalidDataException("the gzip data are corrupt", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decompressed.Dispose();
        base.Dispose(disposing);
    }

    private int GiveRest(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    /// <summary>
    /// What comes out last, without the mark. As a rule nothing: the runtime gives all output of its input before it reads more.
    /// But nothing says that it must, and output of the file and of the mark may come in one read.
    /// </summary>
    private ReadOnlyMemory<byte> BeforeEndMark(ReadOnlySpan<byte> start)
    {
        var stream = new MemoryStream();
        stream.Write(start);
        _decompressed.CopyTo(stream);
        var end = stream.ToArray();
        return end.AsSpan().EndsWith(EndMark) ? end.AsMemory(0, end.Length - EndMark.Length) : throw new InvalidDataException("the end mark did not come out");
    }

    private static byte[] Compress(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    /// <summary>A stream's bytes, then those of <paramref name="tail"/>, never both in one read.</summary>
    private sealed class FollowedBy(Stream stream, byte[] tail) : ReadOnlyStream
    {
        private int _tailRead;

        public bool TailReached => _tailRead > 0;

        public override int Read(Span<byte> buffer)
        {
            var read = TailReached ? 0 : stream.Read(buffer);
            if (read > 0)
                return read;
            var count = Math.Min(tail.Length - _tailRead, buffer.Length);
            tail.AsSpan(_tailRead, count).CopyTo(buffer);
            _tailRead += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
