using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LightDxml.Data.Formats;
using LightDxml.Inference;
using LightDxml.Text;

namespace LightDxml.Cli.Output;

/// <summary>One document's predictions, as a user reads them.</summary>
/// <param name="Because">For each label the terms that speak most for it, or null where no one asked.</param>
internal sealed record PredictedDocument(PredictedText Predicted, IReadOnlyList<IReadOnlyList<TermWeight>>? Because)
{
    public TextDocument Document => Predicted.Document;

    public IReadOnlyList<ScoredLabel> Labels => Predicted.Labels;
}

/// <summary>Predictions with label names: a table, JSON Lines, or CSV.</summary>
internal static class PredictionText
{
    /// <summary>The columns of <see cref="WriteCsvRows"/>.</summary>
    public const string CsvHeader = "document,id,label,label_id,score";

    private const int LongestHeading = 70;

    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="hierarchy">Has the labels above each, which come before its name; or null.</param>
    public static void WriteTable(PredictedDocument document, LabelCatalog? hierarchy, TextWriter output)
    {
        output.WriteLine(Plain(Heading(document.Document)));
        if (!document.Predicted.IsKnown)
            output.WriteLine(document.Labels.Count == 0 ? "  (no word of it is known)" : "  (no word of it is known; these are the labels that most documents have)");
        else if (document.Labels.Count == 0)
            output.WriteLine("  (no label reaches the threshold)");
        foreach (var (label, place) in document.Labels.Select((label, place) => (label, place)))
        {
            var because = document.Because is { } all && all[place].Count > 0 ? $"  ({Plain(string.Join(", ", all[place].Select(term => term.Term)))})" : "";
            var name = Plain(string.Join(" > ", [.. Path(hierarchy, label), label.Name]));
            output.WriteLine($"  {label.Score.ToString("F4", CultureInfo.InvariantCulture)}  {name}{because}");
        }
    }

    /// <param name="hierarchy">Has the labels above each, its path; or null.</param>
    public static void WriteJsonLine(PredictedDocument document, LabelCatalog? hierarchy, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Layout))
        {
            writer.WriteStartObject();
            if (document.Document.Id.Length > 0)
                writer.WriteString("id", document.Document.Id);
            if (!document.Predicted.IsKnown)
                writer.WriteBoolean("known", false);
            writer.WriteStartArray("labels");
            for (var place = 0; place < document.Labels.Count; place++)
                WriteLabel(document.Labels[place], Path(hierarchy, document.Labels[place]), document.Because?[place], writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.Write(System.Text.Encoding.UTF8.GetString(bytes.ToArray()) + "\n");
    }

    /// <summary>A row for each label, or one with an empty label where there is none.</summary>
    /// <param name="number">The document's place, from 1.</param>
    public static void WriteCsvRows(PredictedDocument document, long number, TextWriter output)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"{number},{Text(document.Document.Id)},");
        foreach (var label in document.Labels)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{start}{Text(label.Name)},{Text(label.Id)},{label.Score}\n"));
        if (document.Labels.Count == 0)
            output.Write($"{start},,\n");

        static string Text(string value) => CsvText.Quoted(CsvText.Plain(value));
    }

    // For people at a terminal, which must not obey what stands in data.
    private static string Plain(string text) => LightDxmlException.OneLine(text);

    private static IReadOnlyList<string> Path(LabelCatalog? hierarchy, ScoredLabel label) => hierarchy?.Path(label.Id) ?? [];

    private static void WriteLabel(ScoredLabel label, IReadOnlyList<string> path, IReadOnlyList<TermWeight>? because, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("label", label.Name);
        if (label.Id != label.Name)
            writer.WriteString("id", label.Id);
        if (path.Count > 0)
        {
            writer.WriteStartArray("path");
            foreach (var name in path)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
        }

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
