using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Metrics of assigning some of the ranked labels and not the others. Labels that a ranking leaves out count as not assigned.</summary>
/// <param name="AssignedPerPoint">Assignments over points.</param>
/// <param name="MicroPrecision">Right assignments over assignments.</param>
/// <param name="MicroRecall">Right assignments over the test set's labels.</param>
/// <param name="MicroF1">2 · right assignments / (assignments + the test set's labels).</param>
/// <param name="MacroF1">Mean over the labels that a test point has of each label's F1.</param>
public sealed record AssignmentScores(double AssignedPerPoint, double MicroPrecision, double MicroRecall, double MicroF1, double MacroF1)
{
    /// <summary>The first k places of every point are assigned, whatever their scores.</summary>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    public static AssignmentScores TopK(RankedLabels predictions, SparseMatrix truth, int k) =>
        Of(predictions, truth, (_, place, _, _) => place < k);

    /// <summary>One threshold for all labels: the best for micro-F1 on one half of the points, applied to the other, and the other way round.</summary>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    public static AssignmentScores OneThreshold(RankedLabels predictions, SparseMatrix truth)
    {
        var onOdd = ThresholdSweep.Best(predictions, truth, PointSlice.Odd);
        var onEven = ThresholdSweep.Best(predictions, truth, PointSlice.Even);
        return Of(predictions, truth, (point, _, _, score) => score >= (PointSlice.Even.Contains(point) ? onOdd : onEven));
    }

    /// <summary>A threshold for each label: the best for its F1 on one half of the points, applied to the other, and the other way round.</summary>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    public static AssignmentScores ThresholdPerLabel(RankedLabels predictions, SparseMatrix truth)
    {
        var onOdd = LabelThresholds.Fit(predictions, truth, PointSlice.Odd);
        var onEven = LabelThresholds.Fit(predictions, truth, PointSlice.Even);
        return Of(predictions, truth, (point, _, label, score) => score >= (PointSlice.Even.Contains(point) ? onOdd : onEven)[label]);
    }

    /// <param name="assigned">(point, place, label, score) → whether the label is assigned.</param>
    internal static AssignmentScores Of(RankedLabels predictions, SparseMatrix truth, Func<int, int, int, float, bool> assigned)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        return Of(predictions, truth, LabelFrequencies.Count(truth), assigned, threads: 1);
    }

    /// <summary>The same of checked inputs.</summary>
    /// <param name="truthCounts">[labels] points with the label.</param>
    internal static AssignmentScores Of(RankedLabels predictions, SparseMatrix truth, int[] truthCounts, Func<int, int, int, float, bool> assigned, int threads)
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
                    if (labels[place] >= 0 && assigned(point, place, labels[place], scores[place]))
                        counts.Add(0, labels[place], relevant.BinarySearch(labels[place]) >= 0);
            }
        });
        var (assignments, precision, recall, f1) = counts.Pool(0, truthCounts);
        return new AssignmentScores((double)assignments / Math.Max(1, truth.RowCount), precision, recall, f1, counts.Average(truthCounts).F1[0]);
    }
}
