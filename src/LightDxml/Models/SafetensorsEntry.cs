namespace LightDxml.Models;

/// <summary>Element types of the safetensors layout, by their names there.</summary>
internal enum TensorType
{
    Bool,
    U8,
    I8,
    U16,
    I16,
    F16,
    BF16,
    U32,
    I32,
    F32,
    U64,
    I64,
    F64,
}

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Offset">First byte, counted from the end of the header.</param>
internal sealed record SafetensorsEntry(string Name, TensorType Type, IReadOnlyList<long> Shape, long Offset, long ByteLength)
{
    /// <summary>Number of elements; 1 for a scalar, which has an empty shape.</summary>
    public long ElementCount => ByteLength / Type.Size();

    /// <summary>For messages: <c>F32 [4271, 300]</c>.</summary>
    public override string ToString() => $"{Name}: {Type.LayoutName()} [{string.Join(", ", Shape)}]";
}

/// <summary>Sizes and names of element types.</summary>
internal static class TensorTypes
{
    /// <summary>Bytes an element.</summary>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.Bool or TensorType.U8 or TensorType.I8 => 1,
        TensorType.U16 or TensorType.I16 or TensorType.F16 or TensorType.BF16 => 2,
        TensorType.U32 or TensorType.I32 or TensorType.F32 => 4,
        _ => 8,
    };

    /// <summary>The name in a safetensors header: <c>F32</c>, <c>BOOL</c>.</summary>
    public static string LayoutName(this TensorType type) => type == TensorType.Bool ? "BOOL" : type.ToString();

    /// <summary>The type called <paramref name="name"/> in a safetensors header.</summary>
    public static bool TryParse(string? name, out TensorType type)
    {
        foreach (var known in Enum.GetValues<TensorType>())
        {
            if (known.LayoutName() == name)
            {
                type = known;
                return true;
            }
        }

        type = default;
        return false;
    }
}
