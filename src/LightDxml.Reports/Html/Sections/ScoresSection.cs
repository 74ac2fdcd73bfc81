using LightDxml.Reports.Model;
using LightDxml.Reports.Plots;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>What scores are good for: assigning labels, and as probabilities.</summary>
internal static class ScoresSection
{
    public static Markup Of(ReportModel model)
    {
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"scores\" aria-labelledby=\"scores-title\"><h2 id=\"scores-title\">Scores</h2><h3>Assigning labels</h3>");
        foreach (var method in model.Methods.Where(method => IsCutOff(model, method)))
            html.Add($"""<p class="notice">The predictions of {HtmlBuilder.Name(method.Name)} hold {method.Evaluation.RankedWidth} labels per document at most. What lies beyond cannot be assigned, so that thresholds look worse here than they are; predict with more labels, for example <code>--top 100</code>.</p>""");
        html.Add($"{HtmlTable.Of(ScoreTables.Assignments(model))}");
        html.Add($"{FiguresSection.Legend(model)}");
        html.AddMarkup("<div class=\"plots\">");
        html.Add($"<figure><figcaption>F1 as the threshold falls</figcaption>{Thresholds(model)}<p class=\"hint\">Whole lines: micro-F1; broken lines: macro-F1. The peaks of micro-F1: {Peaks(model)}. They are chosen on the test documents themselves, so that they are bounds; the table above has honest figures.</p></figure>");
        html.Add($"<figure><figcaption>Do scores mean what they say? Calibration of the first {model.Data.LastK}</figcaption>{Reliability(model)}<p class=\"hint\">Whole lines: as given; broken lines: recalibrated. On the dotted line 60 of 100 labels with a score of 60 % are right. Below the line fewer are right than the score says.</p></figure>");
        html.AddMarkup("</div><h3>Calibration</h3>");
        html.Add($"{HtmlTable.Of(ScoreTables.Calibration(model))}");
        html.AddMarkup("</section>");
        return html.ToMarkup();
    }

    private static string Peaks(ReportModel model) => string.Join(", ", model.Methods.Select(method =>
        method.Thresholds.Points.Count == 0 ? $"{PlainNames.Of(method.Name)} none" : $"{PlainNames.Of(method.Name)} {Figures.Percent(method.Thresholds.BestMicro.MicroF1)} at {Figures.Plain(method.Thresholds.BestMicro.Threshold)}"));

    private static Markup Thresholds(ReportModel model)
    {
        var (from, to) = (LabelsShown(model) / 12, LabelsShown(model));
        return new LinePlot(
            "plot-threshold", "F1 by number of assigned labels", "As the threshold falls, more labels are assigned; micro-F1 and macro-F1 rise to a peak, then fall.", "labels assigned per document", "F1, %",
            [
                .. model.Methods.Select((method, index) => Curve(method, index, isMacro: false)),
                .. model.Methods.Select((method, index) => Curve(method, index, isMacro: true)),
            ])
        {
            XText = Figures.Plain,
            XRange = (from, to),
        }.Draw();

        Series Curve(MethodReport method, int index, bool isMacro) => new(
            $"{method.Name}, {(isMacro ? "macro" : "micro")}-F1", index,
            [.. method.Thresholds.Points
                .Select(point => new SeriesPoint(point.Assignments / (double)model.Data.TestPoints, isMacro ? point.MacroF1 : point.MicroF1, ""))
                .Where(point => point.X >= from && point.X <= to)],
            IsDashed: isMacro, HasMarkers: false);
    }

    // Beyond thrice the true number of labels nothing happens but a decline, and beyond the labels that were predicted nothing at all.
    private static double LabelsShown(ReportModel model) =>
        Math.Max(2, Math.Min(ThriceTrueLabels(model), model.Methods.Max(method => method.Evaluation.RankedWidth)));

    private static double ThriceTrueLabels(ReportModel model) => Math.Ceiling(3.0 * model.Data.TestPairs / Math.Max(1, model.Data.TestPoints));

    private static bool IsCutOff(ReportModel model, MethodReport method) =>
        method.Evaluation.RankedWidth < Math.Min(model.Data.Labels, ThriceTrueLabels(model));

    private static Markup Reliability(ReportModel model)
    {
        var series = new List<Series>();
        for (var index = 0; index < model.Methods.Count; index++)
        {
            var (name, calibration) = (model.Methods[index].Name, model.Methods[index].Calibration);
            if (calibration.AsGiven is { } given)
                series.Add(new Series($"{name}, as given", index, Points(given)));
            if (calibration.Recalibrated is { } recalibrated)
                series.Add(new Series($"{name}, recalibrated", index, Points(recalibrated), IsDashed: true));
        }

        return new LinePlot(
            "plot-calibration", "Reliability curve", "Hit rate against mean score of predictions in ten ranges of score, as given and recalibrated; the table below has the calibration errors.", "mean score, %", "of these right, %", series)
        {
            XRange = (0, 1),
            YRange = (0, 1),
            HasDiagonal = true,
        }.Draw();

        static SeriesPoint[] Points(Metrics.ReliabilityCurve curve) =>
            [.. curve.Bins.Where(bin => bin.Count > 0).Select(bin => new SeriesPoint(
                bin.MeanScore, bin.HitRate, $"score {Figures.Percent(bin.MeanScore)} %: {Figures.Percent(bin.HitRate)} % of {Figures.Count(bin.Count)} right"))];
    }
}
