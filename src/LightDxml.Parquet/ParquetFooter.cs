using System.Buffers.Binary;

namespace LightDxml.Parquet;

/// <summary>
/// Looks through a file's footer, which is in the compact form of Apache Thrift, before the package reads it: that believes every length and takes
/// the end for more of a number.
/// </summary>
internal ref struct ParquetFooter
{
    private const int TailBytes = 8, MostDepth = 32, MostVarintBytes = 10;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private ParquetFooter(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Values of the wire, as Thrift numbers them.</summary>
    private enum Kind
    {
        True = 1,
        False = 2,
        Byte = 3,
        Int16 = 4,
        Int32 = 5,
        Int64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12,
    }

    /// <exception cref="InvalidDataException">A length leads beyond the footer, or a value is of no known kind.</exception>
    public static void Check(Stream file)
    {
        // What is shorter the package refuses.
        if (file.Length < TailBytes)
            return;
        var tail = new byte[TailBytes];
        file.Position = file.Length - TailBytes;
        file.ReadExactly(tail);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > file.Length - TailBytes)
            throw new InvalidDataException($"its footer claims {length:N0} of its {file.Length:N0} bytes");
        var bytes = new byte[length];
        file.Position = file.Length - TailBytes - length;
        file.ReadExactly(bytes);
        new ParquetFooter(bytes).PassStruct(depth: 0);
        file.Position = 0;
    }

    private void PassStruct(int depth)
    {
        if (depth > MostDepth)
            throw Damaged();
        while (Next() is not 0 and var header)
        {
            // The number of the field is a difference, or follows where that is 0.
            if (header >> 4 == 0)
                Number();
            Pass((Kind)(header & 15), depth);
        }
    }

    private void Pass(Kind kind, int depth)
    {
        switch (kind)
        {
            case Kind.True or Kind.False:
                break;
            case Kind.Byte:
                Skip(1);
                break;
            case Kind.Int16 or Kind.Int32 or Kind.Int64:
                Number();
                break;
            case Kind.Double:
                Skip(sizeof(double));
                break;
            case Kind.Binary:
                Skip(Number());
                break;
            case Kind.List or Kind.Set:
                var header = Next();
                PassElements(header >> 4 == 15 ? Number() : (ulong)(header >> 4), [(Kind)(header & 15)], depth);
                break;
            case Kind.Map:
                if (Number() is not 0 and var count)
                {
                    var kinds = Next();
                    PassElements(count, [(Kind)(kinds >> 4), (Kind)(kinds & 15)], depth);
                }

                break;
            case Kind.Struct:
                PassStruct(depth + 1);
                break;
            default:
                throw Damaged();
        }
    }

    /// <param name="kinds">What each element consists of.</param>
    private void PassElements(ulong count, scoped ReadOnlySpan<Kind> kinds, int depth)
    {
        if (count > (ulong)(_bytes.Length - _at))
            throw Damaged();
        for (; count > 0; count--)
        {
            foreach (var kind in kinds)
            {
                if (kind is Kind.True or Kind.False)
                    Skip(1);
                else
                    Pass(kind, depth + 1);
            }
        }
    }

    private ulong Number()
    {
        var number = 0UL;
        for (var place = 0; place < MostVarintBytes; place++)
        {
            var part = Next();
            number |= (ulong)(part & 0x7F) << (7 * place);
            if (part < 0x80)
                return number;
        }

        throw Damaged();
    }

    private byte Next()
    {
        if (_at == _bytes.Length)
            throw Damaged();
        return _bytes[_at++];
    }

    private void Skip(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _at))
            throw Damaged();
        _at += (int)count;
    }

    private readonly InvalidDataException Damaged() => new($"its footer is damaged near byte {_at:N0} of {_bytes.Length:N0}");
}
