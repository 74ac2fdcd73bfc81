namespace LightDxml.Metrics;

/// <summary>Sums over points of what the hits on each bin's labels count; one object a range of points, added in range order.</summary>
/// <param name="ks">Ascending ranks; every array is [bins × ranks].</param>
/// <param name="inversePropensities">[labels], or null.</param>
internal sealed class TailSums(FrequencyBins bins, int[] ks, double[]? inversePropensities)
{
    public double[] Hits { get; } = new double[bins.Bins.Count * ks.Length];

    public double[] Recall { get; } = new double[bins.Bins.Count * ks.Length];

    public double[] WeightedHits { get; } = new double[bins.Bins.Count * ks.Length];

    /// <param name="ranking">Label rows, best first, −1 where not filled.</param>
    /// <param name="truth">The point's label rows, ascending.</param>
    public void AddPoint(ReadOnlySpan<int> ranking, ReadOnlySpan<int> truth)
    {
        var places = Math.Min(ranking.Length, ks[^1]);
        for (var place = 0; place < places; place++)
        {
            var label = ranking[place];
            if (label < 0 || truth.BinarySearch(label) < 0)
                continue;
            var row = bins.BinOf(label) * ks.Length;
            for (var slot = ks.Length - 1; slot >= 0 && ks[slot] > place; slot--)
            {
                Hits[row + slot]++;
                Recall[row + slot] += 1.0 / truth.Length;
                WeightedHits[row + slot] += inversePropensities?[label] ?? 0;
            }
        }
    }

    public void Add(TailSums other)
    {
        for (var i = 0; i < Hits.Length; i++)
        {
            Hits[i] += other.Hits[i];
            Recall[i] += other.Recall[i];
            WeightedHits[i] += other.WeightedHits[i];
        }
    }
}
