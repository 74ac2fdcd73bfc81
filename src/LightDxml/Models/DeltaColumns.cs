namespace LightDxml.Models;

/// <summary>
/// Ascending columns as bytes: each column is its distance from the one before (the first from −1), written as as many
/// bytes 255 as fit and a last byte below 255. Most distances of a pruned row take one byte.
/// </summary>
public static class DeltaColumns
{
    private const int Carry = 255;

    /// <summary>Appends the columns of one row.</summary>
    public static void Encode(ReadOnlySpan<int> columns, List<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var last = -1;
        foreach (var column in columns)
        {
            var distance = column - last;
            for (; distance >= Carry; distance -= Carry)
                bytes.Add(Carry);
            bytes.Add((byte)distance);
            last = column;
        }
    }

    /// <summary>Reads the columns of one row.</summary>
    /// <returns>Bytes read, or −1 where the bytes end early or a column is not below <paramref name="columnCount"/>.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, int columnCount, Span<int> columns)
    {
        var at = 0;
        long column = -1;
        for (var i = 0; i < columns.Length; i++)
        {
            var last = column;
            byte part;
            do
            {
                if (at == bytes.Length)
                    return -1;
                part = bytes[at++];
                column += part;
            }
            while (part == Carry);
            if (column >= columnCount || column <= last)
                return -1;
            columns[i] = (int)column;
        }

        return at;
    }
}
