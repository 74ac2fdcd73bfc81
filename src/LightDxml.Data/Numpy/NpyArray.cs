using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LightDxml.Data.Numpy;

/// <summary>An array of NumPy's format <c>.npy</c>: numbers, or one short text. Read as it is stored, so that nothing but its bytes is allocated.</summary>
/// <param name="type">A kind (<c>f</c>, <c>i</c>, <c>u</c>, <c>b</c>, <c>S</c> or <c>U</c>) and the bytes of an item.</param>
internal sealed partial class NpyArray(string type, long[] shape, byte[] items)
{
    private const int MaxHeaderBytes = 1 << 16;
    private readonly char _kind = type[0];
    private readonly int _size = int.Parse(type.AsSpan(1), CultureInfo.InvariantCulture) * (type[0] == 'U' ? 4 : 1);

    /// <summary>The first bytes of the format.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public IReadOnlyList<long> Shape => shape;

    public long Length => shape.Aggregate(1L, (product, side) => product * side);

    public bool IsWhole => _kind is 'i' or 'u' or 'b';

    public bool IsNumber => IsWhole || _kind == 'f';

    /// <param name="name">What messages call it.</param>
    /// <exception cref="LightDxmlException">It is no such array, is cut off, or has a type that is not read.</exception>
    public static NpyArray Read(Stream stream, string name)
    {
        var start = Bytes(stream, 10, name);
        if (!start.AsSpan(0, 6).SequenceEqual(Magic))
            throw new LightDxmlException($"{name}: found no array of NumPy: the first bytes are not those of .npy.");
        int headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        if (start[6] >= 2)
            headerBytes |= BinaryPrimitives.ReadUInt16LittleEndian(Bytes(stream, 2, name)) << 16;
        if (start[6] is < 1 or > 3 || headerBytes is <= 0 or > MaxHeaderBytes)
            throw new LightDxmlException($"{name}: found version {start[6]} of .npy with a header of {headerBytes} bytes, expected version 1 to 3.");
        var header = Encoding.UTF8.GetString(Bytes(stream, headerBytes, name));
        if (ObjectPattern().IsMatch(header))
            throw new LightDxmlException($"{name}: found an array of Python objects (dtype object), expected numbers; astype(float) of NumPy makes them.");
        var type = TypePattern().Match(header);
        var order = OrderPattern().Match(header);
        var sides = ShapePattern().Match(header);
        if (!type.Success || !order.Success || !sides.Success)
            throw new LightDxmlException($"{name}: found the header {header.Trim()}, expected 'descr', 'fortran_order' and 'shape'.");
        var shape = Array.ConvertAll(
            sides.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            side => long.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var items) ? items : -1);
        if (shape.Any(side => side is < 0 or > int.MaxValue) || !shape.Contains(0) && shape.Aggregate(1d, (product, side) => product * side) > Array.MaxLength)
            throw new LightDxmlException($"{name}: found the shape ({sides.Groups[1].Value}), which is more than one array can hold.");
        var kind = type.Groups[2].Value;
        if (type.Groups[1].Value == ">" && kind is not ("i1" or "u1" or "b1") || kind is not ("f2" or "f4" or "f8" or "i1" or "i2" or "i4" or "i8" or "u1" or "u2" or "u4" or "u8" or "b1") && kind[0] is not ('S' or 'U'))
            throw new LightDxmlException($"{name}: found items of the type {type.Groups[1].Value}{kind}, expected whole or floating-point numbers, the lowest byte first.");
        if (order.Groups[1].Value == "True" && shape.Length > 1)
            throw new LightDxmlException($"{name}: the array is stored by columns (fortran_order), expected rows; numpy.ascontiguousarray makes them.");
        var array = new NpyArray(kind, shape, []);
        var bytes = checked(array.Length * array._size);
        if (bytes > Array.MaxLength)
            throw new LightDxmlException($"{name}: {bytes:N0} bytes are more than one array can hold.");
        return new NpyArray(kind, shape, Bytes(stream, (int)bytes, name));
    }

    /// <summary>A whole number.</summary>
    public long Whole(long index)
    {
        var item = Item(index);
        return (_kind, _size) switch
        {
            ('i', 1) => (sbyte)item[0],
            ('u' or 'b', 1) => item[0],
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(item),
            ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(item),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(item),
            ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(item),
            ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(item),
            ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(item) is var number && number > long.MaxValue ? long.MaxValue : (long)number,
            _ => throw new InvalidOperationException("The array holds no whole numbers."),
        };
    }

    public float Number(long index) => (_kind, _size) switch
    {
        ('f', 2) => (float)BinaryPrimitives.ReadHalfLittleEndian(Item(index)),
        ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(Item(index)),
        ('f', 8) => (float)BinaryPrimitives.ReadDoubleLittleEndian(Item(index)),
        _ => Whole(index),
    };

    /// <summary>The whole array as text.</summary>
    public string Text() => (_kind == 'U' ? Encoding.UTF32 : Encoding.UTF8).GetString(items).TrimEnd('\0');

    private ReadOnlySpan<byte> Item(long index) => items.AsSpan((int)(index * _size), _size);

    private static byte[] Bytes(Stream stream, int count, string name)
    {
        // Claimed sizes are not believed: memory grows with what is there.
        using var bytes = new MemoryStream();
        var piece = new byte[Math.Min(Math.Max(count, 1), 1 << 20)];
        while (bytes.Length < count)
        {
            var read = stream.Read(piece, 0, (int)Math.Min(piece.Length, count - bytes.Length));
            if (read == 0)
                throw new LightDxmlException($"{name}: the array is cut off: found {bytes.Length:N0} bytes, expected {count:N0}.");
            bytes.Write(piece, 0, read);
        }

        return bytes.ToArray();
    }

    [GeneratedRegex("'descr': *'([<>|=]?)([a-zA-Z][0-9]{1,6})'")]
    private static partial Regex TypePattern();

    [GeneratedRegex("'descr': *'[<>|=]?O[0-9]{0,2}'")]
    private static partial Regex ObjectPattern();

    [GeneratedRegex("'fortran_order': *(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape': *\(([0-9, ]*)\)")]
    private static partial Regex ShapePattern();
}
