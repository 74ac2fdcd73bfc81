using LightDxml.Data;
using LightDxml.Metrics;

namespace LightDxml.Inference;

/// <summary>The baseline that looks at no feature: every point gets the labels that are most frequent in training.</summary>
internal static class MostFrequentLabels
{
    /// <summary>The <paramref name="k"/> most frequent labels, ties to the lower row, scored by the share of training points that have them.</summary>
    /// <param name="trainLabels">[points, labels].</param>
    /// <param name="pointCount">Points to predict for.</param>
    /// <param name="k">Labels a point; with fewer labels in all, the remaining places stay empty.</param>
    public static RankedLabels Predict(SparseMatrix trainLabels, int pointCount, int k)
    {
        ArgumentNullException.ThrowIfNull(trainLabels);
        var frequencies = LabelFrequencies.Count(trainLabels);
        var order = LabelFrequencies.MostFrequentFirst(frequencies);
        var predictions = new RankedLabels(pointCount, trainLabels.ColumnCount, k);
        var places = Math.Min(k, order.Length);
        for (var point = 0; point < pointCount; point++)
        {
            var labels = predictions.Labels(point);
            var scores = predictions.Scores(point);
            for (var place = 0; place < places; place++)
            {
                labels[place] = order[place];
                scores[place] = (float)frequencies[order[place]] / Math.Max(1, trainLabels.RowCount);
            }
        }

        return predictions;
    }
}
