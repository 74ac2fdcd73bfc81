using ILGPU;
using ILGPU.Runtime;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Kernels.Ilgpu.Kernels;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>The running selection of the best k keys of each query of a block, on the device.</summary>
internal sealed class SelectionBuffers
{
    private const string Purpose = "the best labels of a block";
    private readonly GpuDevice _device;
    private readonly ArrayView<ulong> _floors;
    private readonly ArrayView<int> _none;
    private ArrayView<ulong> _next;

    public SelectionBuffers(DeviceArena arena, int queries, int width)
    {
        _device = arena.Device;
        Width = width;
        Best = arena.Allocate<ulong>((long)queries * width, Purpose);
        _next = arena.Allocate<ulong>((long)queries * width, Purpose);
        _floors = arena.Allocate<ulong>(queries, Purpose);
        _none = arena.Allocate<int>(1, Purpose);
    }

    public int Width { get; }

    /// <summary>[queries, width], the keys selected, in no order.</summary>
    public ArrayView<ulong> Best { get; private set; }

    public void Clear(AcceleratorStream stream)
    {
        Best.MemSetToZero(stream);
        _floors.MemSetToZero(stream);
    }

    /// <summary>Selects among products with consecutive label rows from <paramref name="firstRow"/> on, and the best so far.</summary>
    /// <param name="products">[queries, columns].</param>
    public void Add(AcceleratorStream stream, ArrayView<float> products, int queries, int columns, int firstRow) =>
        Add(stream, products, _none, _none, 0, queries, columns, firstRow);

    /// <summary>Selects among the first counts[q] products of each query, whose label rows are listed, and the best so far.</summary>
    public void Add(
        AcceleratorStream stream, ArrayView<float> products, ArrayView<int> rows, ArrayView<int> counts, int queries, int columns) =>
        Add(stream, products, rows, counts, 1, queries, columns, 0);

    /// <summary>Puts the selection in order.</summary>
    public void Rank(AcceleratorStream stream, ArrayView<int> topRows, ArrayView<float> topScores, int queries)
    {
        var groups = (int)(((long)queries * Width + _device.GroupSize - 1) / _device.GroupSize);
        _device.Kernels.RankBest(stream, (groups, _device.GroupSize), Best, topRows, topScores, queries, Width);
    }

    private void Add(
        AcceleratorStream stream, ArrayView<float> products, ArrayView<int> rows, ArrayView<int> counts, int listed, int queries, int columns, int firstRow)
    {
        var group = Math.Min(_device.GroupSize, SelectBest.MostThreads);
        _device.Kernels.SelectBest(stream, (queries, group), products, rows, counts, listed, columns, firstRow, Best, _floors, _next, Width);
        (Best, _next) = (_next, Best);
    }
}
