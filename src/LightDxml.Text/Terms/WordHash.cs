using System.Buffers.Binary;

namespace LightDxml.Text.Terms;

/// <summary>
/// 64-bit hashes of words and n-grams: the same on every machine, since hashed features depend on them. Eight bytes are
/// folded in by a 64 × 64 → 128-bit multiplication whose halves are xored, as in wyhash.
/// </summary>
internal static class WordHash
{
    private const ulong K0 = 0x9E3779B97F4A7C15, K1 = 0xE7037ED1A0B428DB;

    public static ulong Of(ReadOnlySpan<byte> word)
    {
        var hash = K0 ^ (ulong)word.Length;
        for (; word.Length >= 8; word = word[8..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(word), K1);
        ulong rest = 0;
        for (var i = 0; i < word.Length; i++)
            rest |= (ulong)word[i] << (8 * i);
        return Fold(hash ^ rest, K1);
    }

    /// <summary>The hash of an n-gram from those of its first words and its last one.</summary>
    public static ulong Of(ulong prefix, ulong word) => Fold(prefix ^ K0, word ^ K1);

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
