using System.Text.Json;
using System.Text.RegularExpressions;
using LightDxml.Reports.Html;
using LightDxml.Reports.Model;

namespace LightDxml.Reports.Tests;

public sealed partial class HostileNamesTests
{
    private static readonly ReportModel Model = ReportBuilder.Build(
        SampleReport.Make(2, HostileNames.Of, method => HostileNames.All[method], HostileNames.All[1] + HostileNames.All[5]) with { Title = HostileNames.All[0] },
        SampleReport.Options);

    [Fact]
    public void Html_HasNoElementThatANameAsksFor()
    {
        var html = Render(writer => HtmlReport.Write(Model, writer));
        Assert.Equal(2, Count(html, "<script"));
        Assert.Equal(2, Count(html, "</script"));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(EventAttribute(), html);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void EmbeddedJson_GivesTheNamesBackAsTheyWere()
    {
        var html = Render(writer => HtmlReport.Write(Model, writer));
        var start = html.IndexOf("id=\"report-data\">", StringComparison.Ordinal) + "id=\"report-data\">".Length;
        using var report = JsonDocument.Parse(html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)]);
        Assert.DoesNotContain('<', report.RootElement.GetRawText());
        foreach (var entry in report.RootElement.GetProperty("labelNames").EnumerateObject())
            Assert.Equal(HostileNames.Of(int.Parse(entry.Name, System.Globalization.CultureInfo.InvariantCulture)), entry.Value.GetProperty("name").GetString());
        Assert.Equal(HostileNames.All[1], report.RootElement.GetProperty("methods")[1].GetProperty("name").GetString());
    }

    [Fact]
    public void Markdown_KeepsTablesWhole_AndIsNoHtml()
    {
        var text = Render(writer => MarkdownReport.Write(Model, writer));
        Assert.DoesNotMatch(UnescapedBracket(), text);
        Assert.DoesNotContain('\u202E', text);
        // Every row of a table has as many cells as its header.
        var cells = 0;
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                cells = 0;
                continue;
            }

            var here = UnescapedPipe().Count(line);
            Assert.Equal(cells == 0 ? here : cells, here);
            cells = here;
        }
    }

    [Fact]
    public void Latex_EscapesWhatItWouldObey()
    {
        Assert.Equal("50\\% \\& \\_a\\_ \\{\\$x\\textasciicircum{}2\\$\\} \\#1 \\textbackslash{}input \\textasciitilde{}", LatexReport.Escape("50% & _a_ {$x^2$} #1 \\input ~"));
        Assert.DoesNotContain(new string('x', 3000), Render(writer => LatexReport.Write(Model, writer)), StringComparison.Ordinal);
    }

    // The line break of a row takes an asterisk or bracket of the next row for its own.
    [Fact]
    public void Latex_HasNothingThatALineBreakTakes_AndNoSignThatTheUsualFontsLack() =>
        Assert.Equal("{*}a{[}b{]} ''c'' -{}-d--", LatexReport.Escape("*a[b] \"c\" --d–"));

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-2", "'-2")]
    [InlineData("'-2", "''-2")]
    [InlineData("\u001b[31mred\u0000", "\uFFFD[31mred\uFFFD")]
    [InlineData("1-2 = 3, @home", "1-2 = 3, @home")]
    public void Csv_NameThatWouldBeObeyed_IsText(string name, string cell) => Assert.Equal(cell, CsvReport.Harmless(name));

    [Fact]
    public void Csv_GivesTheNamesBackAsTheyWere_ButWhatWouldBeObeyed()
    {
        var folder = Directory.CreateTempSubdirectory("lightdxml-csv-").FullName;
        try
        {
            CsvReport.Write(Model, folder);
            var rows = CsvText.Parse(File.ReadAllText(Path.Combine(folder, "labels.csv")));
            Assert.Equal(1 + 2 * SampleReport.Labels, rows.Count);
            Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
            for (var label = 0; label < SampleReport.Labels; label++)
            {
                var row = rows[1 + 2 * label];
                Assert.Equal((label.ToString(System.Globalization.CultureInfo.InvariantCulture), CsvReport.Harmless(HostileNames.Of(label)), HostileNames.All[0]), (row[0], row[2], row[7]));
                Assert.Equal(Model.AllLabels!.Scores[0].F1(label), double.Parse(row[12], System.Globalization.CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Render(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }

    private static int Count(string text, string part) => Regex.Count(text, Regex.Escape(part), RegexOptions.IgnoreCase);

    [GeneratedRegex("""<[a-z]+[^<>]*\son[a-z]+\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex EventAttribute();

    [GeneratedRegex(@"(?<!\\)<")]
    private static partial Regex UnescapedBracket();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex UnescapedPipe();
}
