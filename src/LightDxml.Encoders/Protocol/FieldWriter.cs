using System.Buffers;
using System.Text;

namespace LightDxml.Encoders.Protocol;

/// <summary>Writes the fields of a protocol buffer's message.</summary>
internal sealed class FieldWriter
{
    private const int Varint = 0, Bytes = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Message => _bytes.WrittenSpan;

    public FieldWriter Number(int field, long value) => Tag(field, Varint).Raw((ulong)value);

    public FieldWriter Single(int field, float value)
    {
        Tag(field, Fixed32);
        _bytes.Write(BitConverter.GetBytes(value));
        return this;
    }

    public FieldWriter Text(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

    public FieldWriter Part(int field, FieldWriter message) => Part(field, message.Message);

    public FieldWriter Part(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, Bytes).Raw((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Fields that are written already.</summary>
    public FieldWriter Fields(ReadOnlySpan<byte> fields)
    {
        _bytes.Write(fields);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private FieldWriter Tag(int field, int kind) => Raw((ulong)field << 3 | (uint)kind);

    private FieldWriter Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
        return this;
    }
}
