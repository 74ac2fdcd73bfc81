using System.Text.Json.Serialization;
using LightDxml.Metrics;

namespace LightDxml.Reports.Model;

/// <summary>
/// Everything that a report shows, computed once: the renderers only lay it out. As JSON it is the report's data file and the
/// data inside the HTML. Shares and metrics are in 0..1; labels and points are rows, counted from 0.
/// </summary>
internal sealed record ReportModel
{
    public string Format { get; init; } = "lightdxml-report";

    public int Version { get; init; } = 1;

    public required string Title { get; init; }

    public required ReportFacts Data { get; init; }

    /// <summary>The labels by training frequency, most frequent first, in bins of about equal mass; the last bin is of labels never seen in training.</summary>
    public required IReadOnlyList<FrequencyBin> Bins { get; init; }

    /// <summary>Label rows that test points have and no training point has.</summary>
    public required IReadOnlyList<int> UnseenTestLabels { get; init; }

    public required IReadOnlyList<MethodReport> Methods { get; init; }

    /// <summary>Every two methods.</summary>
    public required IReadOnlyList<MethodComparison> Comparisons { get; init; }

    public required LabelTable Labels { get; init; }

    public required DocumentTable Documents { get; init; }

    /// <summary>Names of all labels that this report mentions, by label row; empty where labels have none.</summary>
    public required IReadOnlyDictionary<int, LabelName> LabelNames { get; init; }

    /// <summary>The table of labels without omissions; only the CSV writes it, so that a report read from JSON has none.</summary>
    [JsonIgnore]
    public AllLabels? AllLabels { get; init; }

    /// <summary>What to call a label.</summary>
    public string NameOf(int label) => LabelNames.TryGetValue(label, out var name) ? name.Name : $"label {label}";
}

/// <param name="Id">The identifier where that is not the name.</param>
/// <param name="Parents">Names of the labels right above it in the hierarchy.</param>
internal sealed record LabelName(string? Id, string Name, IReadOnlyList<string> Parents);

/// <summary>The data that the methods were measured on, and the settings of the measurement.</summary>
/// <param name="Ks">Ranks k of all lists.</param>
/// <param name="LastK">The rank of tables by label, bin and document.</param>
/// <param name="HasDepths">Whether labels have places in a hierarchy.</param>
internal sealed record ReportFacts(
    string TestName, int TestPoints, int PointsWithoutLabels, long TestPairs, int TrainPoints, long TrainPairs,
    int Labels, int TestLabels, int UnseenTestLabels, long UnseenTestPairs,
    IReadOnlyList<int> Ks, int LastK, double PropensityA, double PropensityB, int BootstrapReplicates, double Confidence, bool HasDepths);
