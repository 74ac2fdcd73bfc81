using System.Text.Json;
using System.Text.RegularExpressions;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Reports.Html;

namespace LightDxml.Reports.Tests;

/// <summary>What stands in the report is what the evaluator says: read from the JSON inside the HTML.</summary>
public sealed partial class ReportFiguresTests
{
    private static readonly string Html = Render();
    private static readonly JsonElement Report = JsonDocument.Parse(EmbeddedData().Match(Html).Groups[1].Value).RootElement;
    private static readonly SparseMatrix Truth = SampleReport.Input.Test.Labels;
    private static readonly double[] Weights = Propensities.Inverse(SampleReport.Input.TrainLabels, PropensityOptions.Standard);
    private static readonly EvaluationOptions Options = new() { Ks = [1, 3, 5] };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Metrics_AreTheEvaluators(int method)
    {
        var expected = Evaluator.Evaluate(Rankings(method), Truth, Options, Weights);
        var shown = Method(method).GetProperty("evaluation");
        foreach (var (name, values) in new (string, IReadOnlyList<double>)[]
                 {
                     ("precision", expected.Precision), ("recall", expected.Recall), ("ndcg", expected.Ndcg), ("propensityScoredPrecision", expected.PropensityScoredPrecision!),
                     ("propensityScoredNdcg", expected.PropensityScoredNdcg!), ("macroPrecision", expected.MacroPrecision), ("macroRecall", expected.MacroRecall),
                     ("macroF1", expected.MacroF1), ("coverage", expected.Coverage), ("abandonment", expected.Abandonment),
                 })
        {
            Assert.Equal(values, Doubles(shown.GetProperty(name)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Tail_IsTheEvaluators(int method)
    {
        var expected = TailReport.Of(Rankings(method), Truth, FrequencyBins.Of(SampleReport.Input.TrainLabels, 5), Options, Weights);
        var shown = Method(method).GetProperty("tail").GetProperty("groups");
        Assert.Equal(expected.Bins.Count, shown.GetArrayLength());
        for (var bin = 0; bin < expected.Bins.Count; bin++)
        {
            Assert.Equal(expected.Bins[bin].Precision, Doubles(shown[bin].GetProperty("precision")));
            Assert.Equal(expected.Bins[bin].Recall, Doubles(shown[bin].GetProperty("recall")));
            Assert.Equal(expected.Bins[bin].PropensityScoredPrecision, Doubles(shown[bin].GetProperty("propensityScoredPrecision")));
            Assert.Equal(expected.Bins[bin].TestPairs, shown[bin].GetProperty("testPairs").GetInt64());
            Assert.Equal(expected.Bins[bin].Labels.TrainingPairs, Report.GetProperty("bins")[bin].GetProperty("trainingPairs").GetInt64());
        }

        Assert.Equal(expected.UnseenTestLabels, Report.GetProperty("unseenTestLabels").EnumerateArray().Select(label => label.GetInt32()));
        Assert.Equal([38, 39], expected.UnseenTestLabels);
    }

    [Fact]
    public void Curves_AreTheLibrarys()
    {
        var shown = Method(0);
        var sweep = ThresholdSweep.Of(Rankings(0), Truth);
        Assert.Equal(sweep.Points.Select(point => point.MacroF1), shown.GetProperty("thresholds").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("macroF1").GetDouble()));
        Assert.Equal(
            Evaluator.Evaluate(Rankings(0), Truth, Options with { ScoreThreshold = sweep.BestMicro.Threshold }).AtThreshold!.MicroF1,
            shown.GetProperty("thresholds").GetProperty("bestMicro").GetProperty("microF1").GetDouble());
        var dial = HeadToTailCurve.Of(Rankings(0), Truth, Weights);
        Assert.Equal(dial.Points.Select(point => point.PropensityScoredPrecision), shown.GetProperty("headToTail").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("propensityScoredPrecision").GetDouble()));
        Assert.Equal(ReliabilityCurve.Of(Rankings(0), Truth, 5)!.ExpectedCalibrationError, shown.GetProperty("calibration").GetProperty("asGiven").GetProperty("expectedCalibrationError").GetDouble());
    }

    [Fact]
    public void Labels_AreCountedAsTheLibraryCountsThem()
    {
        var rows = Report.GetProperty("labels").GetProperty("rows");
        Assert.Equal(SampleReport.Labels, rows.GetArrayLength());
        foreach (var method in (int[])[0, 1])
        {
            var scores = LabelScores.Of(Rankings(method), Truth, k: 5);
            foreach (var row in rows.EnumerateArray())
            {
                var label = row.GetProperty("label").GetInt32();
                var cell = row.GetProperty("methods")[method];
                Assert.Equal(
                    (scores.TestPoints(label), scores.Predicted(label), scores.Hits(label)),
                    (row.GetProperty("test").GetInt32(), cell.GetProperty("predicted").GetInt32(), cell.GetProperty("hits").GetInt32()));
            }
        }
    }

    [Fact]
    public void WonLostAndTied_AddUpToTheTestLabels_AndDifferencesAreThose()
    {
        var comparison = Assert.Single(Report.GetProperty("comparisons").EnumerateArray());
        var (first, second) = (LabelScores.Of(Rankings(0), Truth, 5), LabelScores.Of(Rankings(1), Truth, 5));
        int[] test = [.. Enumerable.Range(0, SampleReport.Labels).Where(label => first.TestPoints(label) > 0)];
        Assert.Equal(
            (test.Count(label => first.Hits(label) > second.Hits(label)), test.Count(label => first.Hits(label) < second.Hits(label)), test.Count(label => first.Hits(label) == second.Hits(label))),
            (comparison.GetProperty("wonCount").GetInt32(), comparison.GetProperty("lostCount").GetInt32(), comparison.GetProperty("tiedCount").GetInt32()));
        var difference = comparison.GetProperty("differences")[0];
        Assert.Equal(("precision", 1), (difference.GetProperty("metric").GetString(), difference.GetProperty("k").GetInt32()));
        Assert.Equal(
            Doubles(Method(0).GetProperty("evaluation").GetProperty("precision"))[0] - Doubles(Method(1).GetProperty("evaluation").GetProperty("precision"))[0],
            difference.GetProperty("difference").GetDouble(), 1e-12);
    }

    [Fact]
    public void Documents_AreTheWorst_WorstFirst()
    {
        var rows = Report.GetProperty("documents").GetProperty("rows").EnumerateArray().ToList();
        double[] means = [.. rows.Select(row => row.GetProperty("methods").EnumerateArray().Average(method => method.GetProperty("ndcg").GetDouble()))];
        Assert.Equal(means.Order(), means);
        // Where nothing at all is found, the document with more labels to find comes first.
        int[] labelsOfTheLost = [.. rows.TakeWhile((_, index) => means[index] == 0).Select(row => row.GetProperty("truth").GetArrayLength())];
        Assert.True(labelsOfTheLost.Length > 2);
        Assert.Equal(labelsOfTheLost.OrderDescending(), labelsOfTheLost);
        Assert.DoesNotContain(rows, row => row.GetProperty("point").GetInt32() == 7);
        // The document's nDCG is the evaluator's of that point alone.
        var point = rows[^1].GetProperty("point").GetInt32();
        var one = new RankedLabels(1, SampleReport.Labels, 12);
        Rankings(0).Labels(point).CopyTo(one.Labels(0));
        var expected = Evaluator.Evaluate(one, new SparseMatrix(1, SampleReport.Labels, [0, Truth.RowLength(point)], Truth.RowColumns(point).ToArray()), Options).Ndcg[2];
        Assert.Equal(expected, rows[^1].GetProperty("methods")[0].GetProperty("ndcg").GetDouble(), 1e-12);
    }

    [Fact]
    public void HeadlineTable_ShowsTheFiguresOfTheData()
    {
        var precision = Doubles(Method(0).GetProperty("evaluation").GetProperty("precision"));
        var row = HeadlineRow().Match(Html).Groups[1].Value;
        Assert.Contains(FormattableString.Invariant($"{100 * precision[0]:F2}<"), row, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_AsksForNothingFromANetwork()
    {
        Assert.Contains("default-src 'none'", Html, StringComparison.Ordinal);
        Assert.DoesNotMatch(Reference(), Html);
    }

    private static RankedLabels Rankings(int method) => SampleReport.Input.Methods[method].Predictions;

    private static JsonElement Method(int method) => Report.GetProperty("methods")[method];

    private static double[] Doubles(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetDouble())];

    private static string Render()
    {
        using var writer = new StringWriter();
        HtmlReport.Write(SampleReport.Model, writer);
        return writer.ToString();
    }

    [GeneratedRegex("""<script type="application/json" id="report-data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex EmbeddedData();

    [GeneratedRegex("""<th scope="row" class="text">P@1</th>(.*?)</tr>""", RegexOptions.Singleline)]
    private static partial Regex HeadlineRow();

    [GeneratedRegex("""(src|href)="(?!#)|url\(|@import|https?://""")]
    private static partial Regex Reference();
}
