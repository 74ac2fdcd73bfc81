using ILGPU.Runtime;
using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>
/// Streams queries through a device in blocks, two at a time. The blocks are planned for a search, shrink until they fit,
/// and stay for the searches after.
/// </summary>
/// <param name="createSearch">Makes one block's working memory for a plan and a width.</param>
internal sealed class QueryStream(GpuDevice device, SearchShape shape, Func<DeviceArena, SearchPlan, int, IBlockSearch> createSearch) : IDisposable
{
    private QuerySlot[] _slots = [];
    private DeviceArena? _arena;
    private int _width;
    private int _plannedQueries;

    /// <summary>The blocks of the latest search.</summary>
    public SearchPlan Plan { get; private set; }

    /// <param name="queries">[queryCount, stride].</param>
    /// <param name="topRows">[queryCount, width], best first, −1 where there is none.</param>
    /// <param name="topScores">[queryCount, width], −∞ where there is none.</param>
    /// <exception cref="LightDxmlException">The device has too little memory even for the smallest blocks, or fails.</exception>
    public void Search(ReadOnlySpan<float> queries, int queryCount, int width, Span<int> topRows, Span<float> topScores)
    {
        if (queryCount == 0 || width == 0)
            return;
        try
        {
            Reserve(queryCount, width);
            SearchBlocks(queries, queryCount, width, topRows, topScores);
        }
        catch (Exception exception)
        {
            // Nothing of a search that was broken off stays under way, or in memory.
            Dispose();
            if (exception is AcceleratorException failure)
                throw device.Failed(failure);
            throw;
        }
    }

    public void Dispose()
    {
        _arena?.Dispose();
        _arena = null;
        _slots = [];
    }

    private void SearchBlocks(ReadOnlySpan<float> queries, int queryCount, int width, Span<int> topRows, Span<float> topScores)
    {
        var blocks = (queryCount + Plan.Queries - 1) / Plan.Queries;
        for (var block = 0; block < blocks + SearchPlan.Slots; block++)
        {
            var slot = _slots[block % SearchPlan.Slots];
            if (block >= SearchPlan.Slots && block - SearchPlan.Slots < blocks)
            {
                var (first, count) = Block(block - SearchPlan.Slots, queryCount);
                slot.Finish(topRows.Slice(first * width, count * width), topScores.Slice(first * width, count * width));
            }

            if (block < blocks)
            {
                var (first, count) = Block(block, queryCount);
                slot.Start(queries.Slice(first * shape.Stride, count * shape.Stride), count);
            }
        }
    }

    private (int First, int Count) Block(int block, int queryCount) =>
        (block * Plan.Queries, Math.Min(Plan.Queries, queryCount - block * Plan.Queries));

    private void Reserve(int queryCount, int width)
    {
        if (_slots.Length > 0 && width == _width && (queryCount <= _plannedQueries || Plan.Queries == SearchPlan.MostQueries))
            return;
        Dispose();
        for (SearchPlan? plan = SearchPlan.For(device, queryCount, shape, width); _slots.Length == 0;)
        {
            _arena = new DeviceArena(device);
            try
            {
                _slots = Allocate(_arena, plan.Value, width);
                (Plan, _width, _plannedQueries) = (plan.Value, width, queryCount);
            }
            catch (LightDxmlException exception) when (exception.InnerException is AcceleratorException && plan.Value.Half is not null)
            {
                // The device had less in one piece than it said.
                _arena.Dispose();
                plan = plan.Value.Half;
            }
        }
    }

    private QuerySlot[] Allocate(DeviceArena arena, SearchPlan plan, int width)
    {
        var slots = new QuerySlot[SearchPlan.Slots];
        for (var i = 0; i < slots.Length; i++)
            slots[i] = new QuerySlot(arena, plan.Queries, shape.Stride, width, createSearch(arena, plan, width));
        return slots;
    }
}
