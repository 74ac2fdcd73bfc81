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
        var scores = AssignmentScores.Of(predictions, truth, truthCounts, (_, _, _, score) => score >= threshold, threads);
        return new ThresholdScores(threshold, scores.MicroPrecision, scores.MicroRecall, scores.MicroF1, scores.MacroF1);
    }
}
