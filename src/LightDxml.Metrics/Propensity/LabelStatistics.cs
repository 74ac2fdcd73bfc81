using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>The size and shape of a data set.</summary>
public sealed record LabelStatistics
{
    /// <summary>Number of points.</summary>
    public required int PointCount { get; init; }

    /// <summary>Number of features, unused ones included.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>Number of labels, those without points included.</summary>
    public required int LabelCount { get; init; }

    /// <summary>(point, feature) pairs.</summary>
    public required long FeatureNonZeros { get; init; }

    /// <summary>(point, label) pairs.</summary>
    public required long LabelPairs { get; init; }

    /// <summary>Points that have no feature.</summary>
    public required int PointsWithoutFeatures { get; init; }

    /// <summary>Points that have no label.</summary>
    public required int PointsWithoutLabels { get; init; }

    /// <summary>Labels that no point has.</summary>
    public required int LabelsWithoutPoints { get; init; }

    /// <summary>Features of a point, over all points.</summary>
    public required Spread FeaturesPerPoint { get; init; }

    /// <summary>Labels of a point, over all points.</summary>
    public required Spread LabelsPerPoint { get; init; }

    /// <summary>Points of a label, over all labels.</summary>
    public required Spread PointsPerLabel { get; init; }

    /// <summary>Share of the (point, label) pairs that the most frequent tenth of the labels holds, 0.1 where all labels are alike.</summary>
    public required double HeadShare { get; init; }

    /// <summary>Counts a data set.</summary>
    public static LabelStatistics Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var featureCounts = RowLengths(dataset.Features);
        var labelCounts = RowLengths(dataset.Labels);
        var frequencies = LabelFrequencies.Count(dataset.Labels);
        return new LabelStatistics
        {
            PointCount = dataset.PointCount,
            FeatureCount = dataset.FeatureCount,
            LabelCount = dataset.LabelCount,
            FeatureNonZeros = dataset.Features.NonZeroCount,
            LabelPairs = dataset.Labels.NonZeroCount,
            PointsWithoutFeatures = featureCounts.Count(n => n == 0),
            PointsWithoutLabels = labelCounts.Count(n => n == 0),
            LabelsWithoutPoints = frequencies.Count(n => n == 0),
            FeaturesPerPoint = Spread.Of(featureCounts),
            LabelsPerPoint = Spread.Of(labelCounts),
            PointsPerLabel = Spread.Of(frequencies),
            HeadShare = HeadShareOf(frequencies),
        };
    }

    private static double HeadShareOf(int[] frequencies)
    {
        var order = LabelFrequencies.MostFrequentFirst(frequencies);
        long head = 0, all = 0;
        for (var place = 0; place < order.Length; place++)
        {
            all += frequencies[order[place]];
            if (place < (order.Length + 9) / 10)
                head += frequencies[order[place]];
        }

        return (double)head / Math.Max(1, all);
    }

    private static int[] RowLengths(SparseMatrix matrix)
    {
        var lengths = new int[matrix.RowCount];
        for (var row = 0; row < lengths.Length; row++)
            lengths[row] = matrix.RowLength(row);
        return lengths;
    }
}
