using System.Globalization;
using System.Text;
using System.Text.Json;
using LightDxml.Data.Compression;
using LightDxml.Data.Parsing;

namespace LightDxml.Text.Reading;

/// <summary>Tells the form of a text file by its name and its first bytes.</summary>
internal static class TextForm
{
    /// <returns>Null where neither tells one: files of numbers, as a rule.</returns>
    public static TextFormat? Of(string path, ReadOnlySpan<byte> start, TextReadOptions options) => (OfName(path), OfJson(start, options, OfName(path))) switch
    {
        (TextFormat.JsonLines or TextFormat.Json or null, { } json) => json,
        (TextFormat.Tsv, _) when IsTextAndLabels(start, options) => TextFormat.TabSeparated,
        ({ } named, _) => named,
        _ when start.StartsWith(ParquetDocuments.Magic) => TextFormat.Parquet,
        _ => OfText(start, options) ?? Usual(start, options),
    };

    /// <summary>The form that the extension tells, or null.</summary>
    public static TextFormat? OfName(string path) => Path.GetExtension(CompressedFile.NameWithoutCompression(path)).ToUpperInvariant() switch
    {
        ".JSONL" or ".NDJSON" => TextFormat.JsonLines,
        ".JSON" => TextFormat.Json,
        ".CSV" => TextFormat.Csv,
        ".TSV" => TextFormat.Tsv,
        ".PARQUET" => TextFormat.Parquet,
        ".TAB" => TextFormat.TabSeparated,
        ".FASTTEXT" or ".FT" => TextFormat.FastText,
        _ => null,
    };

    private static TextFormat? Usual(ReadOnlySpan<byte> start, TextReadOptions options)
    {
        if (options.UsualFormat is null && !options.ForPrediction || AreNumbers(start))
            return null;
        var usual = options.UsualFormat == TextFormat.TabSeparated && !FirstLine(start).Contains((byte)'\t') ? null : options.UsualFormat;
        return usual ?? (options.ForPrediction ? TextFormat.PlainLines : null);
    }

    /// <summary>Whether the first line with features holds nothing else, in one of the forms in which data sets have them.</summary>
    public static bool AreNumbers(ReadOnlySpan<byte> start)
    {
        foreach (var range in start.Split((byte)'\n'))
        {
            var line = LineText.WithoutReturn(start[range]);
            if (LineText.IsBlank(line) || line[0] == '#')
                continue;
            if (LineText.WholeNumbers(line) is { Count: 2 or 3 })
                return true;
            var comment = line.IndexOf((byte)'#');
            var words = Encoding.UTF8.GetString(comment < 0 ? line : line[..comment]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            // A document without features tells nothing.
            if (words is [var alone] && alone.Split(',').All(label => int.TryParse(label, out _)))
                continue;
            return words.Length > 0 && words.Skip(IsFeature(words[0]) ? 0 : 1).Any() && words.Skip(1).All(IsFeature);
        }

        return false;
    }

    private static bool IsFeature(string word) => word.Split(':') is [var feature, var value] && int.TryParse(feature, out _) && double.TryParse(value, CultureInfo.InvariantCulture, out _);

    /// <summary>An array, or an object that is not the only one, or that holds the text itself.</summary>
    private static TextFormat? OfJson(ReadOnlySpan<byte> start, TextReadOptions options, TextFormat? named)
    {
        var text = start.TrimStart(" \t\r\n"u8);
        if (text is [(byte)'[', ..])
            return text[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..] ? TextFormat.Json : null;
        if (text is not [(byte)'{', ..])
            return null;
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        try
        {
            var reader = new Utf8JsonReader(line);
            using var first = JsonDocument.ParseValue(ref reader);
            var hasMore = end >= 0 && text[end..].ContainsAnyExcept(" \t\r\n"u8);
            return hasMore || HasText(first.RootElement, new FieldNames(options)) || named == TextFormat.JsonLines && !HoldsObjects(first.RootElement)
                ? TextFormat.JsonLines
                : TextFormat.Json;
        }
        catch (JsonException)
        {
            // The object goes on in the next line, or is no JSON at all.
            return line.TrimEnd("\r"u8) is [.., (byte)'{' or (byte)'[' or (byte)','] ? TextFormat.Json : null;
        }
    }

    private static bool HoldsObjects(JsonElement document) => document.EnumerateObject().Any(member =>
        member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Object);

    private static bool HasText(JsonElement document, FieldNames names) => document.EnumerateObject().Any(member =>
        member.Value.ValueKind == JsonValueKind.String && names.NamesOf(DocumentField.Text).Any(name => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static TextFormat? OfText(ReadOnlySpan<byte> start, TextReadOptions options)
    {
        if (start.TrimStart(" \t\r\n"u8).StartsWith(FastTextReader.PrefixOf(options)))
            return TextFormat.FastText;
        if (IsTextAndLabels(start, options))
            return TextFormat.TabSeparated;
        if (HasHeader(start, options))
            return TextFormat.Csv;
        // Labels may stand at the end of lines.
        return FastTextReader.HasLabel(FirstLine(start.TrimStart(" \t\r\n"u8)), options) ? TextFormat.FastText : null;
    }

    /// <summary>Whether the first line names columns: the text's, or the title's and as many as the second line has, and the labels', between one of the usual delimiters.</summary>
    private static bool HasHeader(ReadOnlySpan<byte> start, TextReadOptions options)
    {
        var names = new FieldNames(options);
        var line = Encoding.UTF8.GetString(FirstLine(start));
        var second = start.IndexOf((byte)'\n') is >= 0 and var end ? Encoding.UTF8.GetString(FirstLine(start[(end + 1)..])) : "";
        return ",;\t|".Any(delimiter => line.Split(delimiter).Select(column => column.Trim().Trim('"')).ToArray() is { Length: > 1 } columns
            && (Names(columns, DocumentField.Text) || Names(columns, DocumentField.Title) && IsRow(second, columns.Length, delimiter) || !names.NeedsText && Names(columns, DocumentField.Id)) && Names(columns, DocumentField.Labels));

        static bool IsRow(string line, int columns, char delimiter) => line.Length == 0 || line.Count(delimiter) + 1 >= columns || line.Count('"') % 2 == 1;

        bool Names(string[] columns, DocumentField field) => names.NamesOf(field).Any(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether lines end in a tab and labels in angle brackets: <c>text⇥&lt;uri&gt; &lt;uri&gt;</c>.</summary>
    private static bool IsTextAndLabels(ReadOnlySpan<byte> start, TextReadOptions options)
    {
        var line = FirstLine(start);
        var tab = line.LastIndexOf((byte)'\t');
        return tab >= 0 && options is { TextField: null, LabelsField: null } && LabelList.AreBracketed(line[(tab + 1)..].Trim(" "u8));
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> start) => start.IndexOf((byte)'\n') is var end && end < 0 ? start : LineText.WithoutReturn(start[..end]);
}
