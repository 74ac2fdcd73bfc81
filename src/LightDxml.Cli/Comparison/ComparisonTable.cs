using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LightDxml.Metrics;

namespace LightDxml.Cli.Comparison;

/// <summary>The rows of a comparison as Markdown, CSV and JSON. Metrics in percent, but in JSON in 0..1.</summary>
internal static class ComparisonTable
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly (string Name, string Unit, Func<ComparisonRow, double?> Value, string Format)[] Columns =
    [
        Metric("P@1", report => report.Precision, 1),
        Metric("P@3", report => report.Precision, 3),
        Metric("P@5", report => report.Precision, 5),
        Metric("PSP@1", report => report.PropensityScoredPrecision!, 1),
        Metric("PSP@3", report => report.PropensityScoredPrecision!, 3),
        Metric("PSP@5", report => report.PropensityScoredPrecision!, 5),
        Metric("nDCG@3", report => report.Ndcg, 3),
        Metric("nDCG@5", report => report.Ndcg, 5),
        Metric("R@5", report => report.Recall, 5),
        Metric("coverage@5", report => report.Coverage, 5),
        ("train", "s", row => row.Cost?.TrainingSeconds, "F1"),
        ("train CPU", "s", row => row.Cost?.ProcessorSeconds, "F1"),
        ("predict, 1 thread", "µs", row => row.Cost?.MicrosecondsOneThread, "F0"),
        ("predict, all threads", "µs", row => row.Cost?.MicrosecondsAllThreads, "F0"),
        ("model", "MB", row => row.Cost?.ModelBytes / 1e6, "F1"),
        ("peak memory", "MB", row => row.Cost?.PeakBytes / 1e6, "F0"),
    ];

    /// <summary>The ranks that the columns need.</summary>
    public static IReadOnlyList<int> Ks { get; } = [1, 3, 5];

    /// <param name="facts">What was compared, and where: a paragraph above the table.</param>
    public static string Markdown(IReadOnlyList<ComparisonRow> rows, string facts)
    {
        var text = new StringBuilder(facts).Append("\n\n| method |");
        foreach (var (name, unit, _, _) in Columns)
            text.Append(CultureInfo.InvariantCulture, $" {name}{(unit.Length > 0 ? $" ({unit})" : "")} |");
        text.Append("\n|---|").Insert(text.Length, "---:|", Columns.Length).Append('\n');
        foreach (var row in rows.Where(row => row.Failure is null))
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {string.Join(" | ", Cells(row))} |\n");
        foreach (var row in rows.Where(row => row.Failure is not null))
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | failed: {row.Failure!.Replace('|', '/')}{string.Concat(Enumerable.Repeat(" |", Columns.Length))}\n");
        return text.ToString();
    }

    public static string Csv(IReadOnlyList<ComparisonRow> rows)
    {
        var text = new StringBuilder("method,").AppendJoin(',', Columns.Select(column => Quoted(column.Unit.Length > 0 ? $"{column.Name} ({column.Unit})" : column.Name))).Append(",failure\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"{Quoted(row.Name)},{string.Join(',', Cells(row))},{Quoted(row.Failure ?? "")}\n");
        return text.ToString();
    }

    public static byte[] Json(IReadOnlyList<ComparisonRow> rows, ComparisonSettings settings) =>
        JsonSerializer.SerializeToUtf8Bytes(new { Settings = settings, Rows = rows }, Layout);

    private static IEnumerable<string> Cells(ComparisonRow row) =>
        Columns.Select(column => column.Value(row)?.ToString(column.Format, CultureInfo.InvariantCulture) ?? "");

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static (string, string, Func<ComparisonRow, double?>, string) Metric(string name, Func<EvaluationReport, IReadOnlyList<double>> list, int k) =>
        (name, "", row => row.Report is { } report ? 100 * report.At(list(report), k) : null, "F2");
}
