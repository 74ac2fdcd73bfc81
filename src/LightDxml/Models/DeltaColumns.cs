using System.Numerics;

namespace LightDxml.Models;

/// <summary>
/// Ascending columns as a Rice code: each column is what lies between it and the one before (the first from −1), as its upper
/// part in ones ended by a zero and its lower k bits. k, the row's first byte, follows from the row's mean distance, so that a
/// column takes about half a bit more than the least that columns strewn at random can take. Bits fill bytes from the lowest; an
/// empty row has no bytes.
/// </summary>
internal static class DeltaColumns
{
    private const int MostLowBits = 30;

    /// <summary>Appends the columns of one row.</summary>
    public static void Encode(ReadOnlySpan<int> columns, List<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (columns.IsEmpty)
            return;
        var lowBits = LowBits(columns[^1] + 1L - columns.Length, columns.Length);
        bytes.Add((byte)lowBits);
        var pending = 0ul;
        var count = 0;
        var last = -1;
        foreach (var column in columns)
        {
            var between = (uint)(column - last - 1);
            for (var ones = between >> lowBits; ones > 0; ones--)
                Put(1, 1);
            Put(0, 1);
            Put(between & ((1u << lowBits) - 1), lowBits);
            last = column;
        }

        if (count > 0)
            bytes.Add((byte)pending);

        void Put(uint bits, int width)
        {
            pending |= (ulong)bits << count;
            for (count += width; count >= 8; count -= 8)
            {
                bytes.Add((byte)pending);
                pending >>= 8;
            }
        }
    }

    /// <summary>Bytes that <see cref="Encode"/> appends for a row.</summary>
    public static int EncodedLength(ReadOnlySpan<int> columns)
    {
        if (columns.IsEmpty)
            return 0;
        var lowBits = LowBits(columns[^1] + 1L - columns.Length, columns.Length);
        var bits = (1L + lowBits) * columns.Length;
        var last = -1;
        foreach (var column in columns)
        {
            bits += (uint)(column - last - 1) >> lowBits;
            last = column;
        }

        return checked((int)((bits + 7) / 8 + 1));
    }

    /// <summary>Reads the columns of one row.</summary>
    /// <returns>Bytes read, or −1 where the bytes end early or a column is not below <paramref name="columnCount"/>.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, int columnCount, Span<int> columns)
    {
        if (columns.IsEmpty)
            return 0;
        if (bytes.IsEmpty || bytes[0] > MostLowBits)
            return -1;
        var lowBits = bytes[0];
        var at = 1;
        var pending = 0ul;
        var count = 0;
        var last = -1L;
        for (var i = 0; i < columns.Length; i++)
        {
            var upper = 0L;
            while (true)
            {
                if (count == 0 && !Fill(bytes, ref at, ref pending, ref count))
                    return -1;
                var ones = Math.Min(BitOperations.TrailingZeroCount(~pending), count);
                upper += ones;
                if (upper << lowBits >= columnCount)
                    return -1;
                pending >>= ones;
                count -= ones;
                if (count == 0)
                    continue;
                pending >>= 1;
                count--;
                break;
            }

            while (count < lowBits)
            {
                if (!Fill(bytes, ref at, ref pending, ref count))
                    return -1;
            }

            last += 1 + (upper << lowBits | (long)(pending & ((1ul << lowBits) - 1)));
            if (last >= columnCount)
                return -1;
            pending >>= lowBits;
            count -= lowBits;
            columns[i] = (int)last;
        }

        return at;
    }

    /// <summary>k of a row: the whole part of log₂(ln 2 · mean).</summary>
    /// <param name="between">Columns between the row's columns.</param>
    private static int LowBits(long between, int count)
    {
        var mean = Math.Log(2) * between / count;
        return mean < 1 ? 0 : Math.Min(MostLowBits, (int)Math.Log2(mean));
    }

    /// <summary>Takes one more byte.</summary>
    private static bool Fill(ReadOnlySpan<byte> bytes, ref int at, ref ulong pending, ref int count)
    {
        if (at == bytes.Length)
            return false;
        pending |= (ulong)bytes[at++] << count;
        count += 8;
        return true;
    }
}
