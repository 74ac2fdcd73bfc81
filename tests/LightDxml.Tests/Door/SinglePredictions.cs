using LightDxml.Data;

namespace LightDxml.Tests.Door;

/// <summary>Predictions of many rows beside those of one.</summary>
internal static class SinglePredictions
{
    /// <summary>Each row alone is predicted the labels and scores that it has among many.</summary>
    public static void AssertSame(RankedLabels many, FeatureClassifier classifier, SparseMatrix rows)
    {
        var (labels, scores) = (new int[many.Width], new float[many.Width]);
        for (var row = 0; row < rows.RowCount; row++)
        {
            classifier.Predict(rows.RowColumns(row), rows.RowValues(row), labels, scores);
            Assert.Equal(many.Labels(row).ToArray(), labels);
            Assert.Equal(many.Scores(row).ToArray(), scores);
        }
    }
}
