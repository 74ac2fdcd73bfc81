using System.Text;
using System.Text.Json;
using LightDxml.Data;
using LightDxml.Data.Compression;

namespace LightDxml.Reports.Labels;

/// <summary>
/// Reads label names: one a line, or JSON lines <c>{"id": …, "name": …, "parents": [ids]}</c> in files called <c>.jsonl</c>;
/// plain, .gz or .br. Line l is of label row l, unless a file of ids says which label stands in which row.
/// </summary>
public static class LabelCatalogFile
{
    /// <param name="idsPath">One id a line, line l naming label row l; its labels are looked up by id. A label that is not found keeps its id as its name.</param>
    /// <param name="labelCount">Labels of the data set.</param>
    /// <exception cref="DataFormatException">A line is not what the format promises.</exception>
    /// <exception cref="LightDxmlException">A file cannot be read, or does not name as many labels as there are.</exception>
    public static LabelCatalog Read(string path, string? idsPath, int labelCount)
    {
        var isJson = CompressedFile.NameWithoutCompression(path).EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        if (!isJson)
        {
            return idsPath is null
                ? LabelCatalog.OfNames(Checked(path, Lines(path).ToList(), labelCount, hint: ""))
                : throw new LightDxmlException($"{path}: label ids can be looked up only in a .jsonl file.");
        }

        var rows = Lines(path).Select((line, index) => Parse(path, index + 1, line)).ToList();
        var depths = LabelDepths.Of([.. rows.Select(row => (row.Id, row.Parents))]);
        if (idsPath is null)
        {
            Checked(path, rows, labelCount, "; say which label stands in which column with a file of ids");
            return new LabelCatalog([.. rows.Select((row, label) => new LabelEntry(row.Id, row.Name, depths?[label]))]);
        }

        var rowOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
            if (rows[row].Id is { } id)
                rowOf[id] = row;
        return new LabelCatalog([.. Checked(idsPath, Lines(idsPath).ToList(), labelCount, hint: "").Select(id =>
            rowOf.TryGetValue(id, out var row) ? new LabelEntry(id, rows[row].Name, depths?[row]) : new LabelEntry(null, id, null))]);
    }

    private static List<T> Checked<T>(string path, List<T> names, int labelCount, string hint) =>
        names.Count == labelCount ? names : throw new LightDxmlException($"{path}: {names.Count} names for {labelCount} labels{hint}.");

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(CompressedFile.OpenRead(path), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static (string? Id, string Name, IReadOnlyList<string> Parents) Parse(string path, long number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var id = json.RootElement.TryGetProperty("id", out var idValue) ? idValue.ToString() : null;
            var name = json.RootElement.TryGetProperty("name", out var nameValue) ? nameValue.ToString() : id;
            string[] parents = json.RootElement.TryGetProperty("parents", out var values) ? [.. values.EnumerateArray().Select(value => value.ToString())] : [];
            return (id, name ?? throw new DataFormatException(path, number, "found neither name nor id"), parents);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new DataFormatException(path, number, "found no JSON object of a label, expected {\"id\": …, \"name\": …}");
        }
    }
}
