using LightDxml.Data;
using LightDxml.Models;

namespace LightDxml.Baselines;

/// <summary>Reads vectors of a model folder, and checks what later code trusts.</summary>
internal static class TensorReading
{
    /// <summary>A vector of finite floats, in the mapped file.</summary>
    /// <param name="length">How many there must be, or −1 for any number.</param>
    /// <exception cref="LightDxmlException">There is no such tensor, or it has another length.</exception>
    public static ReadOnlyMemory<float> Floats(SafetensorsFile file, string name, long length = -1)
    {
        var numbers = Read<float>(file, name, TensorType.F32, length);
        ModelTensors.CheckFinite(file, name, numbers.Span);
        return numbers;
    }

    /// <summary>A vector of numbers in [least, bound), in the mapped file.</summary>
    /// <inheritdoc cref="Floats"/>
    public static ReadOnlyMemory<int> Ints(SafetensorsFile file, string name, long length, int least, int bound)
    {
        var numbers = Read<int>(file, name, TensorType.I32, length);
        foreach (var number in numbers.Span)
        {
            if (number < least || number >= bound)
                throw new LightDxmlException($"{file.Path}: tensor '{name}' holds {number}, which is not between {least} and {bound - 1}.");
        }

        return numbers;
    }

    /// <summary>Offsets that ascend from 0, in the mapped file.</summary>
    /// <inheritdoc cref="Floats"/>
    public static ReadOnlyMemory<int> Offsets(SafetensorsFile file, string name, long length)
    {
        var offsets = Ints(file, name, length, 0, int.MaxValue);
        var span = offsets.Span;
        var ascends = span.Length > 0 && span[0] == 0;
        for (var i = 1; ascends && i < span.Length; i++)
            ascends = span[i] >= span[i - 1];
        return ascends ? offsets : throw new LightDxmlException($"{file.Path}: the offsets '{name}' do not ascend from 0.");
    }

    /// <summary>A dense matrix in single precision, copied.</summary>
    /// <exception cref="LightDxmlException">There is no such tensor, or it has another shape.</exception>
    public static DenseMatrix Matrix(SafetensorsFile file, string name, int rows, int dimensions) =>
        DenseTensors.Read(file, name, rows, dimensions, Precision.Float32);

    private static ReadOnlyMemory<T> Read<T>(SafetensorsFile file, string name, TensorType type, long length)
        where T : unmanaged
    {
        var entry = file.Find(name, type, 1);
        return length < 0 || entry.ElementCount == length
            ? file.Elements<T>(entry)
            : throw new LightDxmlException($"{file.Path}: tensor {entry} should have {length} elements.");
    }
}
