namespace LightDxml.Text.Vectors;

/// <summary>How far the encoding of texts is.</summary>
/// <param name="Done">Texts that have their vector.</param>
/// <param name="Total">Texts in all.</param>
/// <param name="Left">The time left, estimated from the time so far; null before there is any to go by.</param>
internal readonly record struct TextEncodingProgress(int Done, int Total, TimeSpan? Left)
{
    /// <param name="doneHere">Texts that took the time; others came from a cache.</param>
    public static TextEncodingProgress After(TimeSpan elapsed, int doneHere, int done, int total) =>
        new(done, total, done == total ? TimeSpan.Zero : doneHere == 0 ? null : elapsed * ((double)(total - done) / doneHere));
}
