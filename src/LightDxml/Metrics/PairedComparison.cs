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
    /// <returns>A difference (first − second) for each metric and rank.</returns>
    /// <exception cref="LightDxmlException">The scores are of different points, ranks or propensities.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static IReadOnlyList<PairedDifference> Of(PointScores first, PointScores second, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (first.PointCount != second.PointCount || !first.Ks.SequenceEqual(second.Ks) || first.HasPropensities != second.HasPropensities)
            throw new LightDxmlException("Methods can be compared only on the same points, at the same ranks and with the same propensities.");

        var differences = first.Minus(second);
        var replicates = Bootstrap.Replicates(differences, options);
        var sums = differences.Sum();
        var exceeding = CountExceeding(differences, sums, options);
        var results = new List<PairedDifference>();
        foreach (var metric in Bootstrap.MetricsOf(first))
        {
            for (var slot = 0; slot < first.Ks.Count; slot++)
            {
                var at = slot;
                var (low, high) = Bootstrap.Quantiles([.. replicates.Select(replicate => differences.Ratio(replicate, metric, at, first.PointCount))], options.Confidence);
                results.Add(new PairedDifference(
                    metric, first.Ks[slot], differences.Ratio(sums, metric, slot, first.PointCount), low, high,
                    (1.0 + exceeding[PointScores.Numerator(metric, slot)]) / (1.0 + options.Replicates)));
            }
        }

        return results;
    }

    // The denominators depend on the truth alone, so that swapping two results only turns the sign of the point's difference.
    private static int[] CountExceeding(PointScores differences, double[] observed, BootstrapOptions options)
    {
        var exceeding = new int[differences.Columns];
        RowRanges.ForEach(options.Replicates, grain: 8, options.Threads, (firstRound, end) =>
        {
            for (var round = firstRound; round < end; round++)
            {
                var random = new RandomNumbers(options.Seed, RandomPurpose.SignFlips, round);
                var sums = new double[differences.Columns];
                var bits = 0UL;
                for (var point = 0; point < differences.PointCount; point++)
                {
                    if (point % 64 == 0)
                        bits = random.NextWord();
                    var sign = (bits >> (point % 64) & 1) == 0 ? 1.0 : -1.0;
                    var row = differences.Row(point);
                    for (var column = 0; column < sums.Length; column++)
                        sums[column] += sign * row[column];
                }

                // Sums of the same numbers in another order of signs may differ in the last bits.
                for (var column = 0; column < sums.Length; column++)
                    if (Math.Abs(sums[column]) >= Math.Abs(observed[column]) * (1 - 1e-12))
                        Interlocked.Increment(ref exceeding[column]);
            }
        });
        return exceeding;
    }
}
