using System.Buffers.Binary;
using Parquet.Meta;

namespace LightDxml.Parquet;

/// <summary>Compares what a file claims of its parts with its bytes, before the package takes memory for them.</summary>
internal static class ParquetClaims
{
    private const int TailBytes = 8, LeastHeaderBytes = 1 << 8, MostHeaderBytes = 1 << 24, HeaderGrowth = 16, ClaimBytes = 18;

    // A page of an honest file has about a megabyte.
    private const long FreeBytes = 64 << 20;
    private const int TimesBytes = 4;
    private static readonly int[] DictionaryIdBytes = [0, 1, 2, 4];

    /// <summary>Fields of a page's header: its own, and those of its structures.</summary>
    private static class Field
    {
        public static readonly (int Outer, int Field) Type = (0, 1), UncompressedSize = (0, 2), CompressedSize = (0, 3), DataValues = (5, 1), DictionaryValues = (7, 1),
            SecondDataValues = (8, 1), DefinitionBytes = (8, 5), RepetitionBytes = (8, 6);
    }

    /// <exception cref="InvalidDataException">The footer claims more bytes than the file has, or is damaged.</exception>
    public static void CheckFooter(ParquetStream file)
    {
        // What is shorter the package refuses.
        if (file.Length < TailBytes)
            return;
        var tail = new byte[TailBytes];
        file.ReadAt(tail, file.Length - TailBytes);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > file.Length - TailBytes)
            throw new InvalidDataException($"its footer claims {length:N0} of its {file.Length:N0} bytes");
        var bytes = new byte[length];
        file.ReadAt(bytes, file.Length - TailBytes - length);
        try
        {
            CompactThrift.Pass(bytes, ParquetShapes.Footer);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"its footer is {damage.Message}", damage);
        }
    }

    /// <summary>Looks through the pages of a column in a group of rows, as the package will.</summary>
    /// <exception cref="InvalidDataException">
    /// A page's header is damaged, a page leads beyond the file or claims more than 64 MB and four times the file's bytes, or the pages do not have the
    /// values that the column claims.
    /// </exception>
    public static void CheckPages(ParquetStream file, ColumnChunk column)
    {
        if (column.MetaData is not { } claims)
            return;
        var at = new[] { claims.DictionaryPageOffset ?? 0, claims.DataPageOffset, claims.IndexPageOffset ?? 0 }.Where(offset => offset != 0).DefaultIfEmpty().Min();
        var values = 0L;
        while (values < claims.NumValues)
        {
            var (headerBytes, header) = Header(file, at);
            var payload = at + headerBytes;
            at = payload + CheckPage(file, claims.Codec, at, payload, header);
            values += (PageType)header.GetValueOrDefault(Field.Type) switch
            {
                PageType.DATA_PAGE => header.GetValueOrDefault(Field.DataValues),
                PageType.DATA_PAGE_V2 => header.GetValueOrDefault(Field.SecondDataValues),
                _ => 0,
            };
        }

        if (values != claims.NumValues)
            throw new InvalidDataException($"the pages of a column have {values:N0} of the {claims.NumValues:N0} values that it claims");
    }

    /// <returns>The page's bytes in the file, behind its header.</returns>
    private static long CheckPage(ParquetStream file, CompressionCodec codec, long at, long payload, IReadOnlyDictionary<(int Outer, int Field), long> header)
    {
        var bytes = header.GetValueOrDefault(Field.CompressedSize);
        if (bytes < 0 || bytes > file.Length - payload)
            throw new InvalidDataException($"the page at byte {at:N0} claims {bytes:N0} bytes, beyond the end of the file");
        var levels = header.GetValueOrDefault(Field.DefinitionBytes) + header.GetValueOrDefault(Field.RepetitionBytes);
        var claim = Math.Max(header.GetValueOrDefault(Field.UncompressedSize), Claim(file, codec, payload + levels, bytes - levels));
        if (claim > FreeBytes + TimesBytes * file.Length)
            throw new InvalidDataException($"the page at byte {at:N0} claims to have {claim:N0} bytes before compression, far more than its {bytes:N0}");
        foreach (var count in new[] { header.GetValueOrDefault(Field.DataValues), header.GetValueOrDefault(Field.SecondDataValues) })
        {
            if (count < 0 || count > int.MaxValue)
                throw new InvalidDataException($"the page at byte {at:N0} claims {count:N0} values");
        }

        // Every entry of a dictionary takes at least a byte.
        var entries = header.GetValueOrDefault(Field.DictionaryValues);
        if (entries < 0 || entries > claim)
            throw new InvalidDataException($"the dictionary at byte {at:N0} claims {entries:N0} values in {claim:N0} bytes");
        return bytes;
    }

    /// <summary>The bytes before compression by what the compressed bytes say themselves; 0 where they do not say it.</summary>
    private static long Claim(ParquetStream file, CompressionCodec codec, long at, long bytes)
    {
        if (codec is not (CompressionCodec.SNAPPY or CompressionCodec.ZSTD) || at < 0 || at > file.Length || bytes < 0)
            return 0;
        Span<byte> start = stackalloc byte[(int)Math.Min(ClaimBytes, bytes)];
        start = start[..file.ReadAt(start, at)];
        return codec == CompressionCodec.SNAPPY ? SnappyClaim(start) : ZstandardClaim(start);
    }

    /// <summary>A number of seven bits a byte, the lowest first (Snappy's format description, 1).</summary>
    private static long SnappyClaim(ReadOnlySpan<byte> start)
    {
        var claim = 0L;
        for (var place = 0; place < Math.Min(start.Length, 5); place++)
        {
            claim |= (long)(start[place] & 0x7F) << (7 * place);
            if (start[place] < 0x80)
                break;
        }

        return claim;
    }

    /// <summary>The content size of a frame's header (RFC 8878, 3.1.1.1); 0 where there is none.</summary>
    private static long ZstandardClaim(ReadOnlySpan<byte> start)
    {
        const int Descriptor = 4;
        if (start.Length <= Descriptor)
            return 0;
        var (flag, isSingle) = (start[Descriptor] >> 6, (start[Descriptor] & 0x20) != 0);
        var sizeAt = Descriptor + 1 + (isSingle ? 0 : 1) + DictionaryIdBytes[start[Descriptor] & 3];
        var sizeBytes = flag == 0 ? isSingle ? 1 : 0 : 1 << flag;
        if (sizeAt + sizeBytes > start.Length)
            return 0;
        Span<byte> size = stackalloc byte[sizeof(long)];
        size.Clear();
        start.Slice(sizeAt, sizeBytes).CopyTo(size);
        var claim = BinaryPrimitives.ReadInt64LittleEndian(size);
        return claim < 0 ? long.MaxValue : claim;
    }

    private static (int Bytes, IReadOnlyDictionary<(int Outer, int Field), long> Fields) Header(ParquetStream file, long at)
    {
        for (var length = LeastHeaderBytes; ; length *= HeaderGrowth)
        {
            if (at < 0 || at >= file.Length)
                throw new InvalidDataException($"a column leads to byte {at:N0} of {file.Length:N0}");
            var bytes = new byte[Math.Min(length, file.Length - at)];
            file.ReadAt(bytes, at);
            try
            {
                return CompactThrift.Pass(bytes, ParquetShapes.PageHeader);
            }
            catch (InvalidDataException damage)
            {
                // Perhaps it is only longer, by values that its statistics quote.
                if (bytes.Length < length || length >= MostHeaderBytes)
                    throw new InvalidDataException($"the header of the page at byte {at:N0} is {damage.Message}", damage);
            }
        }
    }
}
