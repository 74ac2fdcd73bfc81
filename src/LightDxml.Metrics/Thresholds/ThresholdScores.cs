using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>
/// Metrics of assigning every ranked label whose score reaches a threshold. Labels that the ranking leaves out count as
/// not assigned: rank enough of them.
/// </summary>
/// <param name="MicroPrecision">Right assignments over assignments.</param>
/// <param name="MicroRecall">Right assignments over the test set's labels.</param>
/// <param name="MicroF1">2 · right assignments / (assignments + the test set's labels).</param>
/// <param name="MacroF1">Mean over the labels that a test point has of each label's F1.</param>
public sealed record ThresholdScores(double Threshold, double MicroPrecision, double MicroRecall, double MicroF1, double MacroF1)
{
    internal static ThresholdScores Of(RankedLabels predictions, SparseMatrix truth, int[] truthCounts, double threshold, int threads)
    {
        var counts = new LabelCounts(truth.ColumnCount, slots: 1);
        RowRanges.ForEach(truth.RowCount, Evaluator.RangePoints, threads, (first, end) =>
        {
            for (var point = first; point < end; point++)
            {
                var labels = predictions.Labels(point);
                var scores = predictions.Scores(point);
                var relevant = truth.RowColumns(point);
                for (var place = 0; place < labels.Length; place++)
                    if (labels[place] >= 0 && scores[place] >= threshold)
                        counts.Add(0, labels[place], relevant.BinarySearch(labels[place]) >= 0);
            }
        });
        var (precision, recall, f1) = counts.Pool(0, truthCounts);
        return new ThresholdScores(threshold, precision, recall, f1, counts.Average(truthCounts).F1[0]);
    }
}
