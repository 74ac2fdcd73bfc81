using System.Globalization;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;

namespace LightDxml.Cli.Output;

/// <summary>What is to be said of scores as probabilities, and of the labels that a threshold gives.</summary>
/// <param name="Calibration">Null where scores are not probabilities, or nothing is predicted.</param>
/// <param name="WithThreshold">Null where no threshold was asked for.</param>
internal sealed record DecisionScores(ReliabilityCurve? Calibration, GivenScores? WithThreshold)
{
    private const int Ranks = 5;

    private bool HasTailWeight { get; init; }

    private bool HasPredictions { get; init; }

    /// <param name="predictions">Its labels below their threshold are taken off.</param>
    /// <param name="isKnown">[documents] whether anything is known of a document.</param>
    /// <param name="decisions">Which labels are given, or null where that was not asked for.</param>
    /// <param name="hasTailWeight">Whether probabilities were multiplied for the sake of rare labels; what stays within 0..1 then does so by chance.</param>
    public static DecisionScores Of(RankedLabels predictions, SparseMatrix truth, ReadOnlySpan<bool> isKnown, Decisions? decisions, bool hasTailWeight)
    {
        var calibration = hasTailWeight ? null : ReliabilityCurve.Of(predictions, truth, Ranks);
        var hasPredictions = Enumerable.Range(0, predictions.PointCount).Any(document => predictions.Labels(document) is [>= 0, ..]);
        decisions?.Apply(predictions, isKnown);
        truth = decisions?.Hierarchy?.Measured(truth) ?? truth;
        return new DecisionScores(calibration, decisions is null ? null : GivenScores.Of(predictions, truth)) { HasTailWeight = hasTailWeight, HasPredictions = hasPredictions };
    }

    public void Write(TextWriter output)
    {
        if (Calibration is not null)
            output.WriteLine(Invariant($"ECE@{Ranks} {100 * Calibration.ExpectedCalibrationError:F2}: how far scores are off as probabilities, in points."));
        else if (HasPredictions)
            output.WriteLine($"Scores {(HasTailWeight ? "with a tail weight" : "beyond 0..1")} are not probabilities, so that there is no calibration error.");
        if (WithThreshold is not { } given)
            return;
        output.WriteLine(Invariant(
            $"With the threshold: {given.AssignedPerPoint:F2} labels per document, micro-F1 {100 * given.MicroF1:F2} (precision {100 * given.MicroPrecision:F2}, recall {100 * given.MicroRecall:F2}), macro-F1 {100 * given.MacroF1OfAllLabels:F2} over all {given.LabelCount} labels, {100 * given.MacroF1:F2} over the {given.TestLabelCount} labels of the test set."));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
