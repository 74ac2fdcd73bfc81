using System.Text.Json;
using LightDxml.Metrics;

namespace LightDxml.Cli.Output;

/// <summary>An evaluation report as JSON: the names of <see cref="EvaluationReport"/> in camel case, values in 0..1.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n" };

    public static void Write(EvaluationReport report, Stream stream) => JsonSerializer.Serialize(stream, report, Layout);
}
