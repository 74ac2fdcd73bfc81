using LightDxml.Configuration;

namespace LightDxml.Metrics;

/// <summary>How much to resample.</summary>
/// <param name="Replicates">Resamples; the ends of an interval are quantiles of so many values.</param>
/// <param name="Confidence">Share of the replicates that an interval holds.</param>
/// <param name="Seed">The same seed gives the same intervals, with any number of threads.</param>
/// <param name="Threads">Threads at most; 0 is one for each processor.</param>
public sealed record BootstrapOptions(int Replicates = 1000, double Confidence = 0.95, int Seed = 1, int Threads = 0)
{
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public BootstrapOptions Validate()
    {
        Check.Range(Replicates, 10, int.MaxValue, "bootstrap.replicates");
        Check.Range(Confidence, 0.5, 0.9999, "bootstrap.confidence");
        Check.Range(Threads, 0, int.MaxValue, "bootstrap.threads");
        return this;
    }
}

/// <summary>A percentile interval.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>
/// Confidence intervals by the percentile bootstrap: test points are drawn with replacement, as many as there are, and the
/// metric is computed anew. They say how far a figure would move on another test set of this size from the same source;
/// nothing is said of another training run.
/// </summary>
public static class Bootstrap
{
    /// <summary>[ranks] intervals of a metric.</summary>
    /// <exception cref="OptionsException">An option is out of its range.</exception>
    public static IReadOnlyDictionary<RankingMetric, IReadOnlyList<Interval>> Intervals(PointScores scores, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var metrics = MetricsOf(scores);
        var replicates = Replicates(scores, options);
        var intervals = new Dictionary<RankingMetric, IReadOnlyList<Interval>>();
        foreach (var metric in metrics)
        {
            intervals[metric] = [.. Enumerable.Range(0, scores.Ks.Count).Select(slot =>
                Quantiles([.. replicates.Select(sums => scores.Ratio(sums, metric, slot, scores.PointCount))], options.Confidence))];
        }

        return intervals;
    }

    internal static IReadOnlyList<RankingMetric> MetricsOf(PointScores scores) =>
        [.. Enum.GetValues<RankingMetric>().Where(metric =>
            scores.HasPropensities || metric is not (RankingMetric.PropensityScoredPrecision or RankingMetric.PropensityScoredNdcg))];

    /// <summary>[replicates][columns] sums over the points that each replicate drew.</summary>
    internal static double[][] Replicates(PointScores scores, BootstrapOptions options)
    {
        var replicates = new double[options.Replicates][];
        RowRanges.ForEach(options.Replicates, grain: 8, options.Threads, (first, end) =>
        {
            var counts = new int[scores.PointCount];
            for (var replicate = first; replicate < end; replicate++)
            {
                Draw(counts, options.Seed, replicate);
                var sums = new double[scores.Columns];
                for (var point = 0; point < counts.Length; point++)
                    if (counts[point] > 0)
                        Add(counts[point], scores.Row(point), sums);
                replicates[replicate] = sums;
            }
        });
        return replicates;
    }

    internal static Interval Quantiles(double[] values, double confidence)
    {
        Array.Sort(values);
        return new Interval(Quantile((1 - confidence) / 2), Quantile((1 + confidence) / 2));

        // Linear between the two nearest values.
        double Quantile(double share)
        {
            var at = share * (values.Length - 1);
            var below = (int)at;
            return below + 1 < values.Length ? values[below] + (at - below) * (values[below + 1] - values[below]) : values[below];
        }
    }

    private static void Draw(int[] counts, int seed, int replicate)
    {
        Array.Clear(counts);
        var random = new RandomNumbers(seed, RandomPurpose.Resampling, replicate);
        for (var i = 0; i < counts.Length; i++)
            counts[random.Next(counts.Length)]++;
    }

    private static void Add(double count, ReadOnlySpan<double> row, Span<double> sums)
    {
        for (var column = 0; column < sums.Length; column++)
            sums[column] += count * row[column];
    }
}
