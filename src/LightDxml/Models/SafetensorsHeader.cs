using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;

namespace LightDxml.Models;

/// <summary>Reads and checks a safetensors header; a header that passes describes the bytes that follow it exactly.</summary>
internal static class SafetensorsHeader
{
    // The limit of the public readers: a longer header is an attack or not a header.
    private const long MaxLength = 100_000_000;

    /// <returns>The tensors by offset, the metadata, the position of the first tensor byte in the file, and the header's checksum.</returns>
    /// <exception cref="LightDxmlException">The header is not one, or disagrees with the file's length.</exception>
    public static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata, long DataStart, byte[] Checksum) Read(Stream file, long fileLength, string path)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        if (fileLength < prefix.Length)
            throw Fault(path, $"{fileLength} bytes are too few for a header");
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength || (long)length > fileLength - prefix.Length)
            throw Fault(path, $"the header claims {length} bytes, but {Math.Min(MaxLength, fileLength - prefix.Length)} is the most it can have");
        var json = new byte[(int)length];
        file.ReadExactly(json);
        var dataStart = prefix.Length + (long)length;
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Fault(path, "the header is not a JSON object");
            var names = new HashSet<string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    throw Fault(path, $"tensor '{property.Name}' is listed twice");
                if (property.Name == SafetensorsFile.MetadataKey)
                    ReadMetadata(property.Value, metadata, path);
                else
                    entries.Add(ReadEntry(property.Name, property.Value, path));
            }
        }
        catch (JsonException fault)
        {
            throw new LightDxmlException($"{path}: the header is not JSON", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new LightDxmlException($"{path}: the header holds text that is not UTF-8", fault);
        }

        entries.Sort((a, b) => (a.Offset, a.ByteLength).CompareTo((b.Offset, b.ByteLength)));
        CheckCover(entries, fileLength - dataStart, path);
        return (entries, metadata, dataStart, XxHash128.Hash(json));
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Fault(path, $"{SafetensorsFile.MetadataKey} is not an object");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Fault(path, $"{SafetensorsFile.MetadataKey} entry '{property.Name}' is not a text");
            metadata[property.Name] = property.Value.GetString()!;
        }
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Fault(path, $"tensor '{name}' is not described by an object");
        if (!element.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String || !TensorTypes.TryParse(type.GetString(), out var elementType))
            throw Fault(path, $"tensor '{name}' has no known dtype");
        var shape = Sizes(element, "shape", name, path);
        var offsets = Sizes(element, "data_offsets", name, path);
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw Fault(path, $"the data_offsets of tensor '{name}' are not a begin and an end");
        var bytes = (UInt128)elementType.Size();
        foreach (var size in shape)
        {
            bytes *= (ulong)size;
            if (bytes > long.MaxValue)
                throw Fault(path, $"the shape of tensor '{name}' overflows");
        }

        if (bytes != (UInt128)(offsets[1] - offsets[0]))
            throw Fault(path, $"tensor '{name}' of {elementType.LayoutName()} [{string.Join(", ", shape)}] needs {bytes} bytes, but its data_offsets hold {offsets[1] - offsets[0]}");
        return new SafetensorsEntry(name, elementType, shape, offsets[0], (long)bytes);
    }

    private static long[] Sizes(JsonElement element, string property, string name, string path)
    {
        if (!element.TryGetProperty(property, out var array) || array.ValueKind != JsonValueKind.Array)
            throw Fault(path, $"tensor '{name}' has no {property}");
        var sizes = new long[array.GetArrayLength()];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (array[i].ValueKind != JsonValueKind.Number || !array[i].TryGetInt64(out sizes[i]) || sizes[i] < 0)
                throw Fault(path, $"{property} of tensor '{name}' holds {array[i].GetRawText()}, which is not a size");
        }

        return sizes;
    }

    private static void CheckCover(List<SafetensorsEntry> entries, long dataLength, string path)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.Offset < position)
                throw Fault(path, $"tensor '{entry.Name}' overlaps the one before it");
            if (entry.Offset > position)
                throw Fault(path, $"a gap of {entry.Offset - position} bytes precedes tensor '{entry.Name}'");
            if (entry.ByteLength > dataLength - position)
                throw Fault(path, $"the file is truncated: tensor '{entry.Name}' ends at byte {entry.Offset + entry.ByteLength} of {dataLength}");
            position += entry.ByteLength;
        }

        if (position != dataLength)
            throw Fault(path, $"{dataLength - position} bytes after the last tensor belong to none");
    }

    private static LightDxmlException Fault(string path, string fault) => new($"{path}: {fault}.");
}
