using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Reports.Model;

namespace LightDxml.Reports;

/// <summary>One test set, measured for one method after the other.</summary>
internal sealed class Measurement
{
    private readonly ReportInput _input;
    private readonly ReportOptions _options;
    private readonly LabelGroups _binGroups;
    private readonly LabelGroups? _depthGroups;

    public Measurement(ReportInput input, ReportOptions options)
    {
        (_input, _options) = (input, options);
        InversePropensities = Propensities.Inverse(input.TrainLabels, options.Propensity);
        TailFactors = Propensities.Inverse(input.TrainLabels, PropensityOptions.Standard);
        Bins = FrequencyBins.Of(input.TrainLabels, options.Bins);
        _binGroups = LabelGroups.Of(Bins);
        _depthGroups = DepthGroups(input);
        Train = LabelFrequencies.Count(input.TrainLabels);
        var test = LabelFrequencies.Count(Truth);
        UnseenTestLabels = [.. Enumerable.Range(0, test.Length).Where(label => test[label] > 0 && Train[label] == 0)];
        UnseenTestPairs = UnseenTestLabels.Sum(label => (long)test[label]);
    }

    public SparseMatrix Truth => _input.Test.Labels;

    public double[] InversePropensities { get; }

    /// <summary>[labels] what a tail weight of 1 multiplies scores by in prediction, whatever the propensities that hits weigh by.</summary>
    private double[] TailFactors { get; }

    public FrequencyBins Bins { get; }

    /// <summary>[labels] training points.</summary>
    public int[] Train { get; }

    public IReadOnlyList<int> UnseenTestLabels { get; }

    private long UnseenTestPairs { get; }

    /// <summary>The parts are independent of each other and each works, for the most part, in one thread: so they run side by side.</summary>
    public (MethodReport Report, Bootstrap Samples) Method(MethodPredictions method)
    {
        var (predictions, toDecide, evaluation) = (method.Predictions, method.ToDecide(), _options.Evaluation);
        EvaluationReport? report = null;
        Bootstrap? samples = null;
        GroupReport? tail = null, depths = null;
        HeadToTailCurve? curve = null;
        Assignment[]? assignments = null;
        ThresholdSweep? sweep = null;
        Calibration? calibration = null;
        SideBySide(
            () => report = Evaluator.Evaluate(predictions, Truth, evaluation, InversePropensities),
            () => samples = Bootstrap.Of(PointScores.Of(predictions, Truth, evaluation, InversePropensities), _options.Bootstrap),
            () => sweep = ThresholdSweep.Of(toDecide, Truth),
            () => assignments = Assignments(predictions, toDecide),
            () => curve = HeadToTailCurve.Of(predictions, Truth, InversePropensities, TailFactors, threads: _options.Threads),
            () => tail = GroupReport.Of(predictions, Truth, _binGroups, evaluation, InversePropensities),
            () => depths = _depthGroups is null ? null : GroupReport.Of(predictions, Truth, _depthGroups, evaluation, InversePropensities),
            () => calibration = new Calibration(
                ReliabilityCurve.Of(predictions, Truth, _options.LastK),
                PointSlice.Halves.All(half => RanksAny(predictions, half.Fit)) ? ReliabilityCurve.Of(IsotonicCalibration.CrossFit(predictions, Truth, _options.LastK), Truth, _options.LastK) : null));
        return (
            new MethodReport(method.Name, report!, Intervals(samples!), tail!, depths, curve!, assignments!, sweep!, calibration!),
            samples!);
    }

    private MetricInterval[] Intervals(Bootstrap samples) =>
    [
        .. samples.Intervals().SelectMany(pair => pair.Value.Select((interval, slot) => new MetricInterval(pair.Key, _options.Ks[slot], interval.Low, interval.High))),
    ];

    private void SideBySide(params Action[] parts) => RowRanges.ForEach(parts.Length, grain: 1, _options.Threads, (first, _) => parts[first]());

    public AllLabels AllLabels() => new(
        Train,
        Bins,
        _input.Labels,
        [.. _input.Methods.Select(method => LabelScores.Of(method.Predictions, Truth, _options.LastK, _options.Threads))],
        [.. _input.Methods.Select(method => LabelConfusions.Count(method.Predictions, Truth, _options.LastK))],
        [.. _input.Methods.Select(method => AreProbabilities(method.Predictions) ? LabelThresholds.Fit(method.ToDecide(), Truth, PointSlice.All) : null)])
    {
        Ids = _input.LabelIds,
    };

    public ReportFacts Facts(EvaluationReport report) => new(
        _input.Test.Name, report.PointCount, report.PointsWithoutLabels, Truth.NonZeroCount, _input.TrainLabels.RowCount, _input.TrainLabels.NonZeroCount,
        Truth.ColumnCount, report.TestLabelCount, UnseenTestLabels.Count, UnseenTestPairs,
        _options.Ks, _options.LastK, _options.Propensity.A, _options.Propensity.B, _options.Bootstrap.Replicates, _options.Bootstrap.Confidence,
        _depthGroups is not null);

    private Assignment[] Assignments(RankedLabels predictions, RankedLabels toDecide) =>
    [
        .. _options.Ks.Select(k => new Assignment($"the first {k}", k, AssignmentScores.TopK(predictions, Truth, k))),
        new Assignment(
            "one threshold", null, AssignmentScores.OneThreshold(toDecide, Truth),
            ThresholdSweep.Best(toDecide, Truth, PointSlice.All) is var best && float.IsFinite(best) ? best : null),
        new Assignment("one threshold per label", null, AssignmentScores.ThresholdPerLabel(toDecide, Truth)),
    ];

    private static LabelGroups? DepthGroups(ReportInput input)
    {
        if (input.Labels is not { HasDepths: true } catalog)
            return null;
        var deepest = Enumerable.Range(0, catalog.Count).Max(label => catalog[label].Depth ?? 0);
        var unknown = Enumerable.Range(0, catalog.Count).Any(label => catalog[label].Depth is null);
        return new LabelGroups(
            [.. Enumerable.Range(0, deepest + 1).Select(depth => $"depth {depth}"), .. unknown ? (string[])["not in the hierarchy"] : []],
            [.. Enumerable.Range(0, catalog.Count).Select(label => catalog[label].Depth ?? deepest + 1)]);
    }

    private static bool RanksAny(RankedLabels predictions, PointSlice points) =>
        Enumerable.Range(0, predictions.PointCount).Any(point => points.Contains(point) && predictions.Labels(point) is [>= 0, ..]);

    private static bool AreProbabilities(RankedLabels predictions)
    {
        for (var point = 0; point < predictions.PointCount; point++)
        {
            for (var place = 0; place < predictions.Width; place++)
                if (predictions.Labels(point)[place] >= 0 && predictions.Scores(point)[place] is not (>= 0 and <= 1))
                    return false;
        }

        return true;
    }
}
