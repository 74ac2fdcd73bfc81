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
            throw new LightDxmlException($"The predictions are of {predictions.PointCount} documents, but the test set has {truth.RowCount}.");
        if (inversePropensities is not null && inversePropensities.Length != truth.ColumnCount)
            throw new LightDxmlException(
                $"The propensities are of {inversePropensities.Length} labels, but the test set has {truth.ColumnCount}; train and test set must share their labels.");

        // [labels] the last point that ranked the label, counted from 1: every metric checks, so that a sort a point would tell.
        var rankedBy = new int[truth.ColumnCount];
        for (var point = 0; point < predictions.PointCount; point++)
        {
            foreach (var label in predictions.Labels(point))
            {
                if (label < 0)
                    continue;
                if (label >= rankedBy.Length)
                    throw new LightDxmlException($"Document {point} ranks label {label}, but the test set has {truth.ColumnCount} labels.");
                if (rankedBy[label] == point + 1)
                    throw new LightDxmlException($"Document {point} ranks label {label} twice.");
                rankedBy[label] = point + 1;
            }
        }
    }
}
