using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;

namespace LightDxml.Data.Compression;

/// <summary>Decompression of bzip2 and xz (of one or more streams in a row) by SharpCompress, whose faults are told like those of gzip and Brotli.</summary>
internal sealed class ForeignReadStream : ReadOnlyStream
{
    private readonly Stream _compressed;
    private readonly Func<Stream, Stream> _decompress;
    private readonly string _form;
    private Stream _decompressed;

    /// <param name="compressed">Seekable. Owned: disposed with this stream.</param>
    /// <param name="decompress">Opens one stream, or all that follow each other.</param>
    private ForeignReadStream(Stream compressed, Func<Stream, Stream> decompress, string form)
    {
        (_compressed, _decompress, _form) = (compressed, decompress, form);
        _decompressed = Guarded(() => decompress(compressed));
    }

    /// <param name="compressed">Seekable. Owned: disposed with the result.</param>
    /// <exception cref="InvalidDataException">It does not begin like bzip2.</exception>
    public static ForeignReadStream BZip2(Stream compressed) =>
        new(compressed, stream => BZip2Stream.Create(stream, CompressionMode.Decompress, decompressConcatenated: true), "bzip2");

    /// <inheritdoc cref="BZip2"/>
    public static ForeignReadStream Xz(Stream compressed) => new(compressed, stream => new XZStream(stream), "xz");

    /// <exception cref="InvalidDataException">The data are truncated or corrupt.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int read;
            try
            {
                read = _decompressed.Read(buffer);
            }
            catch (Exception fault) when (IsFault(fault))
            {
                throw Corrupt(fault);
            }

            if (read > 0 || buffer.IsEmpty || !HasNext())
                return read;
            _decompressed = Guarded(() => _decompress(_compressed));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompressed.Dispose();
            _compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether another stream follows; zeros between streams are padding. bzip2 reads all of them by itself, and then closes the file.</summary>
    private bool HasNext()
    {
        while (_compressed.CanSeek && _compressed.Position < _compressed.Length)
        {
            if (_compressed.ReadByte() == 0)
                continue;
            _compressed.Position--;
            return true;
        }

        return false;
    }

    private Stream Guarded(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (IsFault(fault))
        {
            throw Corrupt(fault);
        }
    }

    // The package throws exceptions of many types, of its own and of the runtime, where data are not what they should be.
    private static bool IsFault(Exception fault) => fault is not (OutOfMemoryException or ObjectDisposedException);

    private InvalidDataException Corrupt(Exception fault) => new($"the {_form} data are truncated or corrupt", fault);
}
