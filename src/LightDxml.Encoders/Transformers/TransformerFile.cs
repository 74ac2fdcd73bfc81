using LightDxml.Models;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Transformers;

/// <summary>The tensors of a network of the BERT family in a safetensors file, as Hugging Face has it.</summary>
internal static class TransformerFile
{
    /// <summary>By their names in BERT; others are among them.</summary>
    /// <exception cref="LightDxmlException">The file is damaged, or its numbers are of a type that is not known here.</exception>
    public static IReadOnlyDictionary<string, TransformerTensor> Read(string path)
    {
        using var file = new SafetensorsFile(path);
        var tensors = new Dictionary<string, TransformerTensor>(StringComparer.Ordinal);
        foreach (var entry in file.Entries.Where(entry => entry.Type is TensorType.F32 or TensorType.F16 or TensorType.BF16))
            tensors[TransformerNames.AsInBert(entry.Name)] = new TransformerTensor(entry.Shape, Floats(file, entry));
        return tensors;
    }

    private static float[] Floats(SafetensorsFile file, SafetensorsEntry entry)
    {
        if (entry.ElementCount > Array.MaxLength)
            throw new LightDxmlException($"{file.Path}: the tensor {entry} has more numbers than one array holds.");
        if (entry.Type == TensorType.F32)
        {
            var values = new float[entry.ElementCount];
            file.Read<float>(entry, 0, values);
            return values;
        }

        var halves = new ushort[entry.ElementCount];
        file.Read<ushort>(entry, 0, halves);
        return HalfNumbers.Floats(halves, entry.Type == TensorType.BF16);
    }
}
