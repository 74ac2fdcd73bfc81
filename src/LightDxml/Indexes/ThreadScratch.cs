namespace LightDxml.Indexes;

/// <summary>Each thread's working memory for searches; it grows to the largest search and is used again by the next.</summary>
internal static class ThreadScratch
{
    [ThreadStatic]
    private static float[]? _floats;

    [ThreadStatic]
    private static HnswScratch? _hnsw;

    [ThreadStatic]
    private static IvfScratch? _ivf;

    /// <summary>At least <paramref name="length"/> floats of any content, valid until the thread's next call.</summary>
    public static Span<float> Floats(int length)
    {
        if (_floats is null || _floats.Length < length)
            _floats = GC.AllocateUninitializedArray<float>(length);
        return _floats.AsSpan(0, length);
    }

    public static HnswScratch Hnsw => _hnsw ??= new HnswScratch();

    public static IvfScratch Ivf => _ivf ??= new IvfScratch();
}
