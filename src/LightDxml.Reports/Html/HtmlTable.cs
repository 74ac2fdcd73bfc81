using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Html;

/// <summary>Tables as HTML: with caption and headers, scrollable sideways where they are wider than the page.</summary>
internal static class HtmlTable
{
    public static Markup Of(Table table)
    {
        var html = new HtmlBuilder();
        html.Add($"""<div class="scroll{(table.Header.Count > 3 ? " many" : "")}" role="region" aria-label="{table.Title}" tabindex="0"><table id="table-{table.Id}"><caption>{table.Caption}</caption><thead><tr>""");
        for (var column = 0; column < table.Header.Count; column++)
            html.Add($"""<th scope="col" class="{Class(table, column)}">{HtmlBuilder.Name(PlainNames.Of(table.Header[column], longest: 80))}</th>""");
        html.AddMarkup("</tr></thead><tbody>");
        // Where some cells have notes, the figures of the others stand in line with theirs.
        var hasNotes = table.Rows.Any(row => row.Cells.Any(cell => cell.Note is not null));
        foreach (var row in table.Rows)
        {
            html.AddMarkup(row.StartsGroup ? "<tr class=\"group\">" : "<tr>");
            for (var column = 0; column < row.Cells.Count; column++)
                html.Add($"{Cell(table, row.Cells[column], column, hasNotes)}");
            html.AddMarkup("</tr>");
        }

        html.AddMarkup("</tbody></table></div>");
        return html.ToMarkup();
    }

    /// <summary>A table that stands behind a plot.</summary>
    public static Markup Folded(Table table) =>
        new HtmlBuilder().Add($"""<details class="figures"><summary>The figures as a table</summary>{Of(table)}</details>""").ToMarkup();

    private static Markup Cell(Table table, TableCell cell, int column, bool hasNotes)
    {
        var text = cell.IsName ? LongName(cell.Text) : new Markup(HtmlBuilder.Escape(cell.Text));
        if (cell.IsBest)
            text = new HtmlBuilder().Add($"""<strong>{text}<span class="unseen"> (best)</span></strong>""").ToMarkup();
        var note = cell.Note is null ? new Markup(hasNotes && column >= table.TextColumns ? "<small></small>" : "") : new HtmlBuilder().Add($"<small>{cell.Note}</small>").ToMarkup();
        return column == 0
            ? new HtmlBuilder().Add($"""<th scope="row" class="text">{text}{note}</th>""").ToMarkup()
            : new HtmlBuilder().Add($"""<td class="{Class(table, column)}">{text}{note}</td>""").ToMarkup();
    }

    private static string Class(Table table, int column) => column < table.TextColumns ? "text" : "number";

    // A name of a page's length must not push the figures away; it opens on a click.
    private static Markup LongName(string name)
    {
        const int shown = 160;
        if (name.Length <= shown)
            return HtmlBuilder.Name(name);
        var cut = char.IsHighSurrogate(name[shown - 1]) ? shown - 1 : shown;
        return new HtmlBuilder().Add($"""<details class="long"><summary>{HtmlBuilder.Name(name[..cut] + "…")}</summary>{HtmlBuilder.Name(name)}</details>""").ToMarkup();
    }
}
