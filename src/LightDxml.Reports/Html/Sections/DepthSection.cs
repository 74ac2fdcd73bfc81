using LightDxml.Reports.Model;
using LightDxml.Reports.Plots;
using LightDxml.Reports.Tables;

namespace LightDxml.Reports.Html.Sections;

/// <summary>The label hierarchy: how each depth is served.</summary>
internal static class DepthSection
{
    public static Markup Of(ReportModel model)
    {
        var slot = model.Data.Ks.Count - 1;
        var groups = model.Methods[0].Depths!.Groups;
        int[] depths = [.. Enumerable.Range(0, groups.Count).Where(depth => groups[depth].LabelCount > 0)];
        var found = new BarPlot(
            "plot-depth", $"Share found in the first {model.Data.LastK} by depth", "For each depth of the hierarchy the share of its test assignments that each method finds; the table has the figures.",
            "", $"found in the first {model.Data.LastK}, %", [.. depths.Select(depth => groups[depth].Name)], [.. model.Methods.Select(method => method.Name)],
            [.. model.Methods.Select(method => (IReadOnlyList<double?>)[.. depths.Select(depth => GroupTables.Found(method.Depths!.Groups[depth], slot))])]);
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"depth\" aria-labelledby=\"depth-title\"><h2 id=\"depth-title\">By depth in the hierarchy</h2>");
        html.Add($"{FiguresSection.Legend(model)}");
        html.Add($"""<div class="plots"><figure><figcaption>Found in the first {model.Data.LastK}</figcaption>{found.Draw()}</figure></div>""");
        html.Add($"{HtmlTable.Of(GroupTables.Depth(model)!)}");
        html.AddMarkup("</section>");
        return html.ToMarkup();
    }
}
