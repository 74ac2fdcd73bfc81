using System.Globalization;
using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html.Sections;

/// <summary>The frame of the documents; a script fills it from the data, a page at a time.</summary>
internal static class DocumentsSection
{
    public static Markup Of(ReportModel model)
    {
        var html = new HtmlBuilder();
        html.AddMarkup("<section id=\"documents\" aria-labelledby=\"documents-title\"><h2 id=\"documents-title\">Documents</h2>");
        html.Add($"<p>The {Figures.Count(model.Documents.Rows.Count)} of {Figures.Count(model.Documents.Total)} labelled test documents that the methods serve worst by nDCG@{model.Documents.K}. Of equally bad ones the document with more labels to find comes first.</p>");
        html.AddMarkup("<noscript><p class=\"notice\">The documents need JavaScript; the JSON report holds them.</p></noscript>");
        html.AddMarkup("<form class=\"controls\" id=\"document-controls\" hidden><label>Search <input type=\"search\" id=\"document-search\" autocomplete=\"off\" placeholder=\"text or label\"></label>");
        html.Add($"{LabelsSection.Select("document-order", "Worst first", [("", "for all methods"), .. model.Methods.Select((method, index) => (index.ToString(CultureInfo.InvariantCulture), $"for {PlainNames.Of(method.Name, longest: 60)}"))])}");
        html.Add($"{LabelsSection.Select("document-filter", "Show", [("all", "all of them"), ("none", "no hit by any method"), ("some", "a hit by some method")])}");
        html.AddMarkup("</form><p class=\"status\" id=\"document-status\" role=\"status\"></p><div id=\"document-list\"></div><div class=\"pager\" id=\"document-pager\" hidden></div></section>");
        return html.ToMarkup();
    }
}
