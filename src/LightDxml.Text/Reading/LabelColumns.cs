using System.Text;

namespace LightDxml.Text.Reading;

/// <summary>Several columns of labels in delimited text, as the beginning of a file tells them: each is a label that a row has or has not (one-hot), or holds some.</summary>
/// <param name="Names">All of them as an option names them: one by one, so that they are the same in a file with another order. Null where their names alone do not say that they are labels.</param>
/// <param name="Lists">Those whose cells hold labels, in the same way; null where the beginning does not tell.</param>
/// <param name="Note">What should be said of them, or null.</param>
internal sealed record LabelColumns(string? Names, string? Lists, string? Note)
{
    private const int Shown = 3;

    /// <param name="start">The beginning of a file: whole lines of UTF-8.</param>
    /// <returns>Null where there are not several columns of labels.</returns>
    /// <exception cref="Data.DataFormatException">A column that the options name is missing.</exception>
    public static LabelColumns? Of(string file, byte[] start, CsvDialect dialect, TextReadOptions options)
    {
        if (!dialect.HasHeader || !start.AsSpan().Contains((byte)'\n'))
            return null;
        using var records = CsvDialect.Open(new MemoryStream(start), "", dialect.Delimiter, dialect.Quote);
        if (!records.TryRead())
            return null;
        string[] header = [.. Enumerable.Range(0, records.Count).Select(column => Encoding.UTF8.GetString(records[column]).Trim())];
        var names = new FieldNames(options);
        return CsvColumns.LabelsOf(file, header, names) switch
        {
            { Length: > 1 } labels => OfNamed(header, labels, LabelFlags.OfColumns(records, header.Length), options.LabelsField!),
            [] when options.LabelsField is null => OfOneHot(header, names, LabelFlags.OfColumns(records, header.Length)),
            _ => null,
        };
    }

    /// <summary>Columns that the options name.</summary>
    private static LabelColumns OfNamed(string[] header, int[] labels, LabelFlags[] cells, string field)
    {
        var names = CsvColumns.NamesOf(header, labels) ?? field;
        if (Array.TrueForAll(labels, column => cells[column].IsBlank))
            return new LabelColumns(names, Lists: null, Note: null);
        int[] others = [.. labels.Where(column => !cells[column].AreMost)];
        if (others.Length == 0)
            return new LabelColumns(names, Lists: "", Note: null);

        // Blank ones are as the others: their first label may come later.
        return new LabelColumns(
            names, CsvColumns.NamesOf(header, [.. labels.Where(column => !cells[column].AreMost || cells[column].IsBlank)]),
            $"The cells of {string.Join(", ", others.Take(Shown).Select(column => $"'{header[column]}'"))}{(others.Length > Shown ? ", …" : "")} hold labels, such as '{cells[others[0]].Other}'.");
    }

    /// <summary>Columns of 0 and 1, or words for them, where no column holds labels; labels for certain if there is no other column but id, title and text.</summary>
    private static LabelColumns? OfOneHot(string[] header, FieldNames names, LabelFlags[] cells)
    {
        int[] fields = [.. CsvColumns.FieldsOf(header, names).Where(column => column >= 0)];
        int[] flags = [.. Enumerable.Range(0, header.Length).Where(column => !fields.Contains(column) && cells[column].AreAll)];
        if (flags.Length < 2 || !Array.Exists(flags, column => cells[column].HasYes))
            return null;
        var areAdjacent = flags[^1] - flags[0] == flags.Length - 1;
        var shown = areAdjacent ? $"{header[flags[0]]}..{header[flags[^1]]}" : string.Join(',', flags.Select(column => header[column]));
        return flags.Length + fields.Length == header.Length
            ? new LabelColumns(CsvColumns.NamesOf(header, flags) ?? shown, Lists: "", $"The columns '{shown}' hold 0 and 1, or words for them: their names are the labels. --labels-field names other columns.")
            : new LabelColumns(Names: null, Lists: null, $"No column of labels was found. The columns '{shown}' hold 0 and 1, or words for them: if their names are the labels, give --labels-field '{shown}'.");
    }
}
