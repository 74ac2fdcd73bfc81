namespace LightDxml.Cli.Output;

/// <summary>A table of plain text, the same on a terminal and in a file.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Columns from the left that are aligned left; the others are numbers and aligned right.</summary>
    public int LeftColumns { get; init; } = 1;

    /// <summary>Adds a row; cells that are not given are empty.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(LightDxmlException.OneLine), .. Enumerable.Repeat("", header.Length - cells.Length)]);

    public void Write(TextWriter output)
    {
        var widths = Enumerable.Range(0, header.Length).Select(column => _rows.Append(header).Max(row => row[column].Length)).ToArray();
        if (header.Any(name => name.Length > 0))
        {
            WriteRow(output, header, widths);
            WriteRow(output, [.. widths.Select(width => new string('-', width))], widths);
        }

        foreach (var row in _rows)
            WriteRow(output, row, widths);
    }

    private void WriteRow(TextWriter output, string[] row, int[] widths) =>
        output.WriteLine(string.Join("  ", row.Select((cell, column) => column < LeftColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
}
