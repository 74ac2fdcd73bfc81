using LightDxml.Models;

namespace LightDxml.Baselines;

/// <summary>Reads tensors of a model folder into arrays, and checks what later code trusts.</summary>
internal static class TensorReading
{
    /// <summary>A vector of floats.</summary>
    /// <param name="length">How many there must be, or −1 for any number.</param>
    /// <exception cref="LightDxmlException">There is no such tensor, or it has another length.</exception>
    public static float[] Floats(SafetensorsFile file, string name, long length = -1) => Read<float>(file, name, TensorType.F32, length);

    /// <summary>A vector of numbers in [least, bound).</summary>
    /// <inheritdoc cref="Floats"/>
    public static int[] Ints(SafetensorsFile file, string name, long length, int least, int bound)
    {
        var numbers = Read<int>(file, name, TensorType.I32, length);
        foreach (var number in numbers)
        {
            if (number < least || number >= bound)
                throw new LightDxmlException($"{file.Path}: tensor '{name}' holds {number}, which is not between {least} and {bound - 1}.");
        }

        return numbers;
    }

    /// <summary>Offsets that ascend from 0.</summary>
    /// <inheritdoc cref="Floats"/>
    public static int[] Offsets(SafetensorsFile file, string name, long length)
    {
        var offsets = Ints(file, name, length, 0, int.MaxValue);
        if (offsets.Length == 0 || offsets[0] != 0 || offsets.Zip(offsets.Skip(1)).Any(pair => pair.First > pair.Second))
            throw new LightDxmlException($"{file.Path}: the offsets '{name}' do not ascend from 0.");
        return offsets;
    }

    private static T[] Read<T>(SafetensorsFile file, string name, TensorType type, long length)
        where T : unmanaged
    {
        var entry = file.Find(name, type, 1);
        if ((length >= 0 && entry.ElementCount != length) || entry.ElementCount > Array.MaxLength)
            throw new LightDxmlException($"{file.Path}: tensor {entry} should have {length} elements.");
        var elements = GC.AllocateUninitializedArray<T>((int)entry.ElementCount);
        file.Read<T>(entry, 0, elements);
        return elements;
    }
}
