using ILGPU;
using ILGPU.Runtime;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Kernels.Ilgpu.Kernels;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>Compares a block of queries with all rows of a matrix on the device, so many rows at once as were planned.</summary>
/// <param name="queries">Queries a call at most.</param>
/// <param name="columns">Rows compared at once.</param>
/// <param name="rows">[rowCount, stride].</param>
internal sealed class ExactSearch(DeviceArena arena, int queries, int columns, int width, ArrayView<float> rows, int rowCount, int stride) : IBlockSearch
{
    private readonly ArrayView<float> _products = arena.Allocate<float>((long)queries * columns, "the inner products of a block");
    private readonly SelectionBuffers _selection = new(arena, queries, width);

    public SelectionBuffers Enqueue(AcceleratorStream stream, ArrayView<float> queries, int queryCount)
    {
        var device = arena.Device;
        var side = device.TileSide;
        var tile = side * InnerProducts.PerThread;
        _selection.Clear(stream);
        for (var first = 0; first < rowCount; first += columns)
        {
            var count = Math.Min(columns, rowCount - first);
            var grid = new Index2D((count + tile - 1) / tile, (queryCount + tile - 1) / tile);
            device.Kernels.InnerProducts(
                stream, (grid, new Index2D(side, side)), queries, rows.SubView((long)first * stride, (long)count * stride), _products, queryCount, count, stride);
            _selection.Add(stream, _products, queryCount, count, first);
        }

        return _selection;
    }
}
