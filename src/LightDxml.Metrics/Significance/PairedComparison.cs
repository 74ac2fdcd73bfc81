namespace LightDxml.Metrics;

/// <summary>A metric of one method minus that of another, on the same points.</summary>
/// <param name="Low">Lower end of the difference's bootstrap interval.</param>
/// <param name="PValue">How often a difference at least so large, in either direction, would come up if the two methods were alike.</param>
public sealed record PairedDifference(RankingMetric Metric, int K, double Difference, double Low, double High, double PValue);

/// <summary>
/// Is one method better than another? Both are measured on the same points, so that what is hard for both cancels out.
/// The interval is a paired bootstrap; the p-value a randomisation test (Noreen 1989): each point's two results are swapped
/// with probability one half, and the share of the rounds counts whose difference is at least as large as the observed one.
/// </summary>
public static class PairedComparison
{
    // Rounds whose sums are taken together, as in the bootstrap.
    private const int Together = 8;

    /// <returns>A difference (first − second) for each metric and rank.</returns>
    /// <exception cref="LightDxmlException">The scores are of different points, ranks or propensities.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static IReadOnlyList<PairedDifference> Of(PointScores first, PointScores second, BootstrapOptions options) =>
        Of(Bootstrap.Of(first, options), Bootstrap.Of(second, options));

    /// <inheritdoc cref="Of(PointScores, PointScores, BootstrapOptions)"/>
    public static IReadOnlyList<PairedDifference> Of(Bootstrap first, Bootstrap second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (a, b) = (first.Scores, second.Scores);
        if (a.PointCount != b.PointCount || !a.Ks.SequenceEqual(b.Ks) || a.HasPropensities != b.HasPropensities || first.Options != second.Options || !a.HasDenominatorsOf(b))
            throw new LightDxmlException("Methods can be compared only on the same documents, at the same ranks, with the same propensities and the same resampling.");

        var exceeding = CountExceeding(a, b, first.Options);
        return
        [
            .. a.Metrics.SelectMany(metric => a.Ks.Select((k, slot) =>
            {
                var (low, high) = Interval.Of(first.Values(metric, slot).Zip(second.Values(metric, slot), (x, y) => x - y), first.Options.Confidence);
                return new PairedDifference(
                    metric, k, first.Figure(metric, slot) - second.Figure(metric, slot), low, high, (1.0 + exceeding[(metric, slot)]) / (1.0 + first.Options.Replicates));
            })),
        ];
    }

    private static Dictionary<(RankingMetric Metric, int Slot), int> CountExceeding(PointScores first, PointScores second, BootstrapOptions options)
    {
        // The denominators depend on the truth alone, so that swapping two results only turns the sign of the point's difference.
        var points = first.Minus(second);
        var labels = new LabelSwaps(first.Labels, second.Labels);
        var observed = new double[points.Columns];
        points.WeightedSums([[.. Enumerable.Repeat(1, points.PointCount)]])[0].CopyTo(observed, 0);
        var observedByLabel = new double[LabelPlaces.Metrics.Count * first.Ks.Count];
        labels.Differences(new ulong[points.PointCount / 64 + 1], observedByLabel);
        var (exceeding, exceedingByLabel) = (new int[observed.Length], new int[observedByLabel.Length]);
        RowRanges.ForEach(options.Replicates, Together, options.Threads, (firstRound, end) =>
        {
            var swapped = Enumerable.Range(firstRound, end - firstRound).Select(round => Draw(points.PointCount, options.Seed, round)).ToArray();
            var sums = points.WeightedSums([.. swapped.Select(bits => Signs(bits, points.PointCount))]);
            var byLabel = new double[observedByLabel.Length];
            for (var round = 0; round < swapped.Length; round++)
            {
                labels.Differences(swapped[round], byLabel);
                Count(sums[round], observed, exceeding);
                Count(byLabel, observedByLabel, exceedingByLabel);
            }
        });
        return first.Metrics.SelectMany(metric => Enumerable.Range(0, first.Ks.Count).Select(slot => (metric, slot))).ToDictionary(
            key => key,
            key => PointScores.IsByLabel(key.metric) ? exceedingByLabel[LabelPlaces.Index(key.metric, key.slot, first.Ks.Count)] : exceeding[PointScores.Numerator(key.metric, key.slot)]);
    }

    // Sums of the same numbers in another order of signs may differ in the last bits.
    private static void Count(double[] values, double[] observed, int[] exceeding)
    {
        for (var column = 0; column < values.Length; column++)
            if (Math.Abs(values[column]) >= Math.Abs(observed[column]) * (1 - 1e-12))
                Interlocked.Increment(ref exceeding[column]);
    }

    private static ulong[] Draw(int points, int seed, int round)
    {
        var random = new RandomNumbers(seed, RandomPurpose.SignFlips, round);
        var bits = new ulong[points / 64 + 1];
        for (var word = 0; word < bits.Length; word++)
            bits[word] = random.NextWord();
        return bits;
    }

    private static int[] Signs(ulong[] swapped, int points)
    {
        var signs = new int[points];
        for (var point = 0; point < points; point++)
            signs[point] = (swapped[point / 64] >> (point % 64) & 1) == 0 ? 1 : -1;
        return signs;
    }
}
