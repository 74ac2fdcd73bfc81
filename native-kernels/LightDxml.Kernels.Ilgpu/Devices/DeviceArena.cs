using System.Globalization;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace LightDxml.Kernels.Ilgpu.Devices;

/// <summary>
/// Device memory, page-locked memory and streams that are needed together and freed together, also when only a part of them
/// could be had. Running out of memory is an error with the figures in it, and a failing driver one that names the device.
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
            var buffer = Keep(device.Accelerator.Allocate1D<T>(length));
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
    /// <exception cref="LightDxmlException">The driver gives none.</exception>
    public PageLockedArray1D<T> AllocatePageLocked<T>(long length)
        where T : unmanaged =>
        Kept(() => device.Accelerator.AllocatePageLocked1D<T>(Math.Max(1, length)));

    /// <exception cref="LightDxmlException">The driver gives none.</exception>
    public AcceleratorStream CreateStream() => Kept(() => device.Accelerator.CreateStream());

    /// <summary>What <paramref name="fill"/> puts into the arena, all of which is freed where that breaks off.</summary>
    /// <exception cref="LightDxmlException">The device has too little memory, or fails.</exception>
    public T Filled<T>(Func<T> fill)
    {
        try
        {
            return fill();
        }
        catch (Exception exception)
        {
            Dispose();
            if (exception is AcceleratorException failure)
                throw device.Failed(failure);
            throw;
        }
    }

    /// <summary>Frees a part with the rest.</summary>
    internal T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>
    /// Waits until nothing on the device uses the arena any more, and frees it. A device in error may refuse either, which is passed over: who
    /// used the device has been told, and the other parts are freed all the same.
    /// </summary>
    public void Dispose()
    {
        if (_parts.Count > 0)
            Try(device.Accelerator.Synchronize);
        while (_parts.TryPop(out var part))
            Try(part.Dispose);
        device.Account(-_bytes);
        _bytes = 0;

        static void Try(Action action)
        {
            try
            {
                action();
            }
            catch (AcceleratorException)
            {
            }
        }
    }

    /// <summary>The error of a device that has too little memory.</summary>
    public static LightDxmlException TooLittle(GpuDevice device, long bytes, long free, string purpose) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{device.Name} has too little memory: {purpose} take {Mebibytes(bytes):N1} MiB, and {Mebibytes(free):N1} MiB can be used."));

    private T Kept<T>(Func<T> create)
        where T : IDisposable
    {
        try
        {
            return Keep(create());
        }
        catch (AcceleratorException exception)
        {
            throw device.Failed(exception);
        }
    }

    private static double Mebibytes(long bytes) => bytes / (double)(1 << 20);
}
