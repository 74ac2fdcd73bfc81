namespace LightDxml;

/// <summary>How much working memory is kept for calls to come.</summary>
internal static class ScratchPools
{
    /// <summary>
    /// Calls whose scratch is kept. A server runs more calls at once than it has processors, each of which holds on to its scratch
    /// while it waits for one; what is not kept would be made anew by every call beyond.
    /// </summary>
    public static int Retained { get; } = Math.Max(16, 2 * Environment.ProcessorCount);
}
