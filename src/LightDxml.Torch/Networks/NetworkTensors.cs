using System.Runtime.InteropServices;
using LightDxml.Models;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>Tensors of a network in safetensors files, bit for bit.</summary>
internal static class NetworkTensors
{
    /// <param name="prefix">What their names begin with in the file.</param>
    public static void Add(SafetensorsWriter file, string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        foreach (var (name, values) in tensors)
        {
            file.Add(prefix + name, TensorType.F32, values.shape, stream =>
            {
                using var scope = NewDisposeScope();
                stream.Write(MemoryMarshal.AsBytes(values.detach().cpu().contiguous().data<float>().ToArray().AsSpan()));
            });
        }
    }

    /// <summary>Fills tensors that are there.</summary>
    public static void Read(SafetensorsFile file, string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var off = no_grad();
        foreach (var (name, values) in tensors)
        {
            using var scope = NewDisposeScope();
            var entry = ModelTensors.Expect(file, file.Find(prefix + name, TensorType.F32, values.shape.Length), values.shape);
            var stored = new float[entry.ElementCount];
            file.Read<float>(entry, 0, stored);
            values.copy_(tensor(stored, values.shape));
        }
    }
}
