using LightDxml.Data;
using LightDxml.Metrics;

namespace LightDxml.Cli.Output;

/// <summary>How right the labels are that documents are given.</summary>
/// <param name="MacroF1">Mean over the labels of the test set.</param>
/// <param name="MacroF1OfAllLabels">Mean over all labels; those that the test set lacks have 0.</param>
internal sealed record GivenScores(
    double AssignedPerPoint, double MicroPrecision, double MicroRecall, double MicroF1, double MacroF1, double MacroF1OfAllLabels, int TestLabelCount, int LabelCount)
{
    /// <param name="given">The labels of each document, all of them given.</param>
    public static GivenScores Of(RankedLabels given, SparseMatrix truth)
    {
        var scores = AssignmentScores.TopK(given, truth, given.Width);
        var testLabels = LabelFrequencies.Count(truth).Count(documents => documents > 0);
        return new GivenScores(
            scores.AssignedPerPoint, scores.MicroPrecision, scores.MicroRecall, scores.MicroF1, scores.MacroF1,
            scores.MacroF1 * testLabels / Math.Max(1, truth.ColumnCount), testLabels, truth.ColumnCount);
    }
}
