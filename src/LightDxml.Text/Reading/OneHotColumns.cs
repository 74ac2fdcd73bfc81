using System.Text;

namespace LightDxml.Text.Reading;

/// <summary>Columns of 0 and 1, or words for them, in delimited text of which no column holds labels: each may be a label that a row has or has not (one-hot).</summary>
/// <param name="Names">As an option names them.</param>
/// <param name="AreCertain">Whether there is no other column but id, title and text.</param>
/// <param name="Note">What should be said of them.</param>
internal sealed record OneHotColumns(string Names, bool AreCertain, string Note)
{
    /// <param name="start">The beginning of a file that has a header.</param>
    /// <returns>Null where there is a column of labels, or fewer than two such columns.</returns>
    public static OneHotColumns? Of(byte[] start, CsvDialect dialect, FieldNames names)
    {
        using var records = CsvDialect.Open(new MemoryStream(start), "", dialect.Delimiter, dialect.Quote);
        if (!records.TryRead())
            return null;
        string[] header = [.. Enumerable.Range(0, records.Count).Select(column => Encoding.UTF8.GetString(records[column]).Trim())];
        var fields = new List<int>();
        for (var field = DocumentField.Id; field <= DocumentField.Labels; field++)
        {
            if (CsvColumns.ColumnOf(header, names.NamesOf(field)) is not (>= 0 and var column))
                continue;
            if (field == DocumentField.Labels)
                return null;
            fields.Add(column);
        }

        var cells = LabelFlags.OfColumns(records, header.Length);
        int[] flags = [.. Enumerable.Range(0, header.Length).Where(column => !fields.Contains(column) && cells[column].AreAll)];
        if (flags.Length < 2 || !Array.Exists(flags, column => cells[column].HasYes))
            return null;
        var areAdjacent = flags[^1] - flags[0] == flags.Length - 1;
        var columns = areAdjacent ? $"{header[flags[0]]}..{header[flags[^1]]}" : string.Join(',', flags.Select(column => header[column]));
        return flags.Length + fields.Count == header.Length
            ? new OneHotColumns(columns, AreCertain: true, $"The columns '{columns}' hold 0 and 1, or words for them: their names are the labels. --labels-field names other columns.")
            : new OneHotColumns(columns, AreCertain: false, $"No column of labels was found. The columns '{columns}' hold 0 and 1, or words for them: if their names are the labels, give --labels-field '{columns}'.");
    }
}
