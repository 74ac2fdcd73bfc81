using System.Buffers;
using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using LightDxml.Storage;
using Microsoft.Win32.SafeHandles;

namespace LightDxml.Models;

/// <summary>
/// A safetensors file, mapped into memory or copied there. The whole header is checked before the first tensor can be touched.
/// The memory is freed when the file is disposed, or when nothing refers to it any more.
/// </summary>
internal sealed unsafe class SafetensorsFile : IDisposable
{
    internal const string MetadataKey = "__metadata__";
    internal const string ChecksumsName = "checksums";
    private readonly byte[] _headerChecksum;
    private readonly Dictionary<string, SafetensorsEntry> _entries;
    private readonly SafeHandle _memory;
    private readonly byte* _data;
    private bool _disposed;
    private bool _hasViews;

    /// <exception cref="LightDxmlException">Not readable, or not a sound safetensors file.</exception>
    public SafetensorsFile(string path)
    {
        Path = path;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            (Entries, Metadata, var dataStart, _headerChecksum) = SafetensorsHeader.Read(stream, stream.Length, path);
            using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            _memory = new MappedView(view.SafeMemoryMappedViewHandle);
            _data = (byte*)_memory.DangerousGetHandle() + view.PointerOffset + dataStart;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"Cannot read {path}: {fault.Message}", fault);
        }

        _entries = Entries.ToDictionary(entry => entry.Name);
    }

    private SafetensorsFile(string path, List<SafetensorsEntry> entries, Dictionary<string, string> metadata, byte[] headerChecksum, SafeHandle memory)
    {
        (Path, Entries, Metadata, _headerChecksum, _memory) = (path, entries, metadata, headerChecksum, memory);
        _data = (byte*)memory.DangerousGetHandle();
        _entries = entries.ToDictionary(entry => entry.Name);
    }

    /// <summary>Copies a safetensors file into memory.</summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="LightDxmlException">Not readable, or not a sound safetensors file.</exception>
    public static SafetensorsFile Copy(Stream stream, long length, string name)
    {
        try
        {
            var (entries, metadata, dataStart, checksum) = SafetensorsHeader.Read(stream, length, name);
            var memory = new NativeBlock(length - dataStart);
            var at = (byte*)memory.DangerousGetHandle();
            for (var left = length - dataStart; left > 0;)
            {
                var piece = new Span<byte>(at, (int)Math.Min(left, 1 << 24));
                stream.ReadExactly(piece);
                at += piece.Length;
                left -= piece.Length;
            }

            return new SafetensorsFile(name, entries, metadata, checksum, memory);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw new LightDxmlException($"Cannot read {name}: {fault.Message}", fault);
        }
    }

    public string Path { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public bool Has(string name) => _entries.ContainsKey(name);

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

    /// <summary>Bytes of all tensors.</summary>
    public long ByteLength => Entries.Count == 0 ? 0 : Entries[^1].Offset + Entries[^1].ByteLength;

    /// <summary>One checksum for the whole file, as hexadecimal text; null where its tensors have none.</summary>
    public string? ChecksumOfChecksums
    {
        get
        {
            if (!_entries.TryGetValue(ChecksumsName, out var entry) || entry.ByteLength > int.MaxValue)
                return null;
            var checksum = Checksum.Of(Bytes(entry, 0, (int)entry.ByteLength));
            GC.KeepAlive(this);
            return checksum;
        }
    }

    /// <summary>Compares the header and every tensor with their checksums.</summary>
    /// <returns>False where the file has none, as an earlier version wrote it.</returns>
    /// <exception cref="LightDxmlException">Something is not what was written.</exception>
    public bool Verify()
    {
        if (!_entries.TryGetValue(ChecksumsName, out var checksums))
            return false;
        if (checksums.Type != TensorType.U8 || !checksums.Shape.SequenceEqual([Entries.Count, Checksum.Length]) || checksums != Entries[^1])
            throw new LightDxmlException($"{Path}: damaged: tensor {checksums} is not the checksums of {Entries.Count - 1} tensors.");
        var stored = Bytes(checksums, 0, Entries.Count * Checksum.Length);
        if (!stored[^Checksum.Length..].SequenceEqual(_headerChecksum))
            throw new LightDxmlException($"{Path}: damaged: the header is not what was written.");
        for (var i = 0; i < Entries.Count - 1; i++)
        {
            if (!stored.Slice(i * Checksum.Length, Checksum.Length).SequenceEqual(ChecksumOf(Entries[i])))
                throw new LightDxmlException($"{Path}: damaged: tensor '{Entries[i].Name}' is not what was written.");
        }

        GC.KeepAlive(this);
        return true;
    }

    private byte[] ChecksumOf(SafetensorsEntry entry)
    {
        const int piece = 1 << 24;
        var hash = new XxHash128();
        for (var first = 0L; first < entry.ByteLength; first += piece)
            hash.Append(Bytes(entry, first, (int)Math.Min(piece, entry.ByteLength - first)));
        return hash.GetCurrentHash();
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

    /// <summary>A view of the mapped bytes, valid until the file is disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not lie in the tensor.</exception>
    public ReadOnlySpan<byte> Bytes(SafetensorsEntry entry, long first, int count)
    {
        CheckOwn(entry);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, entry.ByteLength - count);
        return new ReadOnlySpan<byte>(_data + entry.Offset + first, count);
    }

    /// <summary>
    /// All elements of a tensor where they lie, or a copy where another writer left them unaligned. The memory stays valid
    /// when the file is disposed; it is freed when no view of it is in use any more.
    /// </summary>
    /// <exception cref="LightDxmlException">They are more than one array or view holds.</exception>
    public ReadOnlyMemory<T> Elements<T>(SafetensorsEntry entry)
        where T : unmanaged
    {
        CheckOwn(entry);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sizeof(T), entry.Type.Size());
        if (entry.ElementCount > Array.MaxLength)
            throw new LightDxmlException($"{Path}: tensor {entry} has more elements than one array holds.");
        if (entry.ElementCount == 0)
            return default;
        if ((nint)(_data + entry.Offset) % sizeof(T) == 0)
        {
            _hasViews = true;
            return new View<T>(_memory, (T*)(_data + entry.Offset), (int)entry.ElementCount).Memory;
        }

        var copy = GC.AllocateUninitializedArray<T>((int)entry.ElementCount);
        Read<T>(entry, 0, copy);
        return copy;
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
        if (!_hasViews)
            _memory.Dispose();
    }

    /// <summary>Elements in place; holds on to the memory that they lie in.</summary>
    private sealed class View<T>(SafeHandle memory, T* start, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Span<T> GetSpan()
        {
            var span = new Span<T>(start, count);
            GC.KeepAlive(memory);
            return span;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex, pinnable: this);

        public override void Unpin() => GC.KeepAlive(memory);

        protected override void Dispose(bool disposing)
        {
        }
    }

    /// <summary>Owns a mapped view beyond its accessor: one reference, given back when the owner is disposed or forgotten.</summary>
    private sealed class MappedView : SafeHandle
    {
        private readonly SafeMemoryMappedViewHandle _view;

        public MappedView(SafeMemoryMappedViewHandle view)
            : base(0, ownsHandle: true)
        {
            var added = false;
            view.DangerousAddRef(ref added);
            _view = view;
            SetHandle(view.DangerousGetHandle());
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            _view.DangerousRelease();
            return true;
        }
    }

    /// <summary>Memory outside the managed heap, aligned as the kernels like it.</summary>
    private sealed class NativeBlock : SafeHandle
    {
        public NativeBlock(long length)
            : base(0, ownsHandle: true)
        {
            SetHandle((nint)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length), 64));
            GC.AddMemoryPressure(_length = Math.Max(1, length));
        }

        private readonly long _length;

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            GC.RemoveMemoryPressure(_length);
            return true;
        }
    }
}
