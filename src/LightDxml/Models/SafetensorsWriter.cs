using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using LightDxml.Storage;

namespace LightDxml.Models;

/// <summary>
/// Writes the public safetensors layout: the header's length as 8 little-endian bytes, a JSON header padded with blanks,
/// then the tensors without gaps. Wide elements go first, and tensors whose length is a multiple of 64 bytes before
/// others of their width: every tensor is aligned to its element, and to a cache line where the sizes allow it. The last tensor
/// holds the checksums of the others and of the header, which <see cref="SafetensorsFile.Verify"/> compares.
/// </summary>
internal sealed class SafetensorsWriter
{
    internal const int Alignment = 64;
    private readonly List<Pending> _tensors = [];
    private readonly Dictionary<string, string> _metadata = [];

    /// <summary>A text that the file carries in its <c>__metadata__</c>.</summary>
    public void AddMetadata(string key, string value) => _metadata.Add(key, value);

    /// <summary>Adds a tensor that lies in memory. Nothing is copied: the elements must stay as they are until <see cref="WriteTo"/>.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many elements, or the name is taken.</exception>
    public void Add<T>(string name, TensorType type, IReadOnlyList<long> shape, ReadOnlyMemory<T> elements)
        where T : unmanaged
    {
        if (Marshal.SizeOf<T>() != type.Size())
            throw new ArgumentException($"{typeof(T)} is not {type.Size()} bytes wide.", nameof(type));
        if (Length(type, shape) != (long)elements.Length * type.Size())
            throw new ArgumentException($"{name} has {elements.Length} elements, which is not [{string.Join(", ", shape)}].", nameof(shape));
        Add(name, type, shape, stream => Elements.ForEachPiece(elements.Span, stream.Write));
    }

    /// <summary>Adds a tensor that <paramref name="write"/> writes; it must write exactly the bytes of the shape, little-endian.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, TensorType type, IReadOnlyList<long> shape, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name is SafetensorsFile.MetadataKey or SafetensorsFile.ChecksumsName || _tensors.Any(tensor => tensor.Name == name))
            throw new ArgumentException($"The tensor name {name} is taken.", nameof(name));
        _tensors.Add(new Pending(name, type, [.. shape], Length(type, shape), write));
    }

    /// <summary>The first tensor of floats that holds an infinite value or no number, which no reader would take; null where none does.</summary>
    public string? FirstNotFinite() => _tensors.FirstOrDefault(tensor =>
    {
        if (tensor.Type != TensorType.F32)
            return false;
        using var floats = new FiniteStream();
        tensor.Write(floats);
        return !floats.Holds;
    })?.Name;

    /// <summary>Writes the file.</summary>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Tensors are written on little-endian machines only.");
        Pending[] ordered = [.. _tensors
            .OrderByDescending(tensor => tensor.Type.Size())
            .ThenBy(tensor => tensor.Length % Alignment == 0 ? 0 : 1)];
        var checksums = new byte[(ordered.Length + 1) * Checksum.Length];
        var header = Header([.. ordered, new Pending(SafetensorsFile.ChecksumsName, TensorType.U8, [ordered.Length + 1, Checksum.Length], checksums.Length, _ => { })]);
        var checking = new ChecksumStream(stream);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        checking.Write(length);
        checking.Take();
        checking.Write(header);
        checking.Take().CopyTo(checksums.AsSpan(ordered.Length * Checksum.Length));
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i].Write(checking);
            if (checking.Count != ordered[i].Length)
                throw new InvalidOperationException($"Tensor {ordered[i].Name} wrote {checking.Count} bytes, not its {ordered[i].Length}.");
            checking.Take().CopyTo(checksums.AsSpan(i * Checksum.Length));
        }

        stream.Write(checksums);
    }

    private byte[] Header(Pending[] ordered)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            if (_metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsFile.MetadataKey);
                foreach (var (key, value) in _metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var tensor in ordered)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.LayoutName());
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while ((text.Length + sizeof(ulong)) % Alignment != 0)
            text.WriteByte((byte)' ');
        return text.ToArray();
    }

    private static long Length(TensorType type, IReadOnlyList<long> shape) => shape.Aggregate((long)type.Size(), (bytes, size) => checked(bytes * size));

    private sealed record Pending(string Name, TensorType Type, long[] Shape, long Length, Action<Stream> Write);
}
