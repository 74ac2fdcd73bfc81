using System.Globalization;
using LightDxml.Reports.Model;
using LightDxml.Reports.Plots;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>The headline table, and P, PSP, macro-F1 and coverage over k.</summary>
internal static class FiguresSection
{
    public static Markup Of(ReportModel model)
    {
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"figures\" aria-labelledby=\"figures-title\"><h2 id=\"figures-title\">Figures</h2>");
        html.Add($"""<div class="beside">{HtmlTable.Of(HeadlineTable.Of(model))}""");
        if (model.Data.Ks.Count > 1)
        {
            html.Add($"""<div class="beside-plots{(model.Methods.Count > 1 ? "" : " one")}">{(model.Methods.Count > 1 ? Legend(model) : default)}<div class="plots">""");
            html.Add($"<figure><figcaption>Precision at k</figcaption>{Plot(model, "plot-p", "P@k", method => method.Evaluation.Precision)}</figure>");
            html.Add($"<figure><figcaption>Propensity-scored precision at k</figcaption>{Plot(model, "plot-psp", "PSP@k", method => method.Evaluation.PropensityScoredPrecision!)}</figure>");
            html.Add($"<figure><figcaption>Macro-F1 at k</figcaption>{Plot(model, "plot-macro", "macro-F1@k", method => method.Evaluation.MacroF1)}</figure>");
            html.Add($"<figure><figcaption>Coverage at k</figcaption>{Plot(model, "plot-coverage", "coverage@k", method => method.Evaluation.Coverage)}</figure>");
            html.AddMarkup("</div></div>");
        }

        html.AddMarkup("</div></section>");
        return html.ToMarkup();
    }

    /// <summary>The methods with their marks.</summary>
    public static Markup Legend(ReportModel model) => Markers.Legend(model.Methods.Select((method, index) => (method.Name, index)));

    private static Markup Plot(ReportModel model, string id, string name, Func<MethodReport, IReadOnlyList<double>> values) => new LinePlot(
        id, $"{name} of each method", $"{name} in percent at k = {string.Join(", ", model.Data.Ks)}; the headline table has the figures.", "k", $"{name}, %",
        [
            .. model.Methods.Select((method, index) => new Series(
                method.Name, index,
                [.. model.Data.Ks.Select((k, slot) => new SeriesPoint(k, values(method)[slot], $"k = {k}: {Figures.Percent(values(method)[slot])} %"))])),
        ])
    {
        XTicksAtPoints = true,
        XText = k => k.ToString(CultureInfo.InvariantCulture),
    }.Draw();
}
