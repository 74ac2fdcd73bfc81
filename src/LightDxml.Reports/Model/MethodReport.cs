using LightDxml.Metrics;

namespace LightDxml.Reports.Model;

/// <summary>The figures of one method.</summary>
/// <param name="Intervals">Bootstrap intervals of the headline metrics.</param>
/// <param name="Tail">By frequency bin, in the order of the report's bins.</param>
/// <param name="Depths">By depth in the label hierarchy, roots first; null without one.</param>
/// <param name="Assignments">Labels assigned by several rules.</param>
/// <param name="Thresholds">F1 by threshold.</param>
internal sealed record MethodReport(
    string Name, EvaluationReport Evaluation, IReadOnlyList<MetricInterval> Intervals, GroupReport Tail, GroupReport? Depths,
    HeadToTailCurve HeadToTail, IReadOnlyList<Assignment> Assignments, ThresholdSweep Thresholds, Calibration Calibration);

/// <summary>The confidence interval of a metric at a rank.</summary>
internal sealed record MetricInterval(RankingMetric Metric, int K, double Low, double High);

/// <summary>How labels are assigned, and how well.</summary>
/// <param name="Rule">In words.</param>
/// <param name="K">The rank, where the rule is to assign the first k places.</param>
/// <param name="Threshold">Where the rule is one threshold: the best on all test documents. The scores are of thresholds that were fitted on halves of them.</param>
internal sealed record Assignment(string Rule, int? K, AssignmentScores Scores, double? Threshold = null);

/// <summary>Whether scores are probabilities, and how far isotonic recalibration makes them so.</summary>
/// <param name="AsGiven">Null where scores lie outside 0..1, or nothing is ranked.</param>
/// <param name="Recalibrated">After isotonic recalibration, each half of the points by what was fitted on the other; null where a half ranks no label.</param>
internal sealed record Calibration(ReliabilityCurve? AsGiven, ReliabilityCurve? Recalibrated);

/// <summary>Two methods on the same points. Differences are first − second.</summary>
/// <param name="First">Index of the method.</param>
/// <param name="Second">Index of the method.</param>
/// <param name="WonCount">Test labels that the first finds on more points, in the first k places.</param>
/// <param name="LostCount">Test labels that the second finds on more points.</param>
/// <param name="TiedCount">All other test labels.</param>
/// <param name="Won">The greatest gains.</param>
/// <param name="Lost">The greatest losses.</param>
internal sealed record MethodComparison(
    int First, int Second, IReadOnlyList<PairedDifference> Differences,
    int WonCount, int LostCount, int TiedCount, IReadOnlyList<LabelChange> Won, IReadOnlyList<LabelChange> Lost);

/// <summary>A label that two methods find differently often.</summary>
/// <param name="Train">Training points with the label.</param>
/// <param name="Test">Test points with the label.</param>
/// <param name="FirstHits">Of these, found by the first method.</param>
/// <param name="SecondHits">Of these, found by the second method.</param>
internal sealed record LabelChange(int Label, int Train, int Test, int FirstHits, int SecondHits);
