namespace LightDxml.Metrics;

/// <summary>How a count spreads over points or labels; all 0 where there are none.</summary>
/// <param name="Median">The middle value, or the mean of the two middle ones.</param>
public readonly record struct Spread(double Mean, double Median, int Max)
{
    /// <summary>The spread of these counts, in any order.</summary>
    public static Spread Of(ReadOnlySpan<int> counts)
    {
        if (counts.IsEmpty)
            return default;
        var sorted = counts.ToArray();
        Array.Sort(sorted);
        var total = 0L;
        foreach (var count in sorted)
            total += count;
        var (low, high) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return new Spread((double)total / sorted.Length, ((double)low + high) / 2, sorted[^1]);
    }
}
