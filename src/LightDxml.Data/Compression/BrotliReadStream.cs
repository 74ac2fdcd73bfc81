using System.Buffers;
using System.IO.Compression;

namespace LightDxml.Data.Compression;

/// <summary>
/// Brotli decompression (of one or more streams in a row) that tells a truncated file from a complete one. The runtime's
/// <see cref="BrotliStream"/> ends silently where its input ends, and after the first stream.
/// </summary>
/// <param name="compressed">Owned: disposed with this stream.</param>
internal sealed class BrotliReadStream(Stream compressed) : ReadOnlyStream
{
    private readonly byte[] _input = new byte[1 << 16];
    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _between;

    /// <exception cref="InvalidDataException">The data are truncated or corrupt.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_between && _start == _end && !Refill())
                return 0;
            _between = false;
            var status = _decoder.Decompress(_input.AsSpan(_start, _end - _start), buffer, out var consumed, out var written);
            _start += consumed;
            if (status == OperationStatus.InvalidData)
                throw new InvalidDataException("the Brotli data are corrupt");
            if (status == OperationStatus.Done)
            {
                // What follows a stream is another one, as it is with gzip.
                _decoder.Dispose();
                _decoder = default;
                _between = true;
            }

            if (written > 0)
                return written;
            if (status == OperationStatus.NeedMoreData && !Refill())
                throw new InvalidDataException("the Brotli data are truncated");
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <returns>Whether there was more.</returns>
    private bool Refill()
    {
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
        var read = compressed.Read(_input.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
