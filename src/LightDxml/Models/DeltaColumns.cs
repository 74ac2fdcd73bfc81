namespace LightDxml.Models;

/// <summary>
/// Ascending columns as bytes: each column is its distance from the one before (the first from −1) in the variable-length
/// code of protocol buffers, seven bits a byte, lowest first, the top bit set on all but the last byte.
/// </summary>
public static class DeltaColumns
{
    private const int Payload = 0x7f;
    private const int More = 0x80;

    /// <summary>Appends the columns of one row.</summary>
    public static void Encode(ReadOnlySpan<int> columns, List<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var last = -1;
        foreach (var column in columns)
        {
            var distance = column - last;
            for (; distance > Payload; distance >>= 7)
                bytes.Add((byte)(distance & Payload | More));
            bytes.Add((byte)distance);
            last = column;
        }
    }

    /// <summary>Reads the columns of one row.</summary>
    /// <returns>Bytes read, or −1 where the bytes end early, or a column is not below <paramref name="columnCount"/> or not above the one before.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, int columnCount, Span<int> columns)
    {
        var at = 0;
        var last = -1L;
        for (var i = 0; i < columns.Length; i++)
        {
            var distance = 0L;
            for (var shift = 0; ; shift += 7)
            {
                if (at == bytes.Length || shift > 28)
                    return -1;
                var part = bytes[at++];
                distance |= (long)(part & Payload) << shift;
                if ((part & More) == 0)
                    break;
            }

            last += distance;
            if (distance == 0 || last >= columnCount)
                return -1;
            columns[i] = (int)last;
        }

        return at;
    }
}
