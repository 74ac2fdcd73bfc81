using System.Text;
using System.Text.Json;
using LightDxml.Data.Compression;
using LightDxml.Data.Parsing;

namespace LightDxml.Data.Predictions;

/// <summary>Predictions as JSON Lines: <c>{"id": …, "known": false, "labels": [{"label": …, "id": …, "score": …}, …]}</c>, a document a line.</summary>
internal static class JsonPredictions
{
    // As Python writes them.
    private static readonly string[] NotFinite = [":NaN", ":Infinity", ":-Infinity"];

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
                {
                    var score = Score(label) ?? throw new DataFormatException(path, number, $"found {Found(label)}, expected {{\"label\": …, \"score\": …}} with a finite number as the score");
                    collector.Add(Name(label), score, number);
                }

                if (json.RootElement.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    document = id.ToString();
                isKnown = !json.RootElement.TryGetProperty("known", out var known) || known.ValueKind != JsonValueKind.False;
            }
            catch (JsonException) when (NotFinite.Any(line.Replace(" ", "", StringComparison.Ordinal).Contains))
            {
                throw new DataFormatException(path, number, "found NaN or Infinity, which JSON does not have, expected a finite number as the score of each label");
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new DataFormatException(path, number, "found no predictions, expected {\"labels\": [{\"label\": …, \"score\": …}, …]}");
            }

            collector.EndDocument(document, number, isKnown);
        }
    }

    /// <summary>The score of a label, or null where it has none or one that is no finite number.</summary>
    private static float? Score(JsonElement label) =>
        label.ValueKind == JsonValueKind.Object && label.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number
        && score.TryGetSingle(out var number) && float.IsFinite(number) ? number : null;

    private static string Found(JsonElement label) =>
        label.ValueKind != JsonValueKind.Object ? $"the label {Shown(label)} without a score"
        : label.TryGetProperty("score", out var score) ? $"the score {Shown(score)}"
        : $"the label {Shown(label)} without a score";

    private static string Shown(JsonElement element) => LineText.Quote(Encoding.UTF8.GetBytes(element.ToString()));

    private static string Name(JsonElement label) =>
        label.TryGetProperty("id", out var id) ? id.ToString() : label.GetProperty("label").ToString();
}
