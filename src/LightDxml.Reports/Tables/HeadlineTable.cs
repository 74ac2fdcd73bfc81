using LightDxml.Metrics;
using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Tables;

/// <summary>The headline figures: a metric at a rank a row, a method a column.</summary>
internal static class HeadlineTable
{
    private static readonly MetricRow[] Rows =
    [
        new("P", RankingMetric.Precision, report => report.Precision),
        new("nDCG", RankingMetric.Ndcg, report => report.Ndcg),
        new("R", RankingMetric.Recall, report => report.Recall),
        new("PSP", RankingMetric.PropensityScoredPrecision, report => report.PropensityScoredPrecision!),
        new("PSnDCG", RankingMetric.PropensityScoredNdcg, report => report.PropensityScoredNdcg!),
        new("Macro-P", RankingMetric.MacroPrecision, report => report.MacroPrecision),
        new("Macro-R", RankingMetric.MacroRecall, report => report.MacroRecall),
        new("Macro-F1", RankingMetric.MacroF1, report => report.MacroF1),
        new("Coverage", RankingMetric.Coverage, report => report.Coverage),
        new("Abandonment", RankingMetric.Abandonment, report => report.Abandonment, LowerIsBetter: true),
    ];

    public static Table Of(ReportModel model)
    {
        if (model.Methods.Count == 1)
            return OfOne(model);
        var rows = new List<TableRow>();
        foreach (var row in Rows)
            Add(row);
        return new Table(
            "headline", "Headline figures",
            $"In percent, with {100 * model.Data.Confidence:0.#} % bootstrap intervals. Best of each row marked; of abandonment the lowest.",
            ["", .. model.Methods.Select(method => method.Name)], rows);

        void Add(MetricRow row)
        {
            var (name, metric, values, lowerIsBetter) = row;
            for (var slot = 0; slot < model.Data.Ks.Count; slot++)
            {
                var (at, k) = (slot, model.Data.Ks[slot]);
                double[] figures = [.. model.Methods.Select(method => values(method.Evaluation)[at])];
                rows.Add(new TableRow(
                    [new TableCell($"{name}@{k}"), .. figures.Select((figure, method) => new TableCell(
                        Figures.Percent(figure), Note(model.Methods[method], metric, k), IsBest(figures, figure, lowerIsBetter)))],
                    StartsGroup: slot == 0 && rows.Count > 0));
            }
        }
    }

    // Of one method there is nothing to compare: a metric a row, a rank a column.
    private static Table OfOne(ReportModel model)
    {
        var method = model.Methods[0];
        return new Table(
            "headline", "Headline figures", $"{method.Name}, in percent, with {100 * model.Data.Confidence:0.#} % bootstrap intervals.",
            ["", .. model.Data.Ks.Select(k => $"k = {k}")],
            [
                .. Rows.Select(row => new TableRow(
                [
                    new TableCell($"{row.Name}@k"),
                    .. model.Data.Ks.Select((k, slot) => new TableCell(Figures.Percent(row.Values(method.Evaluation)[slot]), Note(method, row.Metric, k))),
                ])),
            ]);
    }

    /// <summary>Whether a figure is the best of several, as far as it is printed.</summary>
    public static bool IsBest(double[] figures, double figure, bool lowerIsBetter = false) =>
        figures.Length > 1 && figures.Max() > figures.Min() && Figures.Percent(figure) == Figures.Percent(lowerIsBetter ? figures.Min() : figures.Max());

    private static string? Note(MethodReport method, RankingMetric metric, int k) =>
        method.Intervals.FirstOrDefault(interval => interval.Metric == metric && interval.K == k) is { } found ? Figures.Range(found.Low, found.High) : null;

    private sealed record MetricRow(string Name, RankingMetric Metric, Func<EvaluationReport, IReadOnlyList<double>> Values, bool LowerIsBetter = false);
}
