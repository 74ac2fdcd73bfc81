namespace LightDxml.Models;

/// <summary>Integers from −8 to 7, two in a byte: the first of a pair in the low half, both as two's complement.</summary>
internal static class Nibbles
{
    public static int PackedLength(int length) => (length + 1) / 2;

    /// <param name="packed">[PackedLength], overwritten.</param>
    public static void Pack(ReadOnlySpan<sbyte> integers, Span<byte> packed)
    {
        for (var i = 0; i < integers.Length; i += 2)
        {
            var high = i + 1 < integers.Length ? integers[i + 1] : 0;
            packed[i / 2] = (byte)(integers[i] & 0xf | high << 4);
        }
    }

    /// <param name="integers">[length], overwritten.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<sbyte> integers)
    {
        for (var i = 0; i < integers.Length; i++)
        {
            var pair = packed[i / 2];
            integers[i] = (sbyte)((sbyte)(i % 2 == 0 ? pair << 4 : pair & 0xf0) >> 4);
        }
    }
}
