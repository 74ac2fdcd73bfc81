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
    private readonly GZipStream _decompressed;
    private bool _ended;

    /// <param name="compressed">Owned: disposed with this stream.</param>
    public GzipReadStream(Stream compressed)
    {
        _compressed = new FollowedBy(compressed, EndMember);
        _decompressed = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The data are truncated or corrupt.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
            return 0;
        try
        {
            var read = _decompressed.Read(buffer);
            if (!_compressed.TailReached && read > 0)
                return read;
            CheckEnd(buffer[..read]);
            _ended = true;
            return 0;
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(_compressed.TailReached ? "the gzip data are truncated" : "the gzip data are corrupt", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decompressed.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>More input is read only when all output of the input before was given, so from the tail on all output is the tail's.</summary>
    private void CheckEnd(ReadOnlySpan<byte> start)
    {
        var end = new MemoryStream();
        end.Write(start);
        _decompressed.CopyTo(end);
        if (!end.ToArray().AsSpan().SequenceEqual(EndMark))
            throw new InvalidDataException("the end mark did not come out");
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
