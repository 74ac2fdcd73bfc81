using System.Globalization;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Checks that predictions, truth and propensities are of the same points and labels, and numbers to compute with.</summary>
internal static class EvaluationInput
{
    /// <exception cref="LightDxmlException">They are not, or a point ranks a label twice or by a score that is no number.</exception>
    public static void Check(RankedLabels predictions, SparseMatrix truth, double[]? inversePropensities)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(truth);
        if (predictions.PointCount != truth.RowCount)
            throw new LightDxmlException($"The predictions are of {predictions.PointCount} documents, but the test set has {truth.RowCount}.");
        if (inversePropensities is not null && inversePropensities.Length != truth.ColumnCount)
            throw new LightDxmlException(
                $"The propensities are of {inversePropensities.Length} labels, but the test set has {truth.ColumnCount}; train and test set must share their labels.");
        if (inversePropensities is not null && Array.FindIndex(inversePropensities, inverse => !(inverse >= 0 && double.IsFinite(inverse))) is >= 0 and var wrong)
            throw new LightDxmlException(string.Create(CultureInfo.InvariantCulture, $"The inverse propensity of label {wrong} is {inversePropensities[wrong]}, expected a finite number that is not negative."));

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

            if (predictions.HasScores && predictions.Scores(point)[..predictions.RankedCount(point)].IndexOf(float.NaN) is >= 0 and var place)
                throw new LightDxmlException($"Document {point} ranks label {predictions.Labels(point)[place]} by a score that is not a number.");
        }
    }
}
