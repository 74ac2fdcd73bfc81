using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace LightDxml.Text.Terms;

/// <summary>
/// 64-bit hashes of words and n-grams: the same on every machine, since hashed features depend on them. Eight bytes are
/// folded in by a 64 × 64 → 128-bit multiplication whose halves are xored, as in wyhash.
/// </summary>
internal static class WordHash
{
    private const ulong K0 = 0x9E3779B97F4A7C15, K1 = 0xE7037ED1A0B428DB;

    // Tables are not stored: with a key of each process nobody can choose words that meet in one place of them.
    private static readonly ulong TableKey = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public static ulong Of(ReadOnlySpan<byte> word) => Of(word, key: 0);

    /// <summary>The hash of a word in a table, another one in every process.</summary>
    public static ulong InTable(ReadOnlySpan<byte> word) => Of(word, TableKey);

    /// <summary>The hash of a number in a table, another one in every process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong InTable(ulong number) => Fold(number ^ TableKey, K1);

    /// <param name="key">Gives another hash; words that collide with one key do not with another.</param>
    internal static ulong Of(ReadOnlySpan<byte> word, ulong key)
    {
        var hash = K0 ^ key ^ (ulong)word.Length;
        for (; word.Length >= 8; word = word[8..])
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(word), K1);
        ulong rest = 0;
        for (var i = 0; i < word.Length; i++)
            rest |= (ulong)word[i] << (8 * i);
        return Fold(hash ^ rest, K1);
    }

    /// <summary>The hash of an n-gram from those of its first words and its last one.</summary>
    public static ulong Of(ulong prefix, ulong word) => Fold(prefix ^ K0, word ^ K1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
