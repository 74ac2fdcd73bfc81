using System.Runtime.InteropServices;
using LightDxml.Data;

namespace LightDxml;

/// <summary>Several arrays that the processes of a group give each other at once: they wait for each other once.</summary>
internal sealed unsafe class Exchange(ProcessGroup processes, string what) : IDisposable
{
    private readonly List<GCHandle> _pins = [];
    private readonly List<(nint Values, long[] Bounds)> _parts = [];

    /// <summary>Adds an array of which process r has filled the rows [bounds[r], bounds[r + 1]).</summary>
    /// <param name="values">[rows × width] at least, the same length in every process.</param>
    /// <param name="bounds">[size + 1] rows, the same in every process.</param>
    public Exchange Add<T>(T[] values, int width, int[] bounds)
        where T : unmanaged
    {
        if (processes.Size == 1)
            return this;
        var pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        _pins.Add(pin);
        return Add(pin.AddrOfPinnedObject(), values.Length, sizeof(T), width, bounds);
    }

    /// <inheritdoc cref="Add{T}(T[], int, int[])"/>
    public Exchange Add(DenseMatrix values, int[] bounds)
    {
        if (processes.Size == 1)
            return this;

        // Its memory does not move.
        fixed (float* start = values.Span)
            return Add((nint)start, values.Span.Length, sizeof(float), values.Stride, bounds);
    }

    /// <summary>Exchanges what was added.</summary>
    public void Complete()
    {
        if (_parts.Count > 0)
            processes.Gather(_parts, what);
        _parts.Clear();
    }

    public void Dispose()
    {
        foreach (var pin in _pins)
            pin.Free();
        _pins.Clear();
    }

    private Exchange Add(nint start, long length, int size, int width, int[] bounds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)bounds[^1] * width, length, nameof(bounds));
        _parts.Add((start, Array.ConvertAll(bounds, row => (long)row * width * size)));
        return this;
    }
}
