using System.IO.Compression;
using System.Runtime.InteropServices;
using LightDxml.Encoders.Protocol;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Transformers;

/// <summary>
/// The tensors of a network of the BERT family in <c>pytorch_model.bin</c>, as <c>torch.save</c> writes it since version 1.6: a zip file of a pickle, which
/// lists the tensors, and their numbers. Nothing that the pickle names is run.
/// </summary>
internal static class TorchCheckpoint
{
    public const string FileName = "pytorch_model.bin";

    /// <summary>By their names in BERT; others are among them. Those that are not of floats are left out.</summary>
    /// <exception cref="LightDxmlException">It is no such file, or damaged.</exception>
    public static IReadOnlyDictionary<string, TransformerTensor> Read(string path)
    {
        try
        {
            using var file = ZipFile.OpenRead(path);
            var list = file.Entries.FirstOrDefault(entry => entry.Name == "data.pkl") ?? throw new FormatException("it has no data.pkl");
            if (file.GetEntry(Beside(list, "byteorder")) is { } order && Bytes(order).AsSpan().StartsWith("big"u8))
                throw new FormatException("its numbers start with their greatest byte");
            if (new PickleReader(Bytes(list)).Read() is not List<object?> tensors)
                throw new FormatException("it lists no tensors");
            var read = new Dictionary<string, TransformerTensor>(StringComparer.Ordinal);
            for (var i = 0; i + 1 < tensors.Count; i += 2)
            {
                if (tensors[i] is string name && tensors[i + 1] is PickledCall call && Tensor(file, list, name, call) is { } tensor)
                    read[TransformerNames.AsInBert(name)] = tensor;
            }

            return read;
        }
        catch (InvalidDataException fault)
        {
            throw new LightDxmlException($"{path}: it is not a zip file, or a damaged one; torch.save of PyTorch 1.6 or later writes one. Load the model there and save it again, as model.safetensors at best.", fault);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new LightDxmlException($"{path}: its tensors cannot be read: {fault.Message}.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    private static TransformerTensor? Tensor(ZipArchive file, ZipArchiveEntry list, string name, PickledCall call)
    {
        if (call is not { Name: "torch._utils._rebuild_tensor_v2", Arguments: [PickledCall { Arguments: [_, PickledCall kind, string key, ..] }, long offset, List<object?> sizes, List<object?> strides, ..] })
            throw new FormatException($"{name} is not a tensor of a supported kind");
        var size = kind.Name switch
        {
            "torch.FloatStorage" => sizeof(float),
            "torch.HalfStorage" or "torch.BFloat16Storage" => sizeof(ushort),
            _ => 0,
        };
        if (size == 0)
            return null;
        long[] shape = [.. sizes.OfType<long>()];
        var count = 1L;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            if (shape[dimension] < 0 || (shape[dimension] != 1 && !Equals(strides.ElementAtOrDefault(dimension), count)))
                throw new FormatException($"{name} does not lie row by row");
            count = checked(count * shape[dimension]);
        }

        var bytes = Bytes(file.GetEntry(Beside(list, $"data/{key}")) ?? throw new FormatException($"the numbers of {name} are missing"));
        if (offset < 0 || count > bytes.Length / size - offset)
            throw new FormatException($"{name} has {count} numbers, but there are {bytes.Length} bytes of them");
        var own = bytes.AsSpan((int)offset * size, (int)count * size);
        return new TransformerTensor(shape, size == sizeof(float)
            ? MemoryMarshal.Cast<byte, float>(own).ToArray()
            : HalfNumbers.Floats(MemoryMarshal.Cast<byte, ushort>(own), kind.Name == "torch.BFloat16Storage"));
    }

    private static string Beside(ZipArchiveEntry list, string name) => list.FullName[..^list.Name.Length] + name;

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
