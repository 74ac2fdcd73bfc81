using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace LightDxml.Data.Cache;

/// <summary>
/// A file mapped into memory for reading: its pages come and go as the system sees fit. Unmapped when no memory of it is in use. A
/// span of it does not count as use: who reads one keeps the memory, or what holds it, alive until the last read.
/// </summary>
internal sealed class MappedFile
{
    private readonly SafeMemoryMappedViewHandle _view;

    /// <exception cref="LightDxmlException">The file is missing, empty, or cannot be read.</exception>
    public MappedFile(string path)
    {
        try
        {
            using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
            Length = new FileInfo(path).Length;
            _view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LightDxmlException($"{path}: cannot be mapped into memory: {exception.Message}", exception);
        }
    }

    public long Length { get; }

    /// <param name="offset">In bytes; a multiple of the item's size.</param>
    /// <param name="count">Items; the caller has checked that they lie within the file.</param>
    public ReadOnlyMemory<T> Items<T>(long offset, int count)
        where T : unmanaged => count == 0 ? default : new Window<T>(this, offset, count).Memory;

    private sealed unsafe class Window<T>(MappedFile file, long offset, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Span<T> GetSpan() => new((byte*)file._view.DangerousGetHandle() + offset, count);

        public override MemoryHandle Pin(int elementIndex = 0) =>
            new((T*)((byte*)file._view.DangerousGetHandle() + offset) + elementIndex, pinnable: this);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
