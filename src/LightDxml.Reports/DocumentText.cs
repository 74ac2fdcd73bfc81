using System.Text.Json;
using LightDxml.Data;
using LightDxml.Data.Compression;

namespace LightDxml.Reports;

/// <summary>What a test point says.</summary>
/// <param name="Id">Its name in its source; null where it has none.</param>
internal sealed record DocumentText(string? Id, string? Title, string Text)
{
    /// <summary>
    /// Reads one document a line: JSON objects with <c>id</c>, <c>title</c> and <c>text</c> from <c>.jsonl</c> files, else the
    /// line itself; plain, .gz or .br.
    /// </summary>
    /// <param name="length">Characters kept of each text.</param>
    /// <exception cref="DataFormatException">A line is not a JSON object.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static IReadOnlyList<DocumentText> ReadFile(string path, int length)
    {
        var isJson = CompressedFile.NameWithoutCompression(path).EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        var documents = new List<DocumentText>();
        foreach (var line in CompressedFile.ReadLines(path))
            documents.Add(isJson ? Parse(path, documents.Count + 1, line, length) : new DocumentText(null, null, Cut(line, length)));
        return documents;
    }

    private static DocumentText Parse(string path, long number, string line, int length)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new DocumentText(Field("id"), Field("title"), Cut(Field("text") ?? "", length));

            string? Field(string name) =>
                json.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new DataFormatException(path, number, "found no JSON object, expected {\"id\": …, \"title\": …, \"text\": …}");
        }
    }

    // Never between the two halves of a character.
    internal static string Cut(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
}
