using LightDxml.Metrics;
using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Tables;

/// <summary>The headline figures: a metric at a rank a row, a method a column.</summary>
internal static class HeadlineTable
{
    public static Table Of(ReportModel model)
    {
        var rows = new List<TableRow>();
        Add("P", RankingMetric.Precision, report => report.Precision);
        Add("nDCG", RankingMetric.Ndcg, report => report.Ndcg);
        Add("R", RankingMetric.Recall, report => report.Recall);
        Add("PSP", RankingMetric.PropensityScoredPrecision, report => report.PropensityScoredPrecision!);
        Add("PSnDCG", RankingMetric.PropensityScoredNdcg, report => report.PropensityScoredNdcg!);
        Add("Macro-P", RankingMetric.MacroPrecision, report => report.MacroPrecision);
        Add("Macro-R", RankingMetric.MacroRecall, report => report.MacroRecall);
        Add("Macro-F1", RankingMetric.MacroF1, report => report.MacroF1);
        Add("Coverage", RankingMetric.Coverage, report => report.Coverage);
        Add("Abandonment", RankingMetric.Abandonment, report => report.Abandonment, lowerIsBetter: true);
        return new Table(
            "headline", "Headline figures",
            $"In percent, with {100 * model.Data.Confidence:0.#} % bootstrap intervals. Best of each row marked; of abandonment the lowest.",
            ["", .. model.Methods.Select(method => method.Name)], rows);

        void Add(string name, RankingMetric metric, Func<EvaluationReport, IReadOnlyList<double>> values, bool lowerIsBetter = false)
        {
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

    /// <summary>Whether a figure is the best of several, as far as it is printed.</summary>
    public static bool IsBest(double[] figures, double figure, bool lowerIsBetter = false) =>
        figures.Length > 1 && figures.Max() > figures.Min() && Figures.Percent(figure) == Figures.Percent(lowerIsBetter ? figures.Min() : figures.Max());

    private static string? Note(MethodReport method, RankingMetric metric, int k) =>
        method.Intervals.FirstOrDefault(interval => interval.Metric == metric && interval.K == k) is { } found ? Figures.Range(found.Low, found.High) : null;
}
