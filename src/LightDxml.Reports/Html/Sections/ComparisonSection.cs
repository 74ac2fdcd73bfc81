using LightDxml.Reports.Model;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>Every two methods: differences that are beyond chance, and the labels won and lost. A script shows one pair at a time.</summary>
internal static class ComparisonSection
{
    public static Markup Of(ReportModel model)
    {
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"comparison\" aria-labelledby=\"comparison-title\"><h2 id=\"comparison-title\">Won and lost</h2>");
        if (model.Comparisons.Count > 1)
        {
            html.AddMarkup("<p class=\"controls\" hidden><label for=\"pair\">Compare</label> <select id=\"pair\">");
            for (var pair = 0; pair < model.Comparisons.Count; pair++)
                html.Add($"""<option value="{pair}">{Name(model, model.Comparisons[pair].First)} with {Name(model, model.Comparisons[pair].Second)}</option>""");
            html.AddMarkup("</select></p>");
        }

        for (var pair = 0; pair < model.Comparisons.Count; pair++)
            html.Add($"{Pair(model, model.Comparisons[pair], pair)}");
        html.AddMarkup("</section>");
        return html.ToMarkup();
    }

    private static Markup Pair(ReportModel model, MethodComparison comparison, int pair)
    {
        var (first, second) = (model.Methods[comparison.First].Name, model.Methods[comparison.Second].Name);
        var html = new HtmlBuilder();
        html.Add($"""<div class="pair" data-pair="{pair}"><h3>{HtmlBuilder.Name(first)} against {HtmlBuilder.Name(second)}</h3>""");
        html.Add($"<p>Of {Figures.Count(model.Data.TestLabels)} test labels, {HtmlBuilder.Name(first)} finds {Figures.Count(comparison.WonCount)} more often, {HtmlBuilder.Name(second)} {Figures.Count(comparison.LostCount)}; {Figures.Count(comparison.TiedCount)} come out even.</p>");
        html.Add($"{Share(comparison)}");
        html.AddMarkup("<div class=\"sides\">");
        foreach (var won in (bool[])[true, false])
        {
            var table = ComparisonTables.Changes(model, comparison, won);
            html.Add($"<div><h4>{table.Title}</h4>{(table.Rows.Count > 0 ? HtmlTable.Of(table) : new Markup("<p>None.</p>"))}</div>");
        }

        html.AddMarkup("</div>");
        html.Add($"""<details class="figures" open><summary>Differences of the metrics</summary>{HtmlTable.Of(ComparisonTables.Differences(model, comparison))}</details></div>""");
        return html.ToMarkup();
    }

    private static Markup Share(MethodComparison comparison)
    {
        double all = Math.Max(1, comparison.WonCount + comparison.LostCount + comparison.TiedCount);
        var (won, tied) = (100 * comparison.WonCount / all, 100 * comparison.TiedCount / all);
        return new HtmlBuilder().Add(
            $"""<svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="bar s{comparison.First % 8}" width="{won:0.##}" height="4"/><rect class="track" x="{won:0.##}" width="{tied:0.##}" height="4"/><rect class="bar s{comparison.Second % 8}" x="{won + tied:0.##}" width="{100 - won - tied:0.##}" height="4"/></svg>""").ToMarkup();
    }

    private static string Name(ReportModel model, int method) => PlainNames.Of(model.Methods[method].Name, longest: 60);
}
