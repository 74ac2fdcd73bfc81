using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Checks that predictions, truth and propensities are of the same points and labels.</summary>
internal static class EvaluationInput
{
    /// <exception cref="LightDxmlException">They are not, or a point ranks a label twice.</exception>
    public static void Check(RankedLabels predictions, SparseMatrix truth, double[]? inversePropensities)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(truth);
        if (predictions.PointCount != truth.RowCount)
            throw new LightDxmlException($"The predictions are of {predictions.PointCount} points, but the test set has {truth.RowCount}.");
        if (inversePropensities is not null && inversePropensities.Length != truth.ColumnCount)
            throw new LightDxmlException(
                $"The propensities are of {inversePropensities.Length} labels, but the test set has {truth.ColumnCount}; train and test set must share their labels.");

        var sorted = new int[predictions.Width];
        for (var point = 0; point < predictions.PointCount; point++)
        {
            predictions.Labels(point).CopyTo(sorted);
            sorted.AsSpan().Sort();
            if (sorted[^1] >= truth.ColumnCount)
                throw new LightDxmlException($"Point {point} ranks label {sorted[^1]}, but the test set has {truth.ColumnCount} labels.");
            for (var i = 1; i < sorted.Length; i++)
                if (sorted[i] >= 0 && sorted[i] == sorted[i - 1])
                    throw new LightDxmlException($"Point {point} ranks label {sorted[i]} twice.");
        }
    }
}
