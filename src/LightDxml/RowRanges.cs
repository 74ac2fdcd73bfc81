using System.Runtime.ExceptionServices;

namespace LightDxml;

/// <summary>Cuts rows into ranges and works on them with a bounded number of threads.</summary>
public static class RowRanges
{
    /// <summary>The number of threads that 0 stands for: one for each processor.</summary>
    public static int ResolveThreads(int threads) => threads > 0 ? threads : Environment.ProcessorCount;

    /// <summary>Runs <paramref name="body"/>(first, end) over ranges of at most <paramref name="grain"/> rows that cover [0, rows).</summary>
    /// <param name="threads">Threads at most; 1 runs in the caller's thread.</param>
    public static void ForEach(int rows, int grain, int threads, Action<int, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grain);
        var ranges = (int)(((long)rows + grain - 1) / grain);
        if (threads == 1 || ranges <= 1)
        {
            for (var range = 0; range < ranges; range++)
                body(range * grain, Math.Min(rows, (range + 1) * grain));
            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = ResolveThreads(threads) };
        try
        {
            Parallel.For(0, ranges, options, range => body(range * grain, (int)Math.Min(rows, (range + 1L) * grain)));
        }
        catch (AggregateException faults)
        {
            // Callers see what the work threw, as they would with one thread: a cancellation, a stated error.
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
