namespace LightDxml.Metrics;

/// <summary>A percentile interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The part of the interval that a bounded figure can take.</summary>
    internal Interval Within(double least, double most) => new(Math.Clamp(Low, least, most), Math.Clamp(High, least, most));

    /// <summary>The middle share <paramref name="confidence"/> of the values, whose order is free.</summary>
    internal static Interval Of(IEnumerable<double> values, double confidence)
    {
        double[] sorted = [.. values.Order()];
        return new Interval(Quantile((1 - confidence) / 2), Quantile((1 + confidence) / 2));

        // Linear between the two nearest values.
        double Quantile(double share)
        {
            var at = share * (sorted.Length - 1);
            var below = (int)at;
            return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
        }
    }
}

/// <summary>
/// The metrics of one method on resampled test sets: test points are drawn with replacement, as many as there are, and every
/// metric is computed anew. Intervals of these values say how far a figure would move on another test set of this size from
/// the same source; nothing is said of another training run. Two methods with the same options see the same draws.
/// </summary>
public sealed class Bootstrap
{
    // Replicates whose sums are taken together, so that a tile of points is read from memory once for all of them.
    private const int Together = 8;

    // [metric][slot][replicate].
    private readonly Dictionary<RankingMetric, double[][]> _values;

    private readonly Dictionary<RankingMetric, double[]> _figures;

    private Bootstrap(PointScores scores, BootstrapOptions options, Dictionary<RankingMetric, double[]> figures, Dictionary<RankingMetric, double[][]> values) =>
        (Scores, Options, _figures, _values) = (scores, options, figures, values);

    /// <summary>The scores per point that are resampled.</summary>
    public PointScores Scores { get; }

    /// <summary>How they are resampled.</summary>
    public BootstrapOptions Options { get; }

    /// <summary>The metric on the test set as it is: the evaluator's.</summary>
    /// <param name="slot">Index of the rank.</param>
    public double Figure(RankingMetric metric, int slot) => _figures[metric][slot];

    /// <summary>The value of a metric in every replicate.</summary>
    /// <param name="slot">Index of the rank.</param>
    public IReadOnlyList<double> Values(RankingMetric metric, int slot) => _values[metric][slot];

    /// <summary>
    /// [ranks] intervals of each metric: percentile intervals, of means over labels those of replicates without their bias. They
    /// end at 0 and 1, as the metrics do.
    /// </summary>
    public IReadOnlyDictionary<RankingMetric, IReadOnlyList<Interval>> Intervals() => _values.ToDictionary(
        entry => entry.Key,
        entry => (IReadOnlyList<Interval>)[.. entry.Value.Select(values => Interval.Of(values, Options.Confidence).Within(0, 1))]);

    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static Bootstrap Of(PointScores scores, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var figures = scores.MetricsOf([[.. Enumerable.Repeat(1, scores.PointCount)]])[0];
        var values = figures.ToDictionary(entry => entry.Key, entry => entry.Value.Select(_ => new double[options.Replicates]).ToArray());
        RowRanges.ForEach(options.Replicates, Together, options.Threads, (first, end) =>
        {
            var drawn = scores.MetricsOf([.. Enumerable.Range(first, end - first).Select(replicate => Draw(scores.PointCount, options.Seed, replicate))]);
            foreach (var (metric, ofMetric) in values)
                for (var slot = 0; slot < ofMetric.Length; slot++)
                    for (var i = 0; i < drawn.Length; i++)
                        ofMetric[slot][first + i] = drawn[i][metric][slot];
        });
        foreach (var (metric, ofMetric) in values.Where(entry => PointScores.IsByLabel(entry.Key)))
            for (var slot = 0; slot < ofMetric.Length; slot++)
                Centre(ofMetric[slot], figures[metric][slot]);
        return new Bootstrap(scores, options, figures, values);
    }

    // A resample omits about a third of the points and with them, of a label with few points, the one that hits it. This biases
    // means over labels downwards, often by more than their spread. The mean difference is the bootstrap's estimate of that bias;
    // without it the replicates lie around the figure.
    private static void Centre(double[] values, double figure)
    {
        var shift = figure - values.Average();
        for (var replicate = 0; replicate < values.Length; replicate++)
            values[replicate] += shift;
    }

    // [points] how often a replicate drew each point.
    private static int[] Draw(int points, int seed, int replicate)
    {
        var counts = new int[points];
        var random = new RandomNumbers(seed, RandomPurpose.Resampling, replicate);
        for (var i = 0; i < counts.Length; i++)
            counts[random.Next(counts.Length)]++;
        return counts;
    }
}
