using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>The frame of the table of labels; a script fills it from the data, a page at a time.</summary>
internal static class LabelsSection
{
    public static Markup Of(ReportModel model)
    {
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"labels\" aria-labelledby=\"labels-title\"><h2 id=\"labels-title\">Labels</h2>");
        html.Add($"<p>Every label in the first {model.Labels.K} places: how often predicted, how often rightly, and which labels are wrongly predicted where it is missed (confused with).");
        if (model.Labels.Rows.Count < model.Labels.Total)
            html.Add($" Here are {Figures.Count(model.Labels.Rows.Count)} of {Figures.Count(model.Labels.Total)} labels, those with most test documents of each frequency bin; the CSV has all.");
        html.AddMarkup("</p><noscript><p class=\"notice\">This table needs JavaScript; the CSV report holds the same figures.</p></noscript>");
        html.AddMarkup("<form class=\"controls\" id=\"label-controls\" hidden><label>Search <input type=\"search\" id=\"label-search\" autocomplete=\"off\" placeholder=\"name, id or parent\"></label>");
        html.Add($"{Select("label-method", "Method", model.Methods.Select((method, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), PlainNames.Of(method.Name, longest: 60))))}");
        html.Add($"{Select("label-bin", "Training documents", Bins(model))}");
        html.Add($"{Select("label-filter", "Show", [("all", "all labels"), ("missed", "in test, never found"), ("unpredicted", "in test, never predicted"), ("perfect", "always found"), ("wrong", "predicted, never rightly")])}");
        html.AddMarkup("</form><p class=\"status\" id=\"label-status\" role=\"status\"></p>");
        html.AddMarkup("<div class=\"scroll\" role=\"region\" aria-label=\"Labels\" tabindex=\"0\"><table id=\"label-table\"><thead></thead><tbody></tbody></table></div>");
        html.AddMarkup("<div class=\"pager\" id=\"label-pager\" hidden></div></section>");
        return html.ToMarkup();
    }

    public static Markup Select(string id, string name, IEnumerable<(string Value, string Text)> options)
    {
        var html = new HtmlBuilder();
        html.Add($"""<label>{name} <select id="{id}">""");
        foreach (var (value, text) in options)
            html.Add($"""<option value="{value}">{text}</option>""");
        html.AddMarkup("</select></label>");
        return html.ToMarkup();
    }

    private static IEnumerable<(string Value, string Text)> Bins(ReportModel model)
    {
        yield return ("", "any number");
        var names = Figures.NamesOf(model.Bins);
        for (var bin = 0; bin < model.Bins.Count; bin++)
            if (model.Bins[bin].LabelCount > 0)
                yield return ($"{bin}", names[bin]);
    }
}
