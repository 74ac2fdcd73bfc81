using LightDxml.Metrics;
using LightDxml.Reports.Plots;

namespace LightDxml.Cli.Comparison;

/// <summary>What the rows of a comparison look like beside each other, as SVG files: accuracy against the cost of training, rare labels against all.</summary>
internal static class ComparisonPlots
{
    /// <summary>A training shorter than this is drawn there: the axis has powers of ten.</summary>
    private const double LeastSeconds = 0.1;

    /// <summary>P@1 against processor seconds of training; null where no row has both.</summary>
    public static string? Cost(IReadOnlyList<ComparisonRow> rows)
    {
        var points = ComparisonTable.Groups(rows).Where(group => group.Runs.All(run => run.Cost is not null))
            .Select(group => new ScatterPoint(group.Name, Math.Max(LeastSeconds, group.Runs.Average(run => run.Cost!.ProcessorSeconds)), Mean(group.Runs, report => report.Precision)))
            .ToList();
        var plot = new ScatterPlot(
            "Accuracy and the cost of training", "P@1 of every method against the processor seconds of its training; filled: no other is both cheaper and more accurate.",
            "processor seconds of training", "P@1 in percent", XRises: false, points);
        return points.Count == 0 ? null : (plot with { HasPowersOfTen = true }).Draw();
    }

    /// <summary>PSP@1, which counts rare labels more, against P@1; null where there are no rows.</summary>
    public static string? Tail(IReadOnlyList<ComparisonRow> rows)
    {
        var points = ComparisonTable.Groups(rows)
            .Select(group => new ScatterPoint(group.Name, Mean(group.Runs, report => report.Precision), Mean(group.Runs, report => report.PropensityScoredPrecision!)))
            .ToList();
        return points.Count == 0 ? null : new ScatterPlot(
            "Rare labels and all labels", "PSP@1 of every method, which counts rare labels more, against its P@1; filled: no other is better at both.",
            "P@1 in percent", "PSP@1 in percent", XRises: true, points).Draw();
    }

    private static double Mean(ComparisonRow[] runs, Func<EvaluationReport, IReadOnlyList<double>> metric) =>
        100 * runs.Average(run => run.Report!.At(metric(run.Report), 1));
}
