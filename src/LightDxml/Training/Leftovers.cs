namespace LightDxml.Training;

/// <summary>What a phase leaves behind: hundreds of megabytes that the collector would keep, beside those of the next phase, until it has reason to look.</summary>
internal static class Leftovers
{
    /// <summary>Below this the heap is not worth a look.</summary>
    private const long LeastHeap = 256L << 20;

    public static void Collect()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) >= LeastHeap)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
