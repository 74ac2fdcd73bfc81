using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LightDxml.Cli.Output;
using LightDxml.Data.Formats;
using LightDxml.Metrics;
using LightDxml.Reports;

namespace LightDxml.Cli.Comparison;

/// <summary>
/// The rows of a comparison as Markdown, LaTeX, CSV and JSON. Metrics in percent, but in JSON in 0..1. Markdown and LaTeX have one row
/// for the seeds of a method, mean ± standard deviation, and mark the best of each metric; CSV and JSON have every run.
/// </summary>
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
        Metric("macro-F1@5", report => report.MacroF1, 5),
        ("train", "s", row => row.Cost?.TrainingSeconds, "F1"),
        ("train CPU", "s", row => row.Cost?.ProcessorSeconds, "F1"),
        ("predict, 1 thread", "µs", row => row.Cost?.MicrosecondsOneThread, "F0"),
        ("predict, all threads", "µs", row => row.Cost?.MicrosecondsAllThreads, "F0"),
        ("model", "MB", row => row.Cost?.ModelBytes / 1e6, "F1"),
        ("peak memory", "MB", row => row.Cost?.PeakBytes / 1e6, "F0"),
    ];

    /// <summary>The ranks that the columns need.</summary>
    public static IReadOnlyList<int> Ks { get; } = [1, 3, 5];

    /// <summary>The day on which a table is written.</summary>
    public static string Today => DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="facts">What was compared, and where: a paragraph above the table.</param>
    public static string Markdown(IReadOnlyList<ComparisonRow> rows, string facts)
    {
        var text = new StringBuilder(facts).Append("\n\n| method |");
        foreach (var (name, unit, _, _) in Columns)
            text.Append(CultureInfo.InvariantCulture, $" {name}{(unit.Length > 0 ? $" ({unit})" : "")} |");
        text.Append("\n|---|").Insert(text.Length, "---:|", Columns.Length).Append('\n');
        foreach (var (name, cells) in Marked(rows, best => $"**{best}**", " ± "))
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownReport.EscapeCell(name)} | {string.Join(" | ", cells)} |\n");
        foreach (var row in rows.Where(row => row.Failure is not null))
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownReport.EscapeCell(row.Name)} | failed: {MarkdownReport.EscapeCell(row.Failure!)}{string.Concat(Enumerable.Repeat(" |", Columns.Length))}\n");
        return text.ToString();
    }

    /// <summary>The metrics as a table of the package booktabs.</summary>
    public static string Latex(IReadOnlyList<ComparisonRow> rows)
    {
        string[] names = [.. Columns.Where(column => column.Unit.Length == 0).Select(column => column.Name)];
        var text = new StringBuilder($"\\begin{{tabular}}{{l{new string('r', names.Length)}}}\n\\toprule\nmethod & {string.Join(" & ", names)} \\\\\n\\midrule\n");
        foreach (var (name, cells) in Marked(rows, best => $"\\textbf{{{best}}}", " $\\pm$ "))
            text.Append(CultureInfo.InvariantCulture, $"{LatexReport.Escape(name)} & {string.Join(" & ", cells.Take(names.Length))} \\\\\n");
        return text.Append("\\bottomrule\n\\end{tabular}\n").ToString();
    }

    public static string Csv(IReadOnlyList<ComparisonRow> rows)
    {
        var text = new StringBuilder("method,").AppendJoin(',', Columns.Select(column => CsvText.Quoted(column.Unit.Length > 0 ? $"{column.Name} ({column.Unit})" : column.Name))).Append(",failure\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"{CsvReport.Field(row.Name)},{string.Join(',', Cells(row))},{CsvReport.Field(row.Failure ?? "")}\n");
        return text.ToString();
    }

    public static byte[] Json(IReadOnlyList<ComparisonRow> rows, ComparisonSettings settings) =>
        JsonSerializer.SerializeToUtf8Bytes(new { Date = Today, Processor = Processor.Name, Settings = settings, Rows = rows }, Layout);

    /// <summary>The runs that have metrics, by method: its seeds together.</summary>
    public static List<(string Name, ComparisonRow[] Runs)> Groups(IReadOnlyList<ComparisonRow> rows) =>
    [
        .. rows.Where(row => row.Failure is null)
            .GroupBy(row => row.Cost is null ? row.Name : MethodNames.WithoutSeed(row.Name))
            .Select(group => (group.Count() == 1 ? group.First().Name : $"{group.Key} ({group.Count()} seeds)", group.ToArray())),
    ];

    private static IEnumerable<string> Cells(ComparisonRow row) =>
        Columns.Select(column => column.Value(row)?.ToString(column.Format, CultureInfo.InvariantCulture) ?? "");

    /// <summary>A row for each method, its seeds taken together, the best of each metric marked where there are several.</summary>
    private static List<(string Name, string[] Cells)> Marked(IReadOnlyList<ComparisonRow> rows, Func<string, string> mark, string between)
    {
        var groups = Groups(rows);
        var marked = groups.Select(group => (group.Name, Cells: new string[Columns.Length])).ToList();
        for (var column = 0; column < Columns.Length; column++)
        {
            var (_, unit, value, format) = Columns[column];
            double?[] means = [.. groups.Select(group => group.Runs.Select(value).All(number => number is not null) ? group.Runs.Average(value) : null)];
            var best = unit.Length == 0 && groups.Count > 1 && means.Max() is { } most ? most.ToString(format, CultureInfo.InvariantCulture) : null;
            for (var row = 0; row < groups.Count; row++)
            {
                var mean = means[row]?.ToString(format, CultureInfo.InvariantCulture) ?? "";
                var text = groups[row].Runs.Length > 1 && mean.Length > 0 ? mean + between + Deviation(groups[row].Runs, value).ToString(format, CultureInfo.InvariantCulture) : mean;
                marked[row].Cells[column] = mean.Length > 0 && mean == best ? mark(text) : text;
            }
        }

        return marked;
    }

    /// <summary>Standard deviation of a sample.</summary>
    private static double Deviation(ComparisonRow[] runs, Func<ComparisonRow, double?> value)
    {
        var mean = runs.Average(value)!.Value;
        return Math.Sqrt(runs.Sum(run => Math.Pow(value(run)!.Value - mean, 2)) / (runs.Length - 1));
    }

    private static (string, string, Func<ComparisonRow, double?>, string) Metric(string name, Func<EvaluationReport, IReadOnlyList<double>> list, int k) =>
        (name, "", row => row.Report is { } report ? 100 * report.At(list(report), k) : null, "F2");
}
