namespace LightDxml.Kernels;

/// <summary>
/// Rows of integers from −8 to 7 in four bits each, laid out for vectors: of every sixteen columns, eight bytes hold the
/// first eight in their low halves and the others in their high halves, each as integer + 8. Columns are padded with zeros to a
/// multiple of sixteen.
/// </summary>
internal static class PackedNibbles
{
    internal const int BlockColumns = 16;
    internal const int BlockBytes = BlockColumns / 2;
    internal const int Offset = 8;

    /// <summary>Bytes of a row.</summary>
    public static int Width(int columns) => (columns + BlockColumns - 1) / BlockColumns * BlockBytes;

    /// <summary>Columns of a row with its padding.</summary>
    public static int PaddedColumns(int columns) => Width(columns) * 2;

    /// <param name="integers">[columns], each from −8 to 7.</param>
    /// <param name="packed">[<see cref="Width"/>], overwritten.</param>
    public static void Pack(ReadOnlySpan<sbyte> integers, Span<byte> packed)
    {
        for (var i = 0; i < packed.Length; i++)
            packed[i] = (byte)(At(integers, LowColumn(i)) | At(integers, LowColumn(i) + BlockBytes) << 4);
    }

    /// <param name="integers">[columns], overwritten.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<sbyte> integers)
    {
        for (var column = 0; column < integers.Length; column++)
            integers[column] = (sbyte)Get(packed, column);
    }

    /// <summary>The integer of one column.</summary>
    internal static int Get(ReadOnlySpan<byte> packed, int column)
    {
        var within = column % BlockColumns;
        var pair = packed[column / BlockColumns * BlockBytes + within % BlockBytes];
        return (within < BlockBytes ? pair & 0xf : pair >> 4) - Offset;
    }

    private static int LowColumn(int place) => place / BlockBytes * BlockColumns + place % BlockBytes;

    private static int At(ReadOnlySpan<sbyte> integers, int column) => (column < integers.Length ? integers[column] : 0) + Offset;
}
