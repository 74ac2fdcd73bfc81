using ILGPU;
using ILGPU.Runtime;
using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>
/// One of the blocks of queries that are under way at once, with a stream of its own: queries and results lie in page-locked
/// memory, so that the copies of one block run while another is computed.
/// </summary>
internal sealed class QuerySlot(DeviceArena arena, int queries, int stride, int width, IBlockSearch search)
{
    private readonly AcceleratorStream _stream = arena.CreateStream();
    private readonly PageLockedArray1D<float> _hostQueries = arena.AllocatePageLocked<float>((long)queries * stride);
    private readonly PageLockedArray1D<int> _hostRows = arena.AllocatePageLocked<int>((long)queries * width);
    private readonly PageLockedArray1D<float> _hostScores = arena.AllocatePageLocked<float>((long)queries * width);
    private readonly ArrayView<float> _queries = arena.Allocate<float>((long)queries * stride, "the queries of a block");
    private readonly ArrayView<int> _rows = arena.Allocate<int>((long)queries * width, "the results of a block");
    private readonly ArrayView<float> _scores = arena.Allocate<float>((long)queries * width, "the results of a block");

    /// <summary>Copies the queries in and enqueues their search; returns before it is done.</summary>
    /// <param name="queries">[count, stride].</param>
    public void Start(ReadOnlySpan<float> queries, int count)
    {
        queries.CopyTo(_hostQueries.Span);
        _queries.SubView(0, queries.Length).CopyFrom(_stream, _hostQueries.ArrayView.SubView(0, queries.Length));
        search.Enqueue(_stream, _queries, count).Rank(_stream, _rows, _scores, count);
        var results = (long)count * width;
        _rows.SubView(0, results).CopyTo(_stream, _hostRows.ArrayView.SubView(0, results));
        _scores.SubView(0, results).CopyTo(_stream, _hostScores.ArrayView.SubView(0, results));
    }

    /// <summary>Waits for the search that was started and copies its results out.</summary>
    public void Finish(Span<int> topRows, Span<float> topScores)
    {
        _stream.Synchronize();
        _hostRows.Span[..topRows.Length].CopyTo(topRows);
        _hostScores.Span[..topScores.Length].CopyTo(topScores);
    }
}
