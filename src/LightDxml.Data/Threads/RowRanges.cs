using System.Runtime.ExceptionServices;

namespace LightDxml;

/// <summary>Cuts rows into ranges and works on them with a bounded number of threads.</summary>
internal static class RowRanges
{
    /// <summary>Each thread has memory of its own, so that a number which no machine has use for is cut.</summary>
    private const int MostThreads = 256;

    /// <summary>The number of threads that 0 stands for: one for each processor. Others are cut to what can be of use.</summary>
    public static int ResolveThreads(int threads) =>
        threads > 0 ? Math.Min(threads, Math.Max(MostThreads, Environment.ProcessorCount)) : Environment.ProcessorCount;

    /// <summary>
    /// Runs <paramref name="body"/>(first, end) over ranges of at most <paramref name="grain"/> rows that cover [0, rows). A thread
    /// that is done takes the next range, in ascending order, so that long ranges should come first.
    /// </summary>
    /// <param name="threads">Threads at most; 1 runs in the caller's thread.</param>
    public static void ForEach(int rows, int grain, int threads, Action<int, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grain);
        var ranges = (int)(((long)rows + grain - 1) / grain);
        if (threads == 1 || ranges <= 1)
        {
            for (var range = 0; range < ranges; range++)
                body(range * grain, (int)Math.Min(rows, (range + 1L) * grain));
            GC.KeepAlive(body);
            return;
        }

        var workers = Math.Min(ResolveThreads(threads), ranges);
        var next = -1;
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, (_, state) =>
            {
                int range;
                while (!state.IsExceptional && (range = Interlocked.Increment(ref next)) < ranges)
                    body(range * grain, (int)Math.Min(rows, (range + 1L) * grain));
            });
        }
        catch (AggregateException faults)
        {
            // Callers see what the work threw, as they would with one thread: a cancellation, an error for the user.
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        // What the body reads may lie in a mapped file, which is unmapped when no object of it is in use any more.
        GC.KeepAlive(body);
    }
}
