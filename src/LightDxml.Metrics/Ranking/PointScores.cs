using System.Numerics;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Of each point, and of each label, what it adds to the metrics: the material of <see cref="Bootstrap"/> and <see cref="PairedComparison"/>.</summary>
public sealed class PointScores
{
    private const int MetricCount = 6;

    // Points whose rows fit the second-level cache.
    private const int Tile = 512;
    private const int PartsOfSlot = 8;
    private readonly int[] _ks;

    // [points × columns]: for each rank six numerators and two denominators; in the last column whether the point has labels.
    private readonly double[] _values;

    private PointScores(int[] ks, int pointCount, bool hasPropensities, LabelPlaces labels)
    {
        (_ks, Ks, PointCount, HasPropensities, Labels) = (ks, ReadOnlyList.Of<int>(ks), pointCount, hasPropensities, labels);
        Columns = ColumnsOf(pointCount, ks.Length);
        _values = new double[(long)pointCount * Columns];
    }

    /// <summary>The ranks k that were measured, ascending.</summary>
    public IReadOnlyList<int> Ks { get; }

    /// <summary>Number of points, those without labels included.</summary>
    public int PointCount { get; }

    /// <summary>Without propensities the propensity-scored metrics are missing.</summary>
    public bool HasPropensities { get; }

    /// <summary>The metrics that can be computed.</summary>
    public IReadOnlyList<RankingMetric> Metrics => [.. Enum.GetValues<RankingMetric>().Where(metric =>
        HasPropensities || metric is not (RankingMetric.PropensityScoredPrecision or RankingMetric.PropensityScoredNdcg))];

    internal LabelPlaces Labels { get; }

    internal int Columns { get; }

    /// <summary>Whether a metric is a mean over labels, not over points.</summary>
    internal static bool IsByLabel(RankingMetric metric) => LabelPlaces.Metrics.Contains(metric);

    /// <summary>[metric][slot] over test sets in which point i counts counts[i] times.</summary>
    /// <param name="counts">[sets][points].</param>
    internal Dictionary<RankingMetric, double[]>[] MetricsOf(int[][] counts)
    {
        var sums = WeightedSums(counts);
        return [.. counts.Select((ofSet, set) =>
        {
            var averages = new double[LabelPlaces.Metrics.Count * _ks.Length];
            Labels.Average(ofSet, averages);
            return Metrics.ToDictionary(metric => metric, metric => _ks.Select((_, slot) => IsByLabel(metric)
                ? averages[LabelPlaces.Index(metric, slot, _ks.Length)]
                : Ratio(sums[set], metric, slot)).ToArray());
        })];
    }

    /// <exception cref="LightDxmlException">The points are too many for so many ranks.</exception>
    internal static int ColumnsOf(int pointCount, int ranks)
    {
        var columns = ranks * PartsOfSlot + 1;
        return (long)pointCount * columns <= Array.MaxLength
            ? columns
            : throw new LightDxmlException($"{pointCount} documents × {columns} numbers of {ranks} ranks are more than one array can hold; take fewer documents or ranks.");
    }

    /// <summary>The column of a metric's numerator.</summary>
    internal static int Numerator(RankingMetric metric, int slot) => slot * PartsOfSlot + (int)metric;

    /// <summary>The metric of points whose rows add up to <paramref name="sums"/>.</summary>
    internal double Ratio(ReadOnlySpan<double> sums, RankingMetric metric, int slot)
    {
        var over = metric switch
        {
            RankingMetric.Precision => (double)PointCount * _ks[slot],
            RankingMetric.Recall => sums[^1],
            RankingMetric.PropensityScoredPrecision => sums[slot * PartsOfSlot + MetricCount],
            RankingMetric.PropensityScoredNdcg => sums[slot * PartsOfSlot + MetricCount + 1],
            _ => PointCount,
        };
        return over > 0 ? sums[Numerator(metric, slot)] / over : 0;
    }

    /// <summary>Whether the denominators, which depend on the truth and the propensities alone, are those of others of as many points and ranks.</summary>
    internal bool HasDenominatorsOf(PointScores other)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if ((i % Columns == Columns - 1 || i % Columns % PartsOfSlot >= MetricCount) && _values[i] != other._values[i])
                return false;
        }

        return true;
    }

    /// <summary>Differences of the numerators over the common denominators, which depend on the truth alone.</summary>
    internal PointScores Minus(PointScores other)
    {
        var differences = new PointScores(_ks, PointCount, HasPropensities, Labels);
        _values.CopyTo(differences._values);
        for (var i = 0; i < _values.Length; i++)
            if (i % Columns is var column && column < Columns - 1 && column % PartsOfSlot < MetricCount)
                differences._values[i] -= other._values[i];
        return differences;
    }

    /// <summary>[weights][columns] Σ over points of the point's weight times its row; sums run in the order of points.</summary>
    /// <param name="weights">[weights][points].</param>
    internal double[][] WeightedSums(int[][] weights)
    {
        var sums = weights.Select(_ => new double[Columns]).ToArray();
        for (var tile = 0; tile < PointCount; tile += Tile)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                for (var point = tile; point < Math.Min(PointCount, tile + Tile); point++)
                    if (weights[i][point] != 0)
                        Add(weights[i][point], _values.AsSpan((int)((long)point * Columns), Columns), sums[i]);
            }
        }

        return sums;
    }

    // Multiplied and then added, never fused, so that every processor has the same bits.
    private static void Add(double weight, ReadOnlySpan<double> row, Span<double> sums)
    {
        var column = 0;
        for (; column <= sums.Length - Vector<double>.Count; column += Vector<double>.Count)
            (new Vector<double>(sums[column..]) + weight * new Vector<double>(row[column..])).CopyTo(sums[column..]);
        for (; column < sums.Length; column++)
            sums[column] += weight * row[column];
    }

    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="inversePropensities">[labels], or null for no propensity-scored metrics.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree, or a point ranks a label twice.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static PointScores Of(RankedLabels predictions, SparseMatrix truth, EvaluationOptions options, double[]? inversePropensities = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        EvaluationInput.Check(predictions, truth, inversePropensities);
        int[] ks = [.. options.Ks];
        _ = ColumnsOf(truth.RowCount, ks.Length);
        var scores = new PointScores(ks, truth.RowCount, inversePropensities is not null, LabelPlaces.Of(predictions, truth, ks));
        RowRanges.ForEach(truth.RowCount, Evaluator.RangePoints, options.Threads, (first, end) =>
        {
            var sums = new RankingSums(ks, inversePropensities, labelCounts: null);
            for (var point = first; point < end; point++)
            {
                sums.Clear();
                sums.AddPoint(predictions.Labels(point), truth.RowColumns(point));
                scores.Fill(point, sums);
            }
        });
        return scores;
    }

    private void Fill(int point, RankingSums sums)
    {
        var row = _values.AsSpan((int)((long)point * Columns), Columns);
        for (var slot = 0; slot < _ks.Length; slot++)
        {
            row[Numerator(RankingMetric.Precision, slot)] = sums.Hits[slot];
            row[Numerator(RankingMetric.Ndcg, slot)] = sums.Ndcg[slot];
            row[Numerator(RankingMetric.Recall, slot)] = sums.Recall[slot];
            row[Numerator(RankingMetric.PropensityScoredPrecision, slot)] = sums.WeightedHits[slot];
            row[Numerator(RankingMetric.PropensityScoredNdcg, slot)] = sums.WeightedNdcg[slot];
            row[Numerator(RankingMetric.Abandonment, slot)] = sums.Abandoned[slot];
            row[slot * PartsOfSlot + MetricCount] = sums.WeightedIdeal[slot];
            row[slot * PartsOfSlot + MetricCount + 1] = sums.WeightedNdcgIdeal[slot];
        }

        row[^1] = 1 - sums.PointsWithoutLabels;
    }
}
