using System.Globalization;
using LightDxml.Cli.Commands;
using LightDxml.Configuration;
using LightDxml.Models;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Cli.Output;

/// <summary>What a model is, what its labels are, and which words speak for one.</summary>
internal sealed class ModelDescription(StoredModel model, string path)
{
    private Model Own => model.Members is [var first, ..] ? first : throw new LightDxmlException($"{path} holds a baseline; only its counts are known.");

    public void Write(TextWriter output)
    {
        var table = new TextTable("", "") { LeftColumns = 2 };
        table.Add("model", path);
        table.Add("labels", $"{model.Ranker.LabelCount:N0}");
        if (model.Members.Count > 0 && Own.AllLabelCount > Own.LabelCount)
            table.Add("of them without documents", $"{Own.AllLabelCount - Own.LabelCount:N0}");
        table.Add("features", $"{model.Ranker.FeatureCount:N0}");
        table.Add("bytes", $"{Summary.BytesOf(path):N0}");
        if (model.Members.Count > 0)
            Add(table);
        table.Write(output);
    }

    /// <summary>A line for each label, the most frequent first: training documents, id, and the name where it is another.</summary>
    public void WriteLabels(TextWriter output)
    {
        var counts = Own.LabelFrequencies;
        foreach (var label in Enumerable.Range(0, Own.AllLabelCount).OrderByDescending(CountOf).ThenBy(label => label))
        {
            var name = model.LabelNames?[label];
            output.Write($"{(counts is null ? "" : CountOf(label).ToString(CultureInfo.InvariantCulture))}\t{LightDxmlException.OneLine(model.IdOf(label))}{(name is null || name == model.IdOf(label) ? "" : $"\t{LightDxmlException.OneLine(name)}")}\n");
        }

        // Labels behind the trained ones are known by their names alone.
        long CountOf(int label) => counts is not null && label < counts.Length ? counts[label] : 0;
    }

    /// <summary>The words, or features, that speak most for a label, with their weights.</summary>
    /// <param name="label">Its id or its name.</param>
    public void WriteTopWords(string label, int count, TextWriter output)
    {
        if (!model.LabelRows().TryGetValue(label, out var row))
            throw new LightDxmlException($"{path} has no label '{label}'; info --model {path} --labels lists them.");
        var weights = Own.Sparse?.Weights ?? Own.Centroids ?? throw new LightDxmlException($"{path} has a dense head alone, which has no weights of words.");
        if (row >= weights.RowCount)
            throw new LightDxmlException($"{path} knows '{label}' by its names alone, since no training document had it: it has no weights of words.");
        var columns = weights.RowColumns(row).ToArray();
        var values = weights.RowValues(row).ToArray();
        var terms = model.Vectorizer?.TermCount ?? int.MaxValue;
        foreach (var (column, value) in columns.Zip(values).Where(pair => pair.First < terms).OrderByDescending(pair => pair.Second).ThenBy(pair => pair.First).Take(count))
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{value:F4}\t{LightDxmlException.OneLine(model.Vectorizer?.TermOf(column) ?? $"feature {column}")}\n"));
    }

    private void Add(TextTable table)
    {
        if (model.Members.Count > 1)
            table.Add("ensemble", $"of {model.Members.Count} models; the first is described");
        if (Own.Training is { } training)
        {
            table.Add("training documents", $"{training.Statistics.PointCount:N0}");
            table.Add("trained in", $"{training.Statistics.TrainingSeconds:N1} s ({training.Statistics.ProcessorSeconds:N1} processor seconds)");
            if (training.Statistics.ValidationP1 is { } precision)
                table.Add("P@1", $"{100 * precision:N2} on the documents it was chosen by");
            if (training.Statistics.CalibrationError is { } error)
                table.Add("ECE@5", $"{100 * error:N2} on held-out documents");
        }

        table.Add("numbers stored as", $"{Own.Inference.Precision}".ToLowerInvariant());
        table.Add("head", Own.Sparse is null ? "dense" : "with sparse classifiers");
        table.Add("label names", Own.LabelNames is null ? "none: labels are numbers" : Own.LabelIds is not null && !Own.LabelIds.SequenceEqual(Own.LabelNames) ? "names and ids" : "names");
        if (Own.Hierarchy is { } hierarchy)
            table.Add("hierarchy", $"{hierarchy.Entries.Count(entry => entry.Parents.Count > 0):N0} labels are below others: --most-specific, --consistent");
        table.Add("thresholds", Own.Thresholds is null ? "none" : "stored: --threshold auto, document, per-label");
        table.Add("made from", Own.Vectorizer is null ? "features" : "raw text");
        if (Own.Vectorizer?.Encoder is { } encoder)
            table.Add("text encoder", $"{encoder.Name}, {encoder.Dimension} numbers, fingerprint {encoder.Fingerprint[..16]}…");
        if (Own.Reading is { } reading)
        {
            table.Add("format", TextOptions.FormatNames.First(pair => pair.Value == (reading.UsualFormat ?? reading.Format)).Key);
            foreach (var (name, value) in Reading(reading).Where(pair => pair.Value is not null))
                table.Add(name, value!);
        }

        if (Own.Training is { } record)
        {
            var standard = new TrainingOptions();
            foreach (var setting in Settings.All.Where(setting => setting.GetText(record.Options) != setting.GetText(standard)))
                table.Add($"setting {setting.Name}", setting.GetText(record.Options));
        }
    }

    private static IEnumerable<(string Name, string? Value)> Reading(TextReadOptions reading) =>
    [
        ("encoding", reading.Encoding ?? reading.UsualEncoding),
        ("delimiter", reading.Delimiter switch { null => null, '\t' => "tab", var delimiter => $"{delimiter}" }),
        ("id field", reading.IdField),
        ("title field", reading.TitleField is "" ? "none" : reading.TitleField),
        ("text field", reading.TextField),
        ("labels field", reading.LabelsField),
        ("label separator", reading.LabelSeparator),
        ("label prefix", reading.LabelPrefix),
        ("ancestors added", reading.AddAncestors ? "yes" : null),
        ("languages of names", reading.NameLanguages),
    ];
}
