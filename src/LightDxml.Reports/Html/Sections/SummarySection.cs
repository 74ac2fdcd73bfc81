using LightDxml.Reports.Model;
using LightDxml.Reports.Plots;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>Four figures of each method, and what follows from the rest.</summary>
internal static class SummarySection
{
    public static Markup Of(ReportModel model)
    {
        var (first, last) = (model.Data.Ks[0], model.Data.LastK);
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"summary\" aria-labelledby=\"summary-title\"><h2 id=\"summary-title\">Summary</h2><div class=\"tiles\">");
        html.Add($"{Tile($"P@{first}", first == 1 ? "first label right" : $"of the first {first} labels right", model, method => method.Evaluation.Precision[0])}");
        html.Add($"{Tile($"PSP@{first}", "the same, rare labels weighing more", model, method => method.Evaluation.PropensityScoredPrecision![0])}");
        html.Add($"{Tile($"R@{last}", $"found in the first {last}", model, method => method.Evaluation.Recall[^1])}");
        html.Add($"{Tile($"Coverage@{last}", "labels found at least once", model, method => method.Evaluation.Coverage[^1])}");
        html.AddMarkup("</div><ul class=\"findings\">");
        foreach (var finding in Findings.Of(model))
            html.Add($"<li>{finding}</li>");
        html.AddMarkup("</ul></section>");
        return html.ToMarkup();
    }

    private static Markup Tile(string name, string meaning, ReportModel model, Func<MethodReport, double> figure)
    {
        var html = new HtmlBuilder();
        html.Add($"""<div class="tile"><h3>{name}</h3><p>{meaning}</p><dl>""");
        for (var method = 0; method < model.Methods.Count; method++)
        {
            var value = figure(model.Methods[method]);
            html.Add($"<div><dt>{HtmlBuilder.Name(model.Methods[method].Name)}</dt><dd>{Figures.Percent(value)}</dd>");
            html.Add($"""<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="bar {Markers.Class(method)}" width="{100 * value:0.##}" height="6"/></svg></div>""");
        }

        html.AddMarkup("</dl></div>");
        return html.ToMarkup();
    }
}
