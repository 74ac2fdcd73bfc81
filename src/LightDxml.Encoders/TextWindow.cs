namespace LightDxml.Encoders;

/// <summary>Consecutive tokens of a text that the network reads at once.</summary>
/// <param name="Text">The text's number.</param>
/// <param name="Start">The first of the text's tokens.</param>
/// <param name="Length">Tokens, without marks.</param>
internal readonly record struct TextWindow(int Text, int Start, int Length)
{
    /// <summary>Tokens in a batch: more cost time, since the network's memory then leaves the processor's cache (docs/encoders.md).</summary>
    private const int TokensPerBatch = 256;

    /// <summary>A text's windows, in order: as few as hold its tokens, all but the last full.</summary>
    public static IEnumerable<TextWindow> Of(int text, int tokens, int room)
    {
        for (var start = 0; start < tokens; start += room)
            yield return new TextWindow(text, start, Math.Min(room, tokens - start));
    }

    /// <summary>Batches of windows of the same length, the longest first.</summary>
    /// <param name="windows">Reordered: a batch is a range of it.</param>
    /// <param name="marks">Tokens that each window has besides.</param>
    /// <param name="alone">Every window is a batch.</param>
    public static List<(int First, int Count)> Batch(TextWindow[] windows, int marks, bool alone)
    {
        Array.Sort(windows, static (a, b) => a.Length != b.Length ? b.Length.CompareTo(a.Length) : a.Text != b.Text ? a.Text.CompareTo(b.Text) : a.Start.CompareTo(b.Start));
        var batches = new List<(int, int)>();
        for (var first = 0; first < windows.Length;)
        {
            var length = windows[first].Length;
            var most = alone ? 1 : Math.Max(1, TokensPerBatch / (length + marks));
            var end = first + 1;
            while (end < windows.Length && end - first < most && windows[end].Length == length)
                end++;
            batches.Add((first, end - first));
            first = end;
        }

        return batches;
    }
}
