using System.Globalization;
using System.Text;
using LightDxml.Reports.Model;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;

namespace LightDxml.Reports;

/// <summary>A report as GitHub-flavoured Markdown, for a paper's repository or a pull request.</summary>
internal static class MarkdownReport
{
    private const string Special = "\\`*_{}[]<>()#+!|~$&^", SpecialInCells = "\\`*_[]<>|~$&";

    public static void Write(ReportModel model, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        output.Write($"# {Escape(model.Title)}\n\n");
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{Escape(model.Data.TestName)}: {model.Data.TestPoints:N0} test and {model.Data.TrainPoints:N0} training documents, {model.Data.Labels:N0} labels. Propensities: A = {model.Data.PropensityA}, B = {model.Data.PropensityB}.\n\n"));
        foreach (var finding in Findings.Of(model))
            output.Write($"- {Escape(finding)}\n");
        foreach (var table in ReportTables.All(model))
            Write(table, output);
    }

    private static void Write(Table table, TextWriter output)
    {
        output.Write($"\n## {Escape(table.Title)}\n\n{Escape(table.Caption)}\n\n");
        output.Write($"| {string.Join(" | ", table.Header.Select(Escape))} |\n");
        output.Write($"|{string.Concat(table.Header.Select((_, column) => column < table.TextColumns ? " --- |" : " ---: |"))}\n");
        foreach (var row in table.Rows)
            output.Write($"| {string.Join(" | ", row.Cells.Select(Cell))} |\n");
    }

    private static string Cell(TableCell cell)
    {
        var text = Escape(cell.Text);
        if (cell.IsBest)
            text = $"**{text}**";
        return cell.Note is null ? text : $"{text} ({Escape(cell.Note)})";
    }

    /// <summary>The same within a cell of a table, where fewer characters mean something, so that settings of methods stay as they are.</summary>
    internal static string EscapeCell(string text) => Escape(text, SpecialInCells);

    internal static string Escape(string text) => Escape(text, Special);

    private static string Escape(string text, string special)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in PlainNames.Of(text, longest: 2000))
        {
            if (special.Contains(character, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
