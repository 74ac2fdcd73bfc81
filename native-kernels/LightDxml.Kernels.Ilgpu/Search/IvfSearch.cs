using ILGPU;
using ILGPU.Runtime;
using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>Finds the lists whose centroids are nearest to each query of a block, and compares the query with the labels on them.</summary>
internal sealed class IvfSearch : IBlockSearch
{
    private const string Purpose = "the candidates of a block";
    private readonly GpuDevice _device;
    private readonly IvfLists _lists;
    private readonly ExactSearch _centroids;
    private readonly SelectionBuffers _selection;
    private readonly ArrayView<float> _products;
    private readonly ArrayView<int> _rows;
    private readonly ArrayView<int> _counts;
    private readonly int _capacity;

    /// <param name="capacity">The most labels that the probed lists can hold.</param>
    public IvfSearch(DeviceArena arena, int queries, int capacity, int width, IvfLists lists)
    {
        _device = arena.Device;
        _lists = lists;
        _capacity = capacity;
        _centroids = new ExactSearch(
            arena, queries, Math.Min(lists.Clusters, SearchPlan.MostColumns), lists.Probes, lists.Centroids, lists.Clusters, lists.Stride);
        _selection = new SelectionBuffers(arena, queries, width);
        _products = arena.Allocate<float>((long)queries * capacity, Purpose);
        _rows = arena.Allocate<int>((long)queries * capacity, Purpose);
        _counts = arena.Allocate<int>(queries, Purpose);
    }

    public SelectionBuffers Enqueue(AcceleratorStream stream, ArrayView<float> queries, int queryCount)
    {
        var probed = _centroids.Enqueue(stream, queries, queryCount).Best;
        var grid = new Index2D(_lists.Probes, queryCount);
        _device.Kernels.ListProducts(
            stream, (grid, new Index2D(_device.GroupSize, 1)), queries, _lists.Labels, _lists.Order, _lists.Offsets, probed,
            _products, _rows, _counts, _lists.Stride, _lists.Probes, _capacity);
        _selection.Clear(stream);
        _selection.Add(stream, _products, _rows, _counts, queryCount, _capacity);
        return _selection;
    }
}
