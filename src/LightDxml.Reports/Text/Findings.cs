using LightDxml.Metrics;
using LightDxml.Reports.Model;

namespace LightDxml.Reports.Text;

/// <summary>What a reader should know first, in sentences that follow from the figures.</summary>
internal static class Findings
{
    /// <summary>Up to this calibration error a score is a probability for all that a reader does with it.</summary>
    private const double SmallError = 0.02;

    public static IEnumerable<string> Of(ReportModel model)
    {
        var (methods, k) = (model.Methods, model.Data.LastK);
        // The first method is the reader's own; the others are what it is compared with.
        var own = methods[0];
        if (methods.Count > 1)
            yield return Leader(model, RankingMetric.Precision, "P");
        if (methods.Count > 1 && own.Evaluation.PropensityScoredPrecision is not null)
            yield return Leader(model, RankingMetric.PropensityScoredPrecision, "PSP");
        if (HeadAndTail(model, own) is { } headAndTail)
            yield return headAndTail;
        yield return $"{own.Name} finds {Figures.Percent(own.Evaluation.Coverage[^1])} % of the {Figures.Count(model.Data.TestLabels)} test labels at least once in the first {k}; " +
            $"{Figures.Percent(own.Evaluation.Abandonment[^1])} % of the documents get no right label there.";
        if (model.Data.UnseenTestLabels > 0)
        {
            yield return $"{(model.Data.UnseenTestLabels == 1 ? "One test label was" : $"{Figures.Count(model.Data.UnseenTestLabels)} test labels were")} never seen in training: {Figures.Percent((double)model.Data.UnseenTestPairs / model.Data.TestPairs)} % " +
                "of what there is to find, and no figure leaves it out.";
        }

        if (own.Calibration.AsGiven is { } given)
            yield return Scores(own, given, k);
    }

    private static string Scores(MethodReport method, ReliabilityCurve given, int k)
    {
        var mended = method.Calibration.Recalibrated is { } recalibrated ? $"; {Figures.Percent(recalibrated.ExpectedCalibrationError)} after recalibration" : "";
        var gap = $"by {Figures.Percent(given.ExpectedCalibrationError)} points on average (ECE@{k}{mended})";
        return given.ExpectedCalibrationError <= SmallError
            ? $"The scores of {method.Name} can be read as probabilities: they are off {gap}."
            : $"The scores of {method.Name} are {(given.MeanScore > given.HitRate ? "too high" : "too low")} to be read as probabilities: {Figures.Percent(given.MeanScore)} % on average, while {Figures.Percent(given.HitRate)} % of the labels are right. They are off {gap}.";
    }

    private static string Leader(ReportModel model, RankingMetric metric, string name)
    {
        var k = model.Data.Ks[0];
        int[] order = [.. Enumerable.Range(0, model.Methods.Count).OrderByDescending(ValueOf)];
        var (first, second) = (order[0], order[1]);
        var comparison = model.Comparisons.Single(pair => (pair.First == first && pair.Second == second) || (pair.First == second && pair.Second == first));
        var difference = comparison.Differences.Single(entry => entry.Metric == metric && entry.K == k);
        return $"{name}@{k}: {model.Methods[first].Name} {Figures.Percent(ValueOf(first))}, {model.Methods[second].Name} {Figures.Percent(ValueOf(second))}; " +
            (difference.PValue < 0.05
                ? $"the difference of {Figures.Percent(Math.Abs(difference.Difference))} points is beyond chance (p\u00A0{(difference.PValue < 0.001 ? "" : "=\u00A0")}{Figures.PValue(difference.PValue)})."
                : $"the difference of {Figures.Percent(Math.Abs(difference.Difference))} points may be chance (p\u00A0=\u00A0{Figures.PValue(difference.PValue)}).");

        double ValueOf(int method) => (metric == RankingMetric.Precision
            ? model.Methods[method].Evaluation.Precision
            : model.Methods[method].Evaluation.PropensityScoredPrecision!)[0];
    }

    /// <returns>Null where the test set has none of the labels of training.</returns>
    private static string? HeadAndTail(ReportModel model, MethodReport method)
    {
        var slot = model.Data.Ks.Count - 1;
        var last = model.Bins.Count - 2;
        int[] bins = [.. Enumerable.Range(0, last + 1).Where(bin => method.Tail.Groups[bin].TestPairs > 0)];
        if (bins is not [var head, ..])
            return null;
        var tail = bins[^1];
        var text = $"{method.Name} finds {Found(head)} % of the pairs of {(head == 0 ? Most(head, "most frequent") : Those(head, "most frequent") + ",")} in the first {model.Data.LastK}";
        return tail == head ? $"{text}." : $"{text}, and {Found(tail)} % of those of {(tail == last ? $"{Most(tail, "rarest")} ({Frequency(tail)})" : Those(tail, "rarest"))}.";

        string Found(int bin) => Figures.Percent(method.Tail.Groups[bin].Found[slot]);

        string Frequency(int bin) => $"{Figures.NameOf(model.Bins[bin])} training {(model.Bins[bin].GreatestFrequency == 1 ? "point" : "points")}";

        string Most(int bin, string which) => model.Bins[bin].LabelCount is > 1 and var labels ? $"the {Figures.Count(labels)} {which} labels" : $"the {which} label";

        string Those(int bin, string which) => $"the labels with {Frequency(bin)}, the {which} that the test set has";
    }
}
