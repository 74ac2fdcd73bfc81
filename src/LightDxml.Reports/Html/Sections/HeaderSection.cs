using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>Title, theme button and contents.</summary>
internal static class HeaderSection
{
    public static Markup Of(ReportModel model)
    {
        var data = model.Data;
        var html = new HtmlBuilder();
        html.AddMarkup("<header class=\"top\"><div class=\"masthead\">");
        html.Add($"<h1>{HtmlBuilder.Name(model.Title)}</h1>");
        html.AddMarkup("<button type=\"button\" id=\"theme\" hidden>Dark theme</button></div>");
        html.Add($"""<p class="lead">{model.Methods.Count} {(model.Methods.Count == 1 ? "method" : "methods")} on {HtmlBuilder.Name(data.TestName)}: {data.TestPoints:N0} test documents, {data.Labels:N0} labels, {data.TestPairs:N0} assignments to find. Frequencies and propensities come from {data.TrainPoints:N0} training documents.</p>""");
        html.AddMarkup("</header><nav aria-label=\"Contents\"><ul>");
        foreach (var (id, name) in Contents(model))
            html.Add($"""<li><a href="#{id}">{name}</a></li>""");
        html.AddMarkup("</ul></nav>");
        if (data.PointsWithoutLabels > 0)
            html.Add($"""<p class="notice">{Figures.Count(data.PointsWithoutLabels)} test documents have no label. They count as misses in P, nDCG and abandonment, as is the custom, and not at all in the other metrics.</p>""");
        return html.ToMarkup();
    }

    private static IEnumerable<(string Id, string Name)> Contents(ReportModel model)
    {
        yield return ("summary", "Summary");
        yield return ("figures", "Figures");
        yield return ("tail", "Head to tail");
        yield return ("scores", "Scores");
        if (model.Data.HasDepths)
            yield return ("depth", "Hierarchy");
        if (model.Comparisons.Count > 0)
            yield return ("comparison", "Won and lost");
        yield return ("labels", "Labels");
        yield return ("documents", "Documents");
        yield return ("reading", "How to read it");
    }
}
