using LightDxml.Metrics;
using LightDxml.Reports.Model;

namespace LightDxml.Reports;

/// <summary>Computes a report.</summary>
internal static class ReportBuilder
{
    /// <param name="progress">Hears of each step; null for silence.</param>
    /// <exception cref="LightDxmlException">The parts of the input do not fit together.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static ReportModel Build(ReportInput input, ReportOptions options, Action<string>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        input.Check();
        var measure = new Measurement(input, options);
        var methods = new List<MethodReport>();
        var samples = new List<Bootstrap>();
        foreach (var method in input.Methods)
        {
            stop.ThrowIfCancellationRequested();
            progress?.Invoke($"measuring {method.Name}");
            var (report, resampled) = measure.Method(method);
            methods.Add(report);
            samples.Add(resampled);
        }

        stop.ThrowIfCancellationRequested();
        progress?.Invoke("labels");
        var all = measure.AllLabels();
        var comparisons = new List<MethodComparison>();
        for (var first = 0; first < methods.Count; first++)
        {
            for (var second = first + 1; second < methods.Count; second++)
            {
                stop.ThrowIfCancellationRequested();
                progress?.Invoke($"comparing {methods[first].Name} with {methods[second].Name}");
                comparisons.Add(ComparisonBuilder.Compare(all, first, second, samples[first], samples[second], options));
            }
        }

        stop.ThrowIfCancellationRequested();
        progress?.Invoke("documents");
        var labels = LabelTableBuilder.Build(all, options);
        var documents = DocumentTableBuilder.Build(input, options);
        return new ReportModel
        {
            Title = input.Title,
            Data = measure.Facts(methods[0].Evaluation),
            Bins = measure.Bins.Bins,
            UnseenTestLabels = measure.UnseenTestLabels,
            Methods = methods,
            Comparisons = comparisons,
            Labels = labels,
            Documents = documents,
            LabelNames = LabelNamesOf(input, labels, documents, comparisons, measure.UnseenTestLabels),
            AllLabels = all,
        };
    }

    private static SortedDictionary<int, LabelName> LabelNamesOf(
        ReportInput input, LabelTable labels, DocumentTable documents, List<MethodComparison> comparisons, IReadOnlyList<int> unseen)
    {
        var names = new SortedDictionary<int, LabelName>();
        if (input.Labels is not { } catalog)
            return names;
        var mentioned = labels.Rows.Select(row => row.Label)
            .Concat(labels.Rows.SelectMany(row => row.Methods).SelectMany(cell => cell.Confusions).Select(confusion => confusion.Label))
            .Concat(documents.Rows.SelectMany(row => row.Truth.Concat(row.Methods.SelectMany(method => method.Labels))))
            .Concat(comparisons.SelectMany(comparison => comparison.Won.Concat(comparison.Lost)).Select(change => change.Label))
            .Concat(unseen);
        foreach (var label in mentioned)
            names[label] = new LabelName(catalog[label].Id, catalog[label].Name, catalog[label].Parents);
        return names;
    }
}
