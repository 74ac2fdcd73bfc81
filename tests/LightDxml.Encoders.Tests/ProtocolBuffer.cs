using System.Text;

namespace LightDxml.Encoders.Tests;

/// <summary>Writes fields of a protocol buffer.</summary>
internal sealed class ProtocolBuffer
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public ProtocolBuffer Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtocolBuffer Text(int field, string value) => Part(field, Encoding.UTF8.GetBytes(value));

    public ProtocolBuffer Part(int field, ProtocolBuffer part) => Part(field, part.Bytes);

    public ProtocolBuffer Part(int field, byte[] bytes)
    {
        Varint((ulong)field << 3 | 2);
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
