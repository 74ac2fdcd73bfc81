using System.IO.MemoryMappedFiles;

namespace LightDxml.Models;

/// <summary>A safetensors file, mapped into memory. The whole header is checked before the first tensor can be touched.</summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    internal const string MetadataKey = "__metadata__";
    private readonly Dictionary<string, SafetensorsEntry> _entries;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _data;
    private bool _disposed;

    /// <exception cref="LightDxmlException">Not readable, or not a sound safetensors file.</exception>
    public SafetensorsFile(string path)
    {
        Path = path;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var (entries, metadata, dataStart) = SafetensorsHeader.Read(stream, path);
            Entries = entries;
            Metadata = metadata;
            _entries = entries.ToDictionary(entry => entry.Name);
            _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            // No reference is taken on the handle, so that its finalizer unmaps the file where no one disposes of this object.
            _data = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + dataStart;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }
    }

    public string Path { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of that name, type and number of dimensions.</summary>
    /// <param name="rank">Number of dimensions.</param>
    /// <exception cref="LightDxmlException">There is none, or it has another type or rank.</exception>
    public SafetensorsEntry Find(string name, TensorType type, int rank)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw new LightDxmlException($"{Path}: tensor '{name}' is missing.");
        return entry.Type == type && entry.Shape.Count == rank
            ? entry
            : throw new LightDxmlException($"{Path}: tensor {entry} should be {type.LayoutName()} with {rank} dimensions.");
    }

    /// <summary>Copies elements from <paramref name="first"/> on; whatever the file's alignment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie in the tensor.</exception>
    public void Read<T>(SafetensorsEntry entry, long first, Span<T> destination)
        where T : unmanaged
    {
        CheckOwn(entry);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sizeof(T), entry.Type.Size());
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, entry.ElementCount - destination.Length);
        fixed (T* target = destination)
            Buffer.MemoryCopy(_data + entry.Offset + first * sizeof(T), target, (long)destination.Length * sizeof(T), (long)destination.Length * sizeof(T));
        GC.KeepAlive(this);
    }

    /// <summary>A view of the mapped bytes, valid while this object is in use and not disposed; the view does not keep it alive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie in the tensor.</exception>
    public ReadOnlySpan<byte> Bytes(SafetensorsEntry entry, long first, int count)
    {
        CheckOwn(entry);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, entry.ByteLength - count);
        return new ReadOnlySpan<byte>(_data + entry.Offset + first, count);
    }

    // Offsets are trusted from here on: only entries that the header check has passed may carry them.
    private void CheckOwn(SafetensorsEntry entry)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(entry);
        if (!_entries.TryGetValue(entry.Name, out var own) || !ReferenceEquals(own, entry))
            throw new ArgumentException($"{entry} is not an entry of {Path}.", nameof(entry));
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.Dispose();
        _file.Dispose();
    }
}
