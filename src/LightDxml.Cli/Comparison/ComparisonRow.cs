using System.Text.Json.Serialization;
using LightDxml.Metrics;

namespace LightDxml.Cli.Comparison;

/// <summary>One row of a comparison: a method with metrics and costs, imported predictions with metrics alone, or what went wrong.</summary>
/// <param name="Report">Null where the method failed.</param>
/// <param name="Cost">Null where the method failed or was imported.</param>
/// <param name="Failure">Why there are no metrics, in one line; null where there are.</param>
internal sealed record ComparisonRow(string Name, EvaluationReport? Report, MethodResult? Cost, string? Failure)
{
    /// <summary>Whether the method was not run, but its result taken from an earlier run.</summary>
    public bool IsKept { get; init; }

    /// <summary>What the metrics are of, where they are to be tested against those of other rows.</summary>
    [JsonIgnore]
    public PointScores? Scores { get; init; }
}
