using System.Text;
using LightDxml.Reports.Model;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;

namespace LightDxml.Reports;

/// <summary>The tables of a report for <c>\input</c> in a paper; they want the packages booktabs and inputenc (or a Unicode engine).</summary>
internal static class LatexReport
{
    public static void Write(ReportModel model, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("% Wants \\usepackage{booktabs}.\n");
        foreach (var table in ReportTables.All(model))
            Write(table, output);
    }

    private static void Write(Table table, TextWriter output)
    {
        var columns = string.Concat(table.Header.Select((_, column) => column < table.TextColumns ? 'l' : 'r'));
        output.Write($"\n\\begin{{table}}\n\\centering\n\\caption{{{Escape(table.Title)}. {Escape(table.Caption)}}}\n\\label{{tab:{table.Id}}}\n");
        output.Write($"\\begin{{tabular}}{{{columns}}}\n\\toprule\n{string.Join(" & ", table.Header.Select(Escape))} \\\\\n\\midrule\n");
        foreach (var row in table.Rows)
        {
            if (row.StartsGroup)
                output.Write("\\addlinespace\n");
            output.Write($"{string.Join(" & ", row.Cells.Select(Cell))} \\\\\n");
        }

        output.Write("\\bottomrule\n\\end{tabular}\n\\end{table}\n");
    }

    private static string Cell(TableCell cell)
    {
        var text = cell.IsBest ? $"\\textbf{{{Escape(cell.Text)}}}" : Escape(cell.Text);
        return cell.Note is null ? text : $"{text} {{\\scriptsize ({Escape(cell.Note)})}}";
    }

    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in PlainNames.Of(text, longest: 2000))
        {
            escaped.Append(character switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '<' => "\\textless{}",
                '>' => "\\textgreater{}",
                '|' => "\\textbar{}",
                // The usual font encoding has no straight quotation mark.
                '"' => "''",
                '−' => "$-$",
                '·' => "$\\cdot$",
                '–' => "--",
                // Two hyphens, as options of commands have them, would become a dash.
                '-' when escaped.Length > 0 && escaped[^1] == '-' => "{}-",
                '…' => "\\dots{}",
                '\u00A0' => "~",
                // At a row's start a bracket or an asterisk would be read as belonging to the line break before it.
                '*' => "{*}",
                '[' => "{[}",
                ']' => "{]}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{character}",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
