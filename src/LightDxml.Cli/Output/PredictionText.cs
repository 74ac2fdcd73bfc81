using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LightDxml.Inference;
using LightDxml.Text;

namespace LightDxml.Cli.Output;

/// <summary>One document's predictions, as a user reads them.</summary>
/// <param name="Because">For each label the terms that speak most for it, or null where no one asked.</param>
internal sealed record PredictedDocument(TextDocument Document, IReadOnlyList<ScoredLabel> Labels, IReadOnlyList<IReadOnlyList<TermWeight>>? Because);

/// <summary>Predictions with label names, as a table or as JSON Lines.</summary>
internal static class PredictionText
{
    private const int LongestHeading = 70;

    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteTable(PredictedDocument document, TextWriter output)
    {
        output.WriteLine(Heading(document.Document));
        foreach (var (label, place) in document.Labels.Select((label, place) => (label, place)))
        {
            var because = document.Because is { } all && all[place].Count > 0 ? $"  ({string.Join(", ", all[place].Select(term => term.Term))})" : "";
            output.WriteLine($"  {label.Score.ToString("F4", CultureInfo.InvariantCulture)}  {label.Name}{because}");
        }
    }

    public static void WriteJsonLine(PredictedDocument document, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Layout))
        {
            writer.WriteStartObject();
            if (document.Document.Id.Length > 0)
                writer.WriteString("id", document.Document.Id);
            writer.WriteStartArray("labels");
            for (var place = 0; place < document.Labels.Count; place++)
                WriteLabel(document.Labels[place], document.Because?[place], writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.Write(System.Text.Encoding.UTF8.GetString(bytes.ToArray()) + "\n");
    }

    private static void WriteLabel(ScoredLabel label, IReadOnlyList<TermWeight>? because, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("label", label.Name);
        if (label.Id != label.Name)
            writer.WriteString("id", label.Id);
        writer.WriteNumber("score", label.Score);
        if (because is not null)
        {
            writer.WriteStartArray("because");
            foreach (var term in because)
            {
                writer.WriteStartObject();
                writer.WriteString("term", term.Term);
                writer.WriteNumber("weight", term.Weight);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static string Heading(TextDocument document)
    {
        var text = $"{document.Title} {document.Text}".ReplaceLineEndings(" ").Trim();
        text = text.Length > LongestHeading ? $"{text[..LongestHeading].TrimEnd()}…" : text;
        return document.Id.Length > 0 ? $"{document.Id}: {text}" : text;
    }
}
