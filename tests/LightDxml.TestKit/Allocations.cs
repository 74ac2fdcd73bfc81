namespace LightDxml.TestKit;

/// <summary>Counts what work allocates once it is warm.</summary>
internal static class Allocations
{
    private const int Rounds = 8;

    /// <summary>
    /// The fewest bytes that the current thread allocated in one of some rounds. Work that allocates does so in every round; the
    /// runtime itself may allocate in one, when it compiles the work anew.
    /// </summary>
    public static long Least(Action work)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
