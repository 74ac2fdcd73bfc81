using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LightDxml.Data;
using LightDxml.Data.Parsing;
using LightDxml.Text.Reading;

namespace LightDxml.Text;

/// <summary>Reads a labels file, line by line: JSON objects, or ids and names with a tab between.</summary>
internal static class LabelFileReader
{
    /// <param name="stream">UTF-8; disposed when it is read.</param>
    /// <param name="path">What messages call it.</param>
    public static IEnumerable<LabelEntry> Read(Stream stream, string path)
    {
        using var lines = new LineBlockReader(stream, path, ReadLimits.Default);
        var block = new LineBlock();
        var seen = new Dictionary<string, long>();
        while (lines.TryRead(block))
        {
            var parser = new Parser(path);
            foreach (var (entry, line) in parser.Parse(block))
            {
                if (!seen.TryAdd(entry.Id, line))
                    throw new DataFormatException(path, line, $"found label '{entry.Id}' for a second time, after line {seen[entry.Id]}; expected one line for each label");
                yield return entry;
            }
        }
    }

    /// <summary>A label a line, <c>&lt;uri&gt;⇥name</c>, and perhaps more columns: the vocabularies of Annif.</summary>
    private static LabelEntry OfLine(string file, long number, ReadOnlySpan<byte> line)
    {
        var columns = Encoding.UTF8.GetString(line).Split('\t');
        if (columns.Length < 2)
            throw new DataFormatException(file, number, $"found {LineText.Quote(line)}, expected an id, a tab and a name");
        return new LabelEntry(LabelText.Normalize(LabelText.WithoutBrackets(columns[0].Trim())), LabelText.Normalize(columns[1]), [], []);
    }

    private sealed class Parser(string file) : LineParser<List<(LabelEntry Entry, long Line)>>(file)
    {
        private List<(LabelEntry Entry, long Line)> _entries = [];

        protected override void ParseLine(ReadOnlySpan<byte> line, long lineNumber)
        {
            if (LineText.IsBlank(line))
                return;
            if (!Utf8.IsValid(line))
                throw new DataFormatException(File, lineNumber, "found text that is not UTF-8");
            if (line.TrimStart(" \t"u8)[0] != '{')
            {
                _entries.Add((OfLine(File, lineNumber, line), lineNumber));
                return;
            }

            try
            {
                var reader = new Utf8JsonReader(line);
                using var document = JsonDocument.ParseValue(ref reader);
                _entries.Add((Entry(document.RootElement) ?? throw new DataFormatException(File, lineNumber, $"found {LineText.Quote(line)}, expected a JSON object with an id"), lineNumber));
            }
            catch (JsonException exception)
            {
                throw new DataFormatException(File, lineNumber, JsonFault.Of(exception));
            }
            catch (InvalidOperationException)
            {
                throw new DataFormatException(File, lineNumber, "found a member of another type, expected strings, arrays of strings for alt and parents, and an object of strings for names");
            }
        }

        protected override List<(LabelEntry Entry, long Line)> TakeChunk() => Interlocked.Exchange(ref _entries, []);

        private static LabelEntry? Entry(JsonElement label)
        {
            if (label.ValueKind != JsonValueKind.Object || !label.TryGetProperty("id", out var id))
                return null;
            var names = NamesIn(label);
            var name = label.TryGetProperty("name", out var named) ? LabelText.Normalize(named.GetString() ?? "") : names.Values.FirstOrDefault() ?? "";
            var entry = new LabelEntry(Text(id), name, Strings(label, "alt"), Strings(label, "parents"));
            return names.Count == 0 ? entry : entry with { NamesIn = names };
        }

        private static Dictionary<string, string> NamesIn(JsonElement label)
        {
            var names = new Dictionary<string, string>();
            if (label.TryGetProperty("names", out var list) && list.ValueKind != JsonValueKind.Null)
            {
                foreach (var one in list.EnumerateObject())
                    names[one.Name.ToLowerInvariant()] = LabelText.Normalize(one.Value.GetString() ?? "");
            }

            return names;
        }

        private static string Text(JsonElement item) => item.ValueKind == JsonValueKind.Number ? item.GetRawText() : LabelText.Normalize(item.GetString() ?? throw new InvalidOperationException("null is not text"));

        private static string[] Strings(JsonElement label, string member) =>
            !label.TryGetProperty(member, out var list) || list.ValueKind == JsonValueKind.Null ? []
            : list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Text)]
            : [Text(list)];
    }
}
