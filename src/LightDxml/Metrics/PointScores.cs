using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Of each point what it adds to the metrics: the material of <see cref="Bootstrap"/> and <see cref="PairedComparison"/>.</summary>
public sealed class PointScores
{
    internal const int MetricCount = 6;
    private const int PartsOfSlot = 8;
    private readonly int[] _ks;

    // [points × columns]: for each rank six numerators and two denominators; in the last column whether the point has labels.
    private readonly double[] _values;

    private PointScores(int[] ks, int pointCount, bool hasPropensities)
    {
        (_ks, PointCount, HasPropensities) = (ks, pointCount, hasPropensities);
        Columns = ks.Length * PartsOfSlot + 1;
        _values = new double[(long)pointCount * Columns];
    }

    public IReadOnlyList<int> Ks => _ks;

    public int PointCount { get; }

    /// <summary>Without propensities the propensity-scored metrics are missing.</summary>
    public bool HasPropensities { get; }

    internal int Columns { get; }

    internal ReadOnlySpan<double> Row(int point) => _values.AsSpan((int)((long)point * Columns), Columns);

    /// <summary>The column of a metric's numerator.</summary>
    internal static int Numerator(RankingMetric metric, int slot) => slot * PartsOfSlot + (int)metric;

    /// <summary>The metric of points whose rows add up to <paramref name="sums"/>.</summary>
    internal double Ratio(ReadOnlySpan<double> sums, RankingMetric metric, int slot, int points)
    {
        var over = metric switch
        {
            RankingMetric.Precision => (double)points * _ks[slot],
            RankingMetric.Recall => sums[^1],
            RankingMetric.PropensityScoredPrecision => sums[slot * PartsOfSlot + MetricCount],
            RankingMetric.PropensityScoredNdcg => sums[slot * PartsOfSlot + MetricCount + 1],
            _ => points,
        };
        return over > 0 ? sums[Numerator(metric, slot)] / over : 0;
    }

    /// <summary>Differences of the numerators over the common denominators, which depend on the truth alone.</summary>
    internal PointScores Minus(PointScores other)
    {
        var differences = new PointScores(_ks, PointCount, HasPropensities);
        _values.CopyTo(differences._values);
        for (var i = 0; i < _values.Length; i++)
            if (i % Columns is var column && column < Columns - 1 && column % PartsOfSlot < MetricCount)
                differences._values[i] -= other._values[i];
        return differences;
    }

    internal double[] Sum()
    {
        var sums = new double[Columns];
        for (var point = 0; point < PointCount; point++)
        {
            var row = Row(point);
            for (var column = 0; column < sums.Length; column++)
                sums[column] += row[column];
        }

        return sums;
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
        var scores = new PointScores(ks, truth.RowCount, inversePropensities is not null);
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
