using System.Globalization;
using System.Text;
using LightDxml.Data.Compression;
using LightDxml.Data.Formats;

namespace LightDxml.Data.Predictions;

/// <summary>Predictions as CSV with a header: a row for each label of a document, and one with an empty label for a document without any.</summary>
internal static class CsvPredictions
{
    private const string Document = "document", Id = "id", Label = "label", LabelId = "label_id", Score = "score";

    public static bool IsHeader(string line) => Columns(line) is { } columns && columns.Contains(Document) && columns.Contains(Score) && (columns.Contains(Label) || columns.Contains(LabelId));

    // Documents without labels may be left out, but not any number of them: a place takes memory for all before it.
    private const long FewDocuments = 1 << 20;
    private const long BytesPerDocument = 16;

    public static void Read(string path, PredictionCollector collector)
    {
        List<string>? columns = null;
        var (document, id, idLine) = (0L, "", 0L);
        var most = FewDocuments + BytesPerDocument * new FileInfo(path).Length;
        foreach (var (row, line) in Rows(path))
        {
            if (columns is null)
            {
                columns = [.. row.Select(name => name.Trim().TrimStart('\uFEFF').ToLowerInvariant())];
                continue;
            }

            if (row.Count != columns.Count)
                throw new DataFormatException(path, line, $"found {row.Count} columns, expected {columns.Count} as in the header");
            if (!long.TryParse(Of(row, Document), CultureInfo.InvariantCulture, out var place) || place < Math.Max(1, document) || place > most)
                throw new DataFormatException(path, line, $"found the document '{Of(row, Document)}' after {document}, expected its place in the test set, ascending from 1 and fit for a file of this length");
            for (; document < place; document++)
            {
                if (document > 0)
                    collector.EndDocument(id, idLine);
                (id, idLine) = ("", 0);
            }

            if (id.Length == 0)
                (id, idLine) = (CsvText.OfPlain(Of(row, Id)), line);
            var label = CsvText.OfPlain(Of(row, LabelId) is { Length: > 0 } labelId ? labelId : Of(row, Label));
            if (label.Length == 0)
                continue;
            if (!float.TryParse(Of(row, Score), NumberStyles.Float, CultureInfo.InvariantCulture, out var score))
                throw new DataFormatException(path, line, $"found the score '{Of(row, Score)}', expected a number");
            collector.Add(label, score, line);
        }

        if (document > 0)
            collector.EndDocument(id, idLine);

        string Of(List<string> row, string name) => columns!.IndexOf(name) is >= 0 and var column ? row[column] : "";
    }

    private static string[]? Columns(string line) => line.Contains(',', StringComparison.Ordinal)
        ? [.. line.Split(',').Select(name => name.Trim().Trim('"', '\uFEFF').ToLowerInvariant())]
        : null;

    /// <summary>Rows with the lines that they begin in; quoted values may hold commas, quotes, doubled, and line ends.</summary>
    private static IEnumerable<(List<string> Row, long Line)> Rows(string path)
    {
        var row = new List<string>();
        var value = new StringBuilder();
        var (quoted, number, start) = (false, 0L, 1L);
        foreach (var line in CompressedFile.ReadLines(path))
        {
            number++;
            if (quoted)
                value.Append('\n');
            else if (line.Length == 0)
                continue;
            else
                start = number;
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                    value.Append(line[i++]);
                else if (line[i] == '"')
                    quoted = !quoted;
                else if (line[i] == ',' && !quoted)
                    EndValue();
                else
                    value.Append(line[i]);
            }

            if (quoted)
                continue;
            EndValue();
            yield return (row, start);
            row = [];
        }

        if (quoted)
            throw new DataFormatException(path, start, "found a quote that is never closed");

        void EndValue()
        {
            row.Add(value.ToString());
            value.Clear();
        }
    }
}
