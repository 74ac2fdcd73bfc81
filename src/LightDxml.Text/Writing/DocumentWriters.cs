using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using LightDxml.Data.Compression;
using LightDxml.Data.Predictions;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Writing;

/// <summary>Writes documents in the forms that are read.</summary>
internal static class DocumentWriters
{
    private static readonly SearchValues<char> SeparatorCharacters = SearchValues.Create(",;|\t/+&#•~^ ｜；、，،؛");

    // Text is for people too: letters of every script as they are.
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IEnumerable<TextDocument> documents, string path, TextFormat format) => CompressedFile.Write(path, stream =>
    {
        switch (format)
        {
            case TextFormat.JsonLines:
                WriteJsonLines(documents, stream);
                break;
            case TextFormat.Json:
                WriteJson(documents, stream);
                break;
            case TextFormat.Csv or TextFormat.Tsv:
                WriteCsv(documents, stream, format == TextFormat.Csv ? ',' : '\t');
                break;
            default:
                WriteLines(documents, stream, format);
                break;
        }
    });

    private static void WriteJsonLines(IEnumerable<TextDocument> documents, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, Layout);
        foreach (var document in documents)
        {
            WriteObject(document, writer, "text", "labels");
            writer.Flush();
            writer.Reset();
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>The form of BioASQ, with its field names.</summary>
    private static void WriteJson(IEnumerable<TextDocument> documents, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, Layout);
        writer.WriteStartObject();
        writer.WriteStartArray("articles");
        foreach (var document in documents)
        {
            WriteObject(document, writer, "abstractText", "meshMajor");
            if (writer.BytesPending > 1 << 16)
                writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteObject(TextDocument document, Utf8JsonWriter writer, string text, string labels)
    {
        writer.WriteStartObject();
        if (document.Id.Length > 0)
            writer.WriteString("id", document.Id);
        if (document.Title.Length > 0)
            writer.WriteString("title", document.Title);
        writer.WriteString(text, document.Text);
        writer.WriteStartArray(labels);
        foreach (var label in document.Labels)
            writer.WriteStringValue(label);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCsv(IEnumerable<TextDocument> documents, Stream stream, char separator)
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { Separator = separator, NewLine = "\n" }, leaveOpen: true);
        WriteRow(["id", "title", "text", "labels"]);
        foreach (var document in documents)
            WriteRow([document.Id, document.Title, document.Text, PythonList(document.Labels)]);

        void WriteRow(ReadOnlySpan<string> values)
        {
            foreach (var value in values)
                csv.WriteField(value);
            csv.EndRecord();
        }
    }

    // Several labels, or one with a character in it that may be taken for a separator, are only safe in a list with quotes.
    private static string PythonList(IReadOnlyList<string> labels) => labels.Count > 1 || labels.Any(label => label.AsSpan().ContainsAny(SeparatorCharacters) || label is ['[' or '(' or '{' or '<', ..])
        ? $"[{string.Join(", ", labels.Select(label => $"'{label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"))}]"
        : labels.FirstOrDefault("");

    private static void WriteLines(IEnumerable<TextDocument> documents, Stream stream, TextFormat format)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var number = 0L;
        foreach (var document in documents)
        {
            number++;
            var line = OneLine(document.Title.Length > 0 ? $"{document.Title} {document.Text}" : document.Text);
            var written = format switch
            {
                TextFormat.FastText => FastTextLine(line, document.Labels),
                TextFormat.TabSeparated => $"{line}\t{BlankSeparated(document.Labels)}",
                _ => line,
            };
            // Readers pass over such a line, and the documents behind would move up.
            if (format != TextFormat.PlainLines && !written.AsSpan().ContainsAnyExcept(' ', '\t'))
                throw CannotHold($"Document {number} has neither text nor labels");
            text.WriteLine(written);
        }
    }

    private static string FastTextLine(string line, IReadOnlyList<string> labels) =>
        line.Split(' ').FirstOrDefault(word => word.StartsWith(PredictionForms.FastTextPrefix, StringComparison.Ordinal)) is { } word
            ? throw CannotHold($"'{word}' in a text would be read as a label")
            : string.Join(' ', [.. labels.Select(label => $"{PredictionForms.FastTextPrefix}{OneWord(label)}"), line]);

    private static string BlankSeparated(IReadOnlyList<string> labels)
    {
        var list = string.Join(' ', labels.Select(OneWord));
        return LabelList.IsList(Encoding.UTF8.GetBytes(list)) ? throw CannotHold($"Labels '{list}' would be read as a list") : list;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)['\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string OneWord(string label) => label.AsSpan().IndexOfAny(" \t\r\n") < 0
        ? label
        : throw CannotHold($"Label '{label}' has a blank");

    private static LightDxmlException CannotHold(string what) => new($"{what}, which this format cannot hold; JSON Lines and CSV can.");
}
