using System.Security.Cryptography;
using System.Text;
using LightDxml.Reports.Html.Sections;
using LightDxml.Reports.Model;

namespace LightDxml.Reports.Html;

/// <summary>
/// A report as one HTML file that needs nothing else: styles, scripts, plots and data are inside. Its content security policy
/// allows no network and no script but its own, which it names by hash.
/// </summary>
internal static class HtmlReport
{
    /// <summary>The id of the script element that holds the report's JSON.</summary>
    public const string DataElementId = "report-data";

    private static readonly string[] Scripts = ["dom.js", "theme.js", "names.js", "pager.js", "pairs.js", "labels.js", "documents.js"];

    public static void Write(ReportModel model, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        var style = Asset("report.css");
        var script = $"(() => {{\n'use strict';\n{string.Concat(Scripts.Select(Asset))}}})();\n";
        var html = new HtmlBuilder();
        html.AddMarkup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        html.Add($"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'">""");
        html.AddMarkup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">");
        html.Add($"<title>{model.Title}</title>");
        html.Add($"<style>{new Markup(style)}</style>");
        html.AddMarkup("</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>");
        html.Add($"{HeaderSection.Of(model)}");
        html.AddMarkup("<main id=\"main\">");
        foreach (var section in Sections(model))
            html.Add($"{section}");
        html.AddMarkup("</main>");
        html.AddMarkup("<footer><p>Made by LightDxml. This file holds all of its data and asks for nothing from a network.</p></footer>");
        output.Write(html.ToString());
        output.Write($"<script type=\"application/json\" id=\"{DataElementId}\">{JsonReport.ToText(model)}</script>\n");
        output.Write($"<script>{script}</script>\n</body>\n</html>\n");
    }

    private static IEnumerable<Markup> Sections(ReportModel model)
    {
        yield return SummarySection.Of(model);
        yield return FiguresSection.Of(model);
        yield return TailSection.Of(model);
        yield return ScoresSection.Of(model);
        if (model.Data.HasDepths)
            yield return DepthSection.Of(model);
        if (model.Comparisons.Count > 0)
            yield return ComparisonSection.Of(model);
        yield return LabelsSection.Of(model);
        yield return DocumentsSection.Of(model);
        yield return ReadingSection.Of(model);
    }

    // The hash is of the text between the tags, with line ends as the parser sees them.
    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
