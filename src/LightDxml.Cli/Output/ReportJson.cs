using System.Text.Json;
using LightDxml.Metrics;

namespace LightDxml.Cli.Output;

/// <summary>An evaluation as JSON: the names of <see cref="EvaluationReport"/> and <see cref="DecisionScores"/> in camel case, values in 0..1.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n" };

    /// <param name="scores">Of scores and thresholds, where these were looked at.</param>
    public static void Write(EvaluationReport report, Stream stream, DecisionScores? scores = null)
    {
        var json = JsonSerializer.SerializeToNode(report, Layout)!.AsObject();
        // Thresholds of the commands are not always one number: what they give is in the scores.
        json.Remove("atThreshold");
        foreach (var (name, value) in JsonSerializer.SerializeToNode(scores, Layout)?.AsObject().ToArray() ?? [])
            json[name] = value?.DeepClone();
        JsonSerializer.Serialize(stream, json, Layout);
    }
}
