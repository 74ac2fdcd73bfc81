using System.Globalization;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;

namespace LightDxml.Cli.Output;

/// <summary>What is to be said of scores as probabilities, and of the labels that a threshold gives.</summary>
internal static class DecisionScores
{
    private const int Ranks = 5;

    /// <param name="isKnown">[documents] whether anything is known of a document.</param>
    /// <param name="predictions">Its labels below their threshold are taken off.</param>
    /// <param name="decisions">Which labels are given, or null where that was not asked for.</param>
    public static void Write(RankedLabels predictions, SparseMatrix truth, ReadOnlySpan<bool> isKnown, Decisions? decisions, TextWriter output)
    {
        if (ReliabilityCurve.Of(predictions, truth, Ranks) is { } curve)
            output.WriteLine(Invariant($"ECE@{Ranks} {100 * curve.ExpectedCalibrationError:F2}: how far scores are off as probabilities, in points."));
        else
            output.WriteLine("Scores beyond 0..1 are no probabilities, so that there is no calibration error.");
        if (decisions is null)
            return;
        decisions.Apply(predictions, isKnown);
        truth = decisions.Hierarchy?.Measured(truth) ?? truth;
        var scores = AssignmentScores.TopK(predictions, truth, predictions.Width);
        var testLabels = LabelFrequencies.Count(truth).Count(documents => documents > 0);
        output.WriteLine(Invariant(
            $"With the threshold: {scores.AssignedPerPoint:F2} labels per document, micro-F1 {100 * scores.MicroF1:F2} (precision {100 * scores.MicroPrecision:F2}, recall {100 * scores.MicroRecall:F2}), macro-F1 {100 * scores.MacroF1 * testLabels / Math.Max(1, truth.ColumnCount):F2} over all {truth.ColumnCount} labels, {100 * scores.MacroF1:F2} over the {testLabels} labels of the test set."));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
