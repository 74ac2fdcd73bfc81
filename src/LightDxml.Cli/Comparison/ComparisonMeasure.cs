using System.Globalization;
using System.Text;
using LightDxml.Cli.Input;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Reports;

namespace LightDxml.Cli.Comparison;

/// <summary>Measures predictions, of the methods and of other tools, on the test set of a comparison.</summary>
/// <param name="readTestIds">Gives the ids of the test set's documents, "" for one without; or null.</param>
internal sealed class ComparisonMeasure(CommandContext context, ComparisonData data, LabelFilter? filter, PropensityOptions propensities, Func<IReadOnlyList<string>?> readTestIds)
{
    private readonly int[] _frequencies = LabelFrequencies.Count(data.Train.Labels);
    private readonly int _trainDocuments = data.Train.PointCount;
    private readonly SparseMatrix _truth = filter?.Of(data.Truth) ?? data.Truth;
    private readonly JointLabels _labels = data.Labels;
    private readonly PredictionInput _predictions = new(context, data.Labels, readTestIds, ComparisonTable.Ks[^1]) { Filter = filter };

    /// <summary>The metrics of a file of predictions, or why there are none.</summary>
    public ComparisonRow Row(string name, string file)
    {
        try
        {
            var (predictions, _) = _predictions.Read(file);
            var truth = _truth.WithColumnCount(_labels.Count);
            var frequencies = _frequencies;
            Array.Resize(ref frequencies, _labels.Count);
            var inverse = Propensities.Inverse(frequencies, _trainDocuments, propensities);
            var options = new EvaluationOptions { Ks = ComparisonTable.Ks };
            return new ComparisonRow(name, Evaluator.Evaluate(predictions, truth, options, inverse), null, null) { Scores = PointScores.Of(predictions, truth, options, inverse) };
        }
        catch (LightDxmlException fault)
        {
            return new ComparisonRow(name, null, null, fault.Message);
        }
    }

    /// <summary>How sure the differences between the first method and the others are, as a paragraph of Markdown; empty for one method.</summary>
    public static string Significance(IReadOnlyList<ComparisonRow> rows)
    {
        var text = new StringBuilder();
        if (rows.FirstOrDefault(row => row.Scores is not null) is not { Scores: { } reference } first)
            return "";
        var options = new BootstrapOptions();
        var sampled = Bootstrap.Of(reference, options);
        foreach (var row in rows.Where(row => row != first && row.Scores is not null && MethodNames.WithoutSeed(row.Name) != MethodNames.WithoutSeed(first.Name)))
        {
            var differences = PairedComparison.Of(sampled, Bootstrap.Of(row.Scores!, options));
            text.Append(CultureInfo.InvariantCulture, $"| {MarkdownReport.EscapeCell(row.Name)} |");
            foreach (var metric in new[] { RankingMetric.Precision, RankingMetric.PropensityScoredPrecision })
            {
                foreach (var k in ComparisonTable.Ks)
                {
                    var difference = differences.First(other => other.Metric == metric && other.K == k);
                    text.Append(CultureInfo.InvariantCulture, $" {100 * difference.Difference:+0.00;-0.00;0.00} (p {difference.PValue:0.000}) |");
                }
            }

            text.Append('\n');
        }

        return text.Length == 0 ? "" : $"\n{MarkdownReport.Escape(first.Name)} minus each of the others, with p-values of the paired randomisation test:\n\n| method | P@1 | P@3 | P@5 | PSP@1 | PSP@3 | PSP@5 |\n|---|---:|---:|---:|---:|---:|---:|\n{text}";
    }
}
