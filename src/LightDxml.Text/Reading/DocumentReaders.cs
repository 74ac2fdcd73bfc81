using LightDxml.Data.Compression;

namespace LightDxml.Text.Reading;

/// <summary>Chooses the reader of a file.</summary>
internal static class DocumentReaders
{
    /// <exception cref="LightDxmlException">The file is missing, cannot be read, or its form cannot be told.</exception>
    public static DocumentReader Open(string path, TextReadOptions options)
    {
        options.Validate();
        var format = options.Format == TextFormat.Auto
            ? Recognize(path) ?? throw new LightDxmlException($"{path}: neither the name nor the first bytes tell the form of the text; name its format.")
            : options.Format;
        return format switch
        {
            TextFormat.JsonLines => new JsonLinesReader(path, options),
            TextFormat.Json => new JsonArrayReader(path, options),
            TextFormat.Csv => new CsvDocumentReader(path, ',', options),
            TextFormat.Tsv => new CsvDocumentReader(path, '\t', options),
            TextFormat.FastText => new FastTextReader(path, options),
            TextFormat.TabSeparated => new TabSeparatedReader(path, options),
            _ => new PlainLinesReader(path, options),
        };
    }

    /// <summary>The form that name or first bytes tell, or null where they tell none: files of numbers, as a rule.</summary>
    /// <exception cref="LightDxmlException">The name tells nothing, and the file is missing or cannot be read.</exception>
    public static TextFormat? Recognize(string path) =>
        OfName(path) ?? (StartsLikeFastText(path) ? TextFormat.FastText : null);

    /// <summary>The form that the extension tells, or null.</summary>
    public static TextFormat? OfName(string path) => Path.GetExtension(CompressedFile.NameWithoutCompression(path)).ToUpperInvariant() switch
    {
        ".JSONL" or ".NDJSON" => TextFormat.JsonLines,
        ".JSON" => TextFormat.Json,
        ".CSV" => TextFormat.Csv,
        ".TSV" => TextFormat.Tsv,
        ".TAB" => TextFormat.TabSeparated,
        ".FASTTEXT" or ".FT" => TextFormat.FastText,
        _ => null,
    };

    private static bool StartsLikeFastText(string path)
    {
        using var stream = CompressedFile.OpenRead(path);
        var start = new byte[FastTextReader.Prefix.Length];
        try
        {
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && FastTextReader.Prefix.SequenceEqual(start);
        }
        catch (InvalidDataException)
        {
            // The reader of the other formats meets the same fault and can name its place.
            return false;
        }
    }
}
