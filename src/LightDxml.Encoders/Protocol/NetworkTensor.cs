using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace LightDxml.Encoders.Protocol;

/// <summary>A constant of an ONNX network (TensorProto), of which only floats are looked into.</summary>
/// <param name="Sizes">Its shape.</param>
internal sealed record NetworkTensor(string Name, IReadOnlyList<long> Sizes, ReadOnlyMemory<byte> Floats, bool IsElsewhere)
{
    internal const int FloatType = 1;

    private const int ElsewhereLocation = 1;

    /// <summary>Whether it is a matrix of floats, [rows, columns].</summary>
    public bool IsMatrix => Sizes is [> 0 and < int.MaxValue, > 0 and < int.MaxValue] && (IsElsewhere || !Floats.IsEmpty);

    public float this[long index] => BinaryPrimitives.ReadSingleLittleEndian(Floats.Span.Slice((int)index * sizeof(float), sizeof(float)));

    /// <exception cref="FormatException">It is damaged.</exception>
    public static NetworkTensor Read(ReadOnlyMemory<byte> message)
    {
        var (name, sizes, floats, type, location) = ("", new List<long>(), default(ReadOnlyMemory<byte>), 0L, 0L);
        var fields = new FieldReader(message);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1 when fields.Part.IsEmpty:
                    sizes.Add(fields.Number);
                    break;
                case 1:
                    sizes.AddRange(FieldReader.Numbers(fields.Part));
                    break;
                case 2:
                    type = fields.Number;
                    break;
                case 8:
                    name = Encoding.UTF8.GetString(fields.Part.Span);
                    break;
                case 4 or 9 when fields.Part.Length > sizeof(float):
                    floats = fields.Part;
                    break;
                case 14:
                    location = fields.Number;
                    break;
            }
        }

        if (type != FloatType)
            return new NetworkTensor(name, [], default, false);
        var tensor = new NetworkTensor(name, sizes, floats, location == ElsewhereLocation);
        if (tensor is { IsMatrix: true, IsElsewhere: false } && (UInt128)sizes[0] * (UInt128)sizes[1] * sizeof(float) != (UInt128)floats.Length)
            throw new FormatException($"the weights {name} are [{sizes[0]}, {sizes[1]}] and have {floats.Length} bytes");
        return tensor;
    }

    /// <summary>Writes a constant.</summary>
    public static FieldWriter Write<T>(string name, int type, ReadOnlySpan<T> content, params ReadOnlySpan<int> sizes)
        where T : unmanaged
    {
        var tensor = new FieldWriter();
        foreach (var size in sizes)
            tensor.Number(1, size);
        return tensor.Number(2, type).Text(8, name).Part(9, MemoryMarshal.AsBytes(content));
    }
}
