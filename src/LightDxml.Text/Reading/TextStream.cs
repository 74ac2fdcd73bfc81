using System.Text;
using System.Text.Unicode;
using LightDxml.Data.Compression;

namespace LightDxml.Text.Reading;

/// <summary>The text of a file as UTF-8 without a byte-order mark, whatever its compression and encoding.</summary>
internal static class TextStream
{
    /// <summary>Bytes that are looked at where a file may be UTF-8 or in the encoding that is usual.</summary>
    private const int StartBytes = 1 << 16;

    /// <summary>Bytes that tell whether text without a mark is UTF-16.</summary>
    private const int MarklessBytes = 256;

    /// <exception cref="LightDxmlException">The file is missing or cannot be read, or its encoding is not known.</exception>
    public static Stream Open(string path, TextReadOptions options)
    {
        var stream = CompressedFile.OpenRead(path);
        try
        {
            return Decoded(stream, options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static Stream Decoded(Stream stream, TextReadOptions options)
    {
        var start = new byte[StartBytes];
        int length;
        try
        {
            length = stream.ReadAtLeast(start, options.UsualEncoding is null ? MarklessBytes : StartBytes, throwOnEndOfStream: false);
            if (MayEndLinesInReturns(start.AsSpan(0, length)))
                length += stream.ReadAtLeast(start.AsSpan(length), StartBytes - length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            // Whoever reads on meets the same fault, and knows the line.
            length = 0;
        }

        var (encoding, mark) = EncodingOf(start.AsSpan(0, length), options);
        if (encoding is null && options.UsualEncoding is { } usual && !IsUtf8(start.AsSpan(0, length)))
            encoding = Named(usual);
        Stream text = new StartedStream(start.AsMemory(mark, length - mark), stream);
        if (encoding is not null)
            text = new DecodedStream(text, encoding);
        return MayEndLinesInReturns(start.AsSpan(0, length)) ? new ReturnsAsLineEnds(text) : text;
    }

    /// <summary>Whether lines end in carriage returns alone, as in text of old Macintosh computers, as far as can be told.</summary>
    private static bool MayEndLinesInReturns(ReadOnlySpan<byte> start) => start.Contains((byte)'\r') && !start.Contains((byte)'\n');

    /// <summary>Whether a line of such text ends in more than a byte, as in UTF-16, so that its lines cannot be told by bytes.</summary>
    /// <param name="start">Of the text: its first line at least.</param>
    public static bool HasWideLineEnds(ReadOnlySpan<byte> start, TextReadOptions options) =>
        EncodingOf(start, options).Encoding is { } encoding && encoding.GetByteCount("\n") > 1;

    /// <summary>What a byte-order mark, an option or zeros tell; null for UTF-8 or what is not told. And the mark's length.</summary>
    private static (Encoding? Encoding, int Mark) EncodingOf(ReadOnlySpan<byte> start, TextReadOptions options)
    {
        var (encoding, mark) = OfMark(start);
        if (mark == 0)
            encoding = options.Encoding is not null ? Named(options.Encoding) : Utf16(start[..Math.Min(start.Length, MarklessBytes)]);
        return (encoding, mark);
    }

    private static Encoding? Named(string? name) => name is null || TextEncodings.Find(name) is UTF8Encoding ? null : TextEncodings.Find(name);

    /// <summary>The encoding that a byte-order mark tells (null for UTF-8 or no mark), and the mark's length.</summary>
    private static (Encoding? Encoding, int Length) OfMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (null, 3),
        [0xFF, 0xFE, 0, 0, ..] => (TextEncodings.Find("utf-32"), 4),
        [0xFF, 0xFE, ..] => (TextEncodings.Find("utf-16"), 2),
        [0xFE, 0xFF, ..] => (TextEncodings.Find("utf-16BE"), 2),
        _ => (null, 0),
    };

    /// <summary>UTF-16 without a mark: its ASCII has a zero in every other byte, which no other text has.</summary>
    private static Encoding? Utf16(ReadOnlySpan<byte> start)
    {
        Span<int> zeros = stackalloc int[2];
        for (var place = 0; place < start.Length; place++)
            zeros[place & 1] += start[place] == 0 ? 1 : 0;
        return (zeros[0], zeros[1]) switch
        {
            (0, > 0) when zeros[1] * 8 >= start.Length => TextEncodings.Find("utf-16"),
            ( > 0, 0) when zeros[0] * 8 >= start.Length => TextEncodings.Find("utf-16BE"),
            _ => null,
        };
    }

    // The last character may be cut.
    private static bool IsUtf8(ReadOnlySpan<byte> start)
    {
        for (var cut = 0; cut < 4 && cut <= start.Length; cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
                return true;
        }

        return false;
    }

    /// <summary>A stream whose first bytes were read already.</summary>
    private sealed class StartedStream(ReadOnlyMemory<byte> start, Stream rest) : ReadOnlyStream
    {
        private int _given;

        public override int Read(Span<byte> buffer)
        {
            if (_given == start.Length)
                return rest.Read(buffer);
            var count = Math.Min(buffer.Length, start.Length - _given);
            start.Span.Slice(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>A text whose carriage returns are line ends.</summary>
    private sealed class ReturnsAsLineEnds(Stream text) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            var count = text.Read(buffer);
            buffer[..count].Replace((byte)'\r', (byte)'\n');
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                text.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>A stream of another encoding as UTF-8.</summary>
    private sealed class DecodedStream(Stream encoded, Encoding encoding) : ReadOnlyStream
    {
        private readonly Stream _utf8 = Encoding.CreateTranscodingStream(encoded, encoding, new UTF8Encoding(false));

        /// <exception cref="InvalidDataException">Bytes are not of the encoding.</exception>
        public override int Read(Span<byte> buffer)
        {
            try
            {
                return _utf8.Read(buffer);
            }
            catch (DecoderFallbackException exception)
            {
                throw new InvalidDataException($"found bytes that are not {encoding.WebName}", exception);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _utf8.Dispose();
            base.Dispose(disposing);
        }
    }
}
