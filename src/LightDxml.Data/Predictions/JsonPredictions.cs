using System.Text.Json;
using LightDxml.Data.Compression;

namespace LightDxml.Data.Predictions;

/// <summary>Predictions as JSON Lines: <c>{"id": …, "known": false, "labels": [{"label": …, "id": …, "score": …}, …]}</c>, a document a line.</summary>
internal static class JsonPredictions
{
    public static void Read(string path, PredictionCollector collector)
    {
        var number = 0L;
        foreach (var line in CompressedFile.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var (document, isKnown) = ("", true);
            try
            {
                using var json = JsonDocument.Parse(line);
                foreach (var label in json.RootElement.GetProperty("labels").EnumerateArray())
                    collector.Add(Name(label), label.GetProperty("score").GetSingle(), number);
                if (json.RootElement.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    document = id.ToString();
                isKnown = !json.RootElement.TryGetProperty("known", out var known) || known.ValueKind != JsonValueKind.False;
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new DataFormatException(path, number, "found no predictions, expected {\"labels\": [{\"label\": …, \"score\": …}, …]}");
            }

            collector.EndDocument(document, number, isKnown);
        }
    }

    private static string Name(JsonElement label) =>
        label.TryGetProperty("id", out var id) ? id.ToString() : label.GetProperty("label").ToString();
}
