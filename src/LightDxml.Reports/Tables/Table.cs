namespace LightDxml.Reports.Tables;

/// <summary>A table of a report, laid out by each format in its way.</summary>
/// <param name="Id">Short and unique; names anchors and LaTeX labels.</param>
/// <param name="Caption">One sentence: what the figures are.</param>
/// <param name="Header">A text for each column.</param>
/// <param name="TextColumns">Columns from the left that hold text; the others hold numbers.</param>
internal sealed record Table(string Id, string Title, string Caption, IReadOnlyList<string> Header, IReadOnlyList<TableRow> Rows, int TextColumns = 1);

/// <param name="StartsGroup">Whether a line separates it from the row before.</param>
internal sealed record TableRow(IReadOnlyList<TableCell> Cells, bool StartsGroup = false);

/// <param name="Note">Smaller, after the text: an interval.</param>
/// <param name="IsBest">The best of its row.</param>
/// <param name="IsName">Whether the text is a name from the data.</param>
internal readonly record struct TableCell(string Text, string? Note = null, bool IsBest = false, bool IsName = false);
