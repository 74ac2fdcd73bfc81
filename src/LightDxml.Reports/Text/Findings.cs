using LightDxml.Metrics;
using LightDxml.Reports.Model;

namespace LightDxml.Reports.Text;

/// <summary>What a reader should know first, in sentences that follow from the figures.</summary>
internal static class Findings
{
    public static IEnumerable<string> Of(ReportModel model)
    {
        var (methods, k) = (model.Methods, model.Data.LastK);
        var best = methods.MaxBy(method => method.Evaluation.Precision[0])!;
        if (methods.Count > 1)
            yield return Leader(model, RankingMetric.Precision, "P");
        if (methods.Count > 1 && best.Evaluation.PropensityScoredPrecision is not null)
            yield return Leader(model, RankingMetric.PropensityScoredPrecision, "PSP");
        yield return HeadAndTail(model, best);
        yield return $"{best.Name} finds {Figures.Percent(best.Evaluation.Coverage[^1])} % of the {Figures.Count(model.Data.TestLabels)} test labels at least once in the first {k}; " +
            $"{Figures.Percent(best.Evaluation.Abandonment[^1])} % of the documents get no right label there.";
        if (model.Data.UnseenTestLabels > 0)
        {
            yield return $"{Figures.Count(model.Data.UnseenTestLabels)} test labels were never seen in training. They are {Figures.Percent((double)model.Data.UnseenTestPairs / model.Data.TestPairs)} % " +
                "of what there is to find, and no figure leaves them out.";
        }

        if (best.Calibration.AsGiven is { } given)
        {
            var side = given.MeanScore > given.HitRate ? "promise more than they hold" : "hold more than they promise";
            yield return $"The scores of {best.Name} {side}: {Figures.Percent(given.MeanScore)} % on average against a hit rate of {Figures.Percent(given.HitRate)} % (ECE@{k} {Figures.Percent(given.ExpectedCalibrationError)} %; " +
                $"recalibrated {Figures.Percent(best.Calibration.Recalibrated.ExpectedCalibrationError)} %).";
        }
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

    private static string HeadAndTail(ReportModel model, MethodReport method)
    {
        var slot = model.Data.Ks.Count - 1;
        var seen = method.Tail.Groups.SkipLast(1).ToList();
        var (head, tail) = (seen[0], seen[^1]);
        return $"{method.Name} finds {Figures.Percent(head.Found[slot])} % of the pairs of the {Figures.Count(head.LabelCount)} most frequent labels in the first {model.Data.LastK}, " +
            $"and {Figures.Percent(tail.Found[slot])} % of those of the {Figures.Count(tail.LabelCount)} rarest ({Figures.NameOf(model.Bins[seen.Count - 1])} training points).";
    }
}
