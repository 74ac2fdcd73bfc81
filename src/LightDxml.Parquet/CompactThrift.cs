namespace LightDxml.Parquet;

/// <summary>
/// Passes over a structure of Parquet in the compact form of Apache Thrift, before the package reads it: that believes every length, takes the end for
/// more of a number, and does not look whether a field holds what the format says.
/// </summary>
internal ref struct CompactThrift
{
    private const int MostDepth = 32, MostVarintBytes = 10, Inside = -1;
    private const string Unknown = "";
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<(int Outer, int Field), long> _numbers = [];
    private int _at;

    private CompactThrift(ReadOnlySpan<byte> bytes) => _bytes = bytes;

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

    /// <summary>The bytes of the structure that the bytes begin with, and its whole numbers: those of its own fields with 0, those of a field's structure with that field.</summary>
    /// <param name="structure">Its name in <see cref="ParquetShapes"/>.</param>
    /// <exception cref="InvalidDataException">A length leads beyond the bytes, or a field does not hold what the format says.</exception>
    public static (int Bytes, IReadOnlyDictionary<(int Outer, int Field), long> Numbers) Pass(ReadOnlySpan<byte> bytes, string structure)
    {
        var passed = new CompactThrift(bytes);
        passed.PassStruct(structure, depth: 0, outer: 0);
        return (passed._at, passed._numbers);
    }

    private void PassStruct(string structure, int depth, int outer)
    {
        if (depth > MostDepth)
            throw Damaged();
        var field = 0;
        while (Next() is not 0 and var header)
        {
            // The number of the field is a difference, or follows where that is 0.
            field = header >> 4 == 0 ? (int)Signed(Number()) : field + (header >> 4);
            var (kind, shape) = ((Kind)(header & 15), ParquetShapes.Field(structure, field) ?? Unknown);
            if (!Holds(shape, kind))
                throw Damaged();
            if (kind is Kind.Int16 or Kind.Int32 or Kind.Int64)
                Keep(outer, field, Signed(Number()));
            else if (kind == Kind.Struct)
                PassStruct(shape, depth + 1, outer == 0 ? field : Inside);
            else
                Pass(kind, shape, depth);
        }
    }

    /// <summary>Whether a value is of the kind that a field has; of a field that the format does not know, whether the package passes over it.</summary>
    private static bool Holds(string shape, Kind kind) => shape switch
    {
        Unknown => kind is not (Kind.Struct or Kind.Set or Kind.Map),
        "int" => kind is Kind.Int16 or Kind.Int32 or Kind.Int64,
        "bool" => kind is Kind.True or Kind.False,
        "byte" => kind == Kind.Byte,
        "double" => kind == Kind.Double,
        "bytes" => kind == Kind.Binary,
        ['[', ..] => kind == Kind.List,
        _ => kind == Kind.Struct,
    };

    private readonly void Keep(int outer, int field, long number)
    {
        if (outer != Inside)
            _numbers[(outer, field)] = number;
    }

    private void Pass(Kind kind, string shape, int depth)
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
            case Kind.List:
                PassList(shape.Trim('[', ']'), depth + 1);
                break;
            case Kind.Struct:
                PassStruct(shape, depth + 1, Inside);
                break;
            default:
                throw Damaged();
        }
    }

    private void PassList(string shape, int depth)
    {
        var header = Next();
        var (count, kind) = (header >> 4 == 15 ? Number() : (ulong)(header >> 4), (Kind)(header & 15));
        // An element has a byte at least; the package passes over none where a list that it does not know has yes and no.
        if (depth > MostDepth || count > (ulong)(_bytes.Length - _at) || count > 0 && (kind is Kind.True or Kind.False || !Holds(shape, kind)))
            throw Damaged();
        for (; count > 0; count--)
            Pass(kind, shape, depth);
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

    // Zigzag: 0, -1, 1, -2, …
    private static long Signed(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);

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

    private readonly InvalidDataException Damaged() => new($"damaged near byte {_at:N0} of {_bytes.Length:N0}");
}
