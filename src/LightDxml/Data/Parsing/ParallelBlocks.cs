using System.Runtime.ExceptionServices;

namespace LightDxml.Data.Parsing;

/// <summary>
/// Parses a file's blocks over threads. Threads take turns reading (and decompressing) the next block and parse at the same
/// time, so memory is one block a thread beside the result. Chunks come in file order, and of several faults the first in
/// file order is thrown: blocks are taken in order, so every block before a bad one has been taken and is parsed to its end.
/// </summary>
internal static class ParallelBlocks
{
    /// <param name="threads">0 takes one for each processor.</param>
    /// <exception cref="LightDxmlException">The first fault of the file.</exception>
    public static TChunk[] Parse<TChunk>(LineBlockReader reader, int threads, Func<LineParser<TChunk>> newParser)
    {
        var run = new Run<TChunk>(reader, newParser);
        threads = RowRanges.ResolveThreads(threads);
        if (threads == 1)
            run.Work();
        else
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => run.Work());
        return run.Result();
    }

    private sealed class Run<TChunk>(LineBlockReader reader, Func<LineParser<TChunk>> newParser)
    {
        private readonly Lock _turn = new();
        private readonly SortedList<int, TChunk> _chunks = [];
        private int _faultIndex = int.MaxValue;
        private ExceptionDispatchInfo? _fault;

        public void Work()
        {
            var parser = newParser();
            var block = new LineBlock();
            while (TryTake(block))
            {
                try
                {
                    var chunk = parser.Parse(block);
                    lock (_turn)
                        _chunks.Add(block.Index, chunk);
                }
                catch (Exception exception)
                {
                    Stop(block.Index, exception);
                }
            }
        }

        public TChunk[] Result()
        {
            _fault?.Throw();
            return [.. _chunks.Values];
        }

        private bool TryTake(LineBlock block)
        {
            lock (_turn)
            {
                try
                {
                    return _fault is null && reader.TryRead(block);
                }
                catch (Exception exception)
                {
                    Stop(reader.NextIndex, exception);
                    return false;
                }
            }
        }

        private void Stop(int index, Exception exception)
        {
            lock (_turn)
            {
                if (index >= _faultIndex)
                    return;
                _faultIndex = index;
                _fault = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }
}
