using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LightDxml.Data.Formats;
using LightDxml.Metrics;
using LightDxml.Reports.Model;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;
using LightDxml.Storage;

namespace LightDxml.Reports;

/// <summary>
/// A report as a folder of CSV files (RFC 4180, UTF-8), values in 0..1 in full precision: <c>metrics.csv</c>, <c>groups.csv</c>,
/// <c>curves.csv</c>, <c>comparisons.csv</c>, and <c>labels.csv</c> with every label. Beside them <c>thresholds.tsv</c>, or one for each method whose scores are probabilities, for prediction.
/// </summary>
internal static partial class CsvReport
{
    private static readonly Dictionary<string, string[]> Headers = new()
    {
        ["metrics.csv"] = ["method", "metric", "k", "value", "low", "high"],
        ["groups.csv"] = ["method", "grouping", "group", "labels", "test_labels", "test_pairs", "k", "found", "macro_f1", "precision_part", "recall_part", "psp_part"],
        ["curves.csv"] = ["method", "curve", "x", "y", "count"],
        ["comparisons.csv"] = ["first", "second", "metric", "k", "difference", "low", "high", "p"],
        ["labels.csv"] = ["label", "id", "name", "bin", "depth", "train", "test", "method", "predicted", "hits", "precision", "recall", "f1", "confusions", "parents"],
    };

    /// <summary>The files that are written into a folder, and those of thresholds that go with the report that is there.</summary>
    public static IEnumerable<string> FilesOf(string folder) => [.. Headers.Keys.Select(name => Path.Combine(folder, name)), .. OwnThresholdsIn(folder)];

    /// <summary>Throws where a file could not be written, or is there and is of no report, whatever its name.</summary>
    /// <exception cref="LightDxmlException">There is one.</exception>
    public static void Check(string folder)
    {
        foreach (var file in FilesOf(folder))
            AtomicFile.Target(file);
        foreach (var (name, header) in Headers)
            CheckFile(Path.Combine(folder, name), string.Join(',', header));
        foreach (var thresholds in ThresholdsIn(folder))
            CheckFile(thresholds, ThresholdFile.Header);
    }

    private static string[] ThresholdsIn(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "thresholds*.tsv") : [];

    private static IEnumerable<string> OwnThresholdsIn(string folder) => ThresholdsIn(folder).Where(file => ThresholdsFile().IsMatch(Path.GetFileName(file)));

    private static void CheckFile(string path, string header)
    {
        if (File.Exists(path) && File.ReadLines(path).FirstOrDefault() != header)
            throw new LightDxmlException($"{path} is there already, and is of no report; it is left as it is. Name another folder.");
    }

    /// <summary>Writes into a folder, which is made if need be; each file whole or not at all.</summary>
    /// <exception cref="LightDxmlException">A file cannot be written.</exception>
    public static void Write(ReportModel model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        Directory.CreateDirectory(folder);
        WriteFile(folder, "metrics.csv", Metrics(model));
        WriteFile(folder, "groups.csv", Groups(model));
        WriteFile(folder, "curves.csv", Curves(model));
        WriteFile(folder, "comparisons.csv", Comparisons(model));
        WriteFile(folder, "labels.csv", Labels(model));
        // Those of an earlier report are not this one's, and prediction would take them all the same.
        foreach (var file in OwnThresholdsIn(folder))
            File.Delete(file);
        for (var method = 0; method < model.Methods.Count; method++)
        {
            if (All(model).Thresholds[method] is { } thresholds)
                ThresholdFile.Write(Path.Combine(folder, ThresholdsName(model, method)), Thresholds(model, method, thresholds));
        }
    }

    // With several methods their files are told apart by number: names may hold anything.
    private static string ThresholdsName(ReportModel model, int method) => model.Methods.Count == 1 ? "thresholds.tsv" : $"thresholds-{method + 1}.tsv";

    [GeneratedRegex(@"^thresholds(-[0-9]+)?\.tsv$")]
    private static partial Regex ThresholdsFile();

    // By what the data call labels, as a model of them does, whatever names the report has. Infinite thresholds, of labels that are never ranked rightly, prediction could not take.
    private static IEnumerable<(string Label, double Threshold)> Thresholds(ReportModel model, int method, LabelThresholds thresholds)
    {
        if (model.Methods[method].Assignments.FirstOrDefault(assignment => assignment.Threshold is not null)?.Threshold is { } overall)
            yield return (ThresholdFile.Others, overall);
        for (var label = 0; label < thresholds.LabelCount; label++)
        {
            if (thresholds[label] is <= 1 and var threshold)
                yield return (All(model).Ids?[label] ?? label.ToString(CultureInfo.InvariantCulture), threshold);
        }
    }

    private static AllLabels All(ReportModel model) =>
        model.AllLabels ?? throw new LightDxmlException("This report was read from JSON, which does not hold every label; the CSV needs one that was computed.");

    private static IEnumerable<object?[]> Metrics(ReportModel model)
    {
        foreach (var method in model.Methods)
        {
            var report = method.Evaluation;
            foreach (var (metric, values) in new (RankingMetric, IReadOnlyList<double>?)[]
                     {
                         (RankingMetric.Precision, report.Precision), (RankingMetric.Ndcg, report.Ndcg), (RankingMetric.Recall, report.Recall),
                         (RankingMetric.PropensityScoredPrecision, report.PropensityScoredPrecision), (RankingMetric.PropensityScoredNdcg, report.PropensityScoredNdcg),
                         (RankingMetric.MacroPrecision, report.MacroPrecision), (RankingMetric.MacroRecall, report.MacroRecall), (RankingMetric.MacroF1, report.MacroF1),
                         (RankingMetric.Coverage, report.Coverage), (RankingMetric.Abandonment, report.Abandonment),
                     })
            {
                for (var slot = 0; slot < report.Ks.Count; slot++)
                {
                    var interval = method.Intervals.FirstOrDefault(entry => entry.Metric == metric && entry.K == report.Ks[slot]);
                    yield return [method.Name, Figures.NameOf(metric), report.Ks[slot], values?[slot], interval?.Low, interval?.High];
                }
            }

            foreach (var assignment in method.Assignments)
            {
                yield return [method.Name, $"micro-F1, {assignment.Rule}", assignment.K, assignment.Scores.MicroF1, null, null];
                yield return [method.Name, $"macro-F1, {assignment.Rule}", assignment.K, assignment.Scores.MacroF1, null, null];
            }

            yield return [method.Name, "ECE as given", model.Data.LastK, method.Calibration.AsGiven?.ExpectedCalibrationError, null, null];
            yield return [method.Name, "ECE recalibrated", model.Data.LastK, method.Calibration.Recalibrated?.ExpectedCalibrationError, null, null];
        }
    }

    private static IEnumerable<object?[]> Groups(ReportModel model)
    {
        var bins = Figures.NamesOf(model.Bins);
        foreach (var method in model.Methods)
        {
            foreach (var (grouping, report) in new[] { ("training points", method.Tail), ("depth", method.Depths) })
            {
                for (var group = 0; group < (report?.Groups.Count ?? 0); group++)
                {
                    var scores = report!.Groups[group];
                    var name = grouping == "depth" ? scores.Name : bins[group];
                    for (var slot = 0; slot < report.Ks.Count; slot++)
                    {
                        yield return
                        [
                            method.Name, grouping, name, scores.LabelCount, scores.TestLabelCount, scores.TestPairs, report.Ks[slot], GroupTables.Found(scores, slot), GroupTables.MacroF1(scores, slot),
                            scores.Precision[slot], scores.Recall[slot], scores.PropensityScoredPrecision?[slot],
                        ];
                    }
                }
            }
        }
    }

    private static IEnumerable<object?[]> Curves(ReportModel model)
    {
        foreach (var method in model.Methods)
        {
            foreach (var point in method.HeadToTail.Points)
                yield return [method.Name, "head to tail: P, PSP", point.Precision, point.PropensityScoredPrecision, null];
            foreach (var point in method.Thresholds.Points)
                yield return [method.Name, "threshold, micro-F1", point.Threshold, point.MicroF1, point.Assignments];
            foreach (var point in method.Thresholds.Points)
                yield return [method.Name, "threshold, macro-F1", point.Threshold, point.MacroF1, point.Assignments];
            foreach (var (name, curve) in new[] { ("calibration as given", method.Calibration.AsGiven), ("calibration recalibrated", method.Calibration.Recalibrated) })
                foreach (var bin in curve?.Bins ?? [])
                    yield return [method.Name, name, bin.MeanScore, bin.HitRate, bin.Count];
        }
    }

    private static IEnumerable<object?[]> Comparisons(ReportModel model) =>
        from comparison in model.Comparisons
        from difference in comparison.Differences
        select new object?[]
        {
            model.Methods[comparison.First].Name, model.Methods[comparison.Second].Name, Figures.NameOf(difference.Metric), difference.K,
            difference.Difference, difference.Low, difference.High, difference.PValue,
        };

    private static IEnumerable<object?[]> Labels(ReportModel model)
    {
        var all = All(model);
        var bins = Figures.NamesOf(model.Bins);
        for (var label = 0; label < all.Train.Count; label++)
        {
            var entry = all.Catalog?[label];
            for (var method = 0; method < model.Methods.Count; method++)
            {
                var scores = all.Scores[method];
                yield return
                [
                    label, entry?.Id, entry?.Name, bins[all.Bins.BinOf(label)], entry?.Depth, all.Train[label], scores.TestPoints(label),
                    model.Methods[method].Name, scores.Predicted(label), scores.Hits(label), scores.Precision(label), scores.Recall(label), scores.F1(label),
                    string.Join(' ', all.Confusions[method].Of(label).Select(confusion => $"{confusion.Label}:{confusion.Points}")),
                    entry is null ? null : string.Join("; ", entry.Parents),
                ];
            }
        }
    }

    private static void WriteFile(string folder, string name, IEnumerable<object?[]> rows) => AtomicFile.Write(Path.Combine(folder, name), stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        foreach (var row in rows.Prepend(Headers[name]))
        {
            for (var column = 0; column < row.Length; column++)
            {
                if (column > 0)
                    writer.Write(',');
                WriteField(writer, row[column]);
            }

            writer.Write('\n');
        }
    });

    private static void WriteField(StreamWriter writer, object? value)
    {
        if (value is string name)
            writer.Write(Field(name));
        else if (value is IFormattable number)
            writer.Write(number.ToString(null, CultureInfo.InvariantCulture));
    }

    /// <summary>A name as it stands between commas.</summary>
    internal static string Field(string name) => CsvText.Quoted(Harmless(name));

    // Spreadsheets compute a cell that begins like a formula, unless an apostrophe comes first; terminals obey control characters.
    internal static string Harmless(string name)
    {
        var text = name.Any(IsObeyed) ? new string([.. name.Select(character => IsObeyed(character) ? '\uFFFD' : character)]) : name;
        return CsvText.Plain(text);

        static bool IsObeyed(char character) => char.IsControl(character) && character is not ('\t' or '\r' or '\n');
    }
}
