using System.Globalization;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace LightDxml.Kernels.Ilgpu.Devices;

/// <summary>
/// Device memory, page-locked memory and streams that are needed together and freed together, also when only a part of them
/// could be had. Running out of memory is an error with the figures in it.
/// </summary>
internal sealed class DeviceArena(GpuDevice device) : IDisposable
{
    private readonly Stack<IDisposable> _parts = new();
    private long _bytes;

    public GpuDevice Device => device;

    /// <param name="purpose">What the memory is for, in the plural: <c>label embeddings</c>.</param>
    /// <exception cref="LightDxmlException">The device has too little memory.</exception>
    public ArrayView<T> Allocate<T>(long length, string purpose)
        where T : unmanaged
    {
        length = Math.Max(1, length);
        var bytes = length * Unsafe.SizeOf<T>();
        var free = device.FreeMemory;
        if (bytes > free)
            throw TooLittle(device, bytes, free, purpose);
        try
        {
            var buffer = device.Accelerator.Allocate1D<T>(length);
            _parts.Push(buffer);
            _bytes += bytes;
            device.Account(bytes);
            return buffer.View;
        }
        catch (AcceleratorException exception)
        {
            throw new LightDxmlException($"{TooLittle(device, bytes, free, purpose).Message} {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>Device memory filled with <paramref name="values"/>.</summary>
    public ArrayView<T> Upload<T>(ReadOnlySpan<T> values, string purpose)
        where T : unmanaged
    {
        var view = Allocate<T>(values.Length, purpose);
        if (values.Length > 0)
            view.SubView(0, values.Length).CopyFromCPU(device.Accelerator.DefaultStream, values);
        return view;
    }

    /// <summary>Memory of this machine that the device copies from and to by itself.</summary>
    public PageLockedArray1D<T> AllocatePageLocked<T>(long length)
        where T : unmanaged
    {
        var array = device.Accelerator.AllocatePageLocked1D<T>(Math.Max(1, length));
        _parts.Push(array);
        return array;
    }

    public AcceleratorStream CreateStream()
    {
        var stream = device.Accelerator.CreateStream();
        _parts.Push(stream);
        return stream;
    }

    /// <summary>Waits until nothing on the device uses the arena any more, and frees it.</summary>
    public void Dispose()
    {
        if (_parts.Count > 0)
            device.Accelerator.Synchronize();
        while (_parts.TryPop(out var part))
            part.Dispose();
        device.Account(-_bytes);
        _bytes = 0;
    }

    /// <summary>The error of a device that has too little memory.</summary>
    public static LightDxmlException TooLittle(GpuDevice device, long bytes, long free, string purpose) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{device.Name} has too little memory: {purpose} take {Mebibytes(bytes):N1} MiB, and {Mebibytes(free):N1} MiB can be used."));

    private static double Mebibytes(long bytes) => bytes / (double)(1 << 20);
}
