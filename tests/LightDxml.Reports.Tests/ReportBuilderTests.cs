using LightDxml.Reports.Labels;
using LightDxml.Reports.Model;
using LightDxml.Reports.Tables;
using LightDxml.Reports.Text;
using LightDxml.TestKit;

namespace LightDxml.Reports.Tests;

public sealed class ReportBuilderTests
{
    [Fact]
    public void ThreeMethods_GiveThreeComparisons()
    {
        var model = ReportBuilder.Build(SampleReport.Make(3), SampleReport.Options);
        Assert.Equal([(0, 1), (0, 2), (1, 2)], model.Comparisons.Select(comparison => (comparison.First, comparison.Second)));
        Assert.All(model.Labels.Rows, row => Assert.Equal(3, row.Methods.Count));
    }

    // Their most frequent labels are ranked and count there, but no threshold gives them.
    [Fact]
    public void PointsOfWhichNothingIsKnown_HaveNoSayInThresholds_AndOneInRankings()
    {
        var input = SampleReport.Make(1);
        var ranked = input.Methods[0].Predictions;
        bool[] isKnown = [.. Enumerable.Range(0, ranked.PointCount).Select(point => point % 3 != 0)];
        var without = ranked.Copy();
        for (var point = 0; point < ranked.PointCount; point += 3)
        {
            without.Labels(point).Fill(-1);
            without.Scores(point).Fill(float.NegativeInfinity);
        }

        var (all, marked, expected) = (Of(ranked, null), Of(ranked, isKnown), Of(without, null));

        Assert.Equal(expected.Thresholds.BestMicro, marked.Thresholds.BestMicro);
        Assert.Equal(expected.Assignments.Where(rule => rule.K is null), marked.Assignments.Where(rule => rule.K is null));
        Assert.NotEqual(all.Assignments[^1], marked.Assignments[^1]);
        Assert.Equal(all.Assignments.Where(rule => rule.K is not null), marked.Assignments.Where(rule => rule.K is not null));
        Assert.Equal(all.Evaluation.Precision, marked.Evaluation.Precision);

        MethodReport Of(LightDxml.Data.RankedLabels predictions, bool[]? known) =>
            ReportBuilder.Build(input with { Methods = [new MethodPredictions("m", predictions) { IsKnown = known }] }, SampleReport.Options).Methods[0];
    }

    [Fact]
    public void MethodThatPredictsNothing_OrKnowsNothing_HasAReport()
    {
        var nothing = new LightDxml.Data.RankedLabels(300, SampleReport.Labels, 5);
        var known = SampleReport.Input.Methods[0] with { IsKnown = new bool[300] };
        var model = ReportBuilder.Build(SampleReport.Input with { Methods = [new MethodPredictions("nothing", nothing), known] }, SampleReport.Options);

        Assert.All(model.Methods, method => Assert.Empty(method.Thresholds.Points));
        Assert.Equal((0.0, null), (model.Methods[0].Evaluation.Precision[0], model.Methods[0].Calibration.AsGiven));
        Assert.NotNull(model.Methods[1].Calibration.AsGiven);
        Assert.Equal(["nothing", "–", "–", "–", "–"], ScoreTables.Calibration(model).Rows[0].Cells.Select(cell => cell.Text));
        using var folder = new TemporaryFolder();
        Assert.Contains("The peaks of micro-F1: nothing none, method A none.", File.ReadAllText(ReportFiles.WriteAll(model, folder["report"])), StringComparison.Ordinal);
    }

    // 0 of 0 found is no failure of a method.
    [Fact]
    public void BinsWithoutTestPairs_HaveNoShare_AndNoSayInFindings()
    {
        // Labels 0 to 3 have 4, 2, 1 and 1 training documents; the test set has 1 alone.
        var train = new LightDxml.Data.SparseMatrix(4, 4, [0, 3, 5, 7, 8], [0, 1, 2, 0, 1, 0, 3, 0]);
        var truth = new LightDxml.Data.SparseMatrix(1, 4, [0, 1], [1]);
        var ranked = new LightDxml.Data.RankedLabels(1, 4, 1);
        ranked.Labels(0)[0] = 1;
        ranked.Scores(0)[0] = 0.5f;
        var test = new LightDxml.Data.Dataset("test", new LightDxml.Data.SparseMatrix(1, 0, [0, 0], [], []), truth);
        var model = ReportBuilder.Build(new ReportInput("few", test, train, [new MethodPredictions("m", ranked)]), SampleReport.Options with { Bins = 4 });

        Assert.Equal(["4", "2", "1 (1 of 2)", "1 (2 of 2)", "never seen"], Figures.NamesOf(model.Bins));
        Assert.Contains("m finds 100.00 % of the pairs of the labels with 2 training points, the most frequent that the test set has, in the first 5.", Findings.Of(model));
        Assert.Equal(
            [("4", "–", "–"), ("2", "100.00", "100.00"), ("1 (1 of 2)", "–", "–"), ("1 (2 of 2)", "–", "–")],
            GroupTables.Tail(model).Rows.Select(row => (row.Cells[0].Text, row.Cells[5].Text, row.Cells[6].Text)));
        using var folder = new TemporaryFolder();
        ReportFiles.WriteAll(model, folder["report"]);
        Assert.Equal(["2"], File.ReadLines(folder["report/csv/groups.csv"]).Skip(1).Select(line => line.Split(',')).Where(row => row[6] == "5" && row[7].Length > 0).Select(row => row[2]));
        Assert.Equal(["4", "2", "1 (1 of 2)", "1 (2 of 2)"], File.ReadLines(folder["report/csv/labels.csv"]).Skip(1).Select(line => line.Split(',')[3]));
    }

    [Fact]
    public void Csv_EveryFile_CallsAMetricTheSame()
    {
        using var folder = new TemporaryFolder();
        CsvReport.Write(SampleReport.Model, folder["csv"]);
        var metrics = Names("metrics.csv", column: 1);
        var compared = Names("comparisons.csv", column: 2);

        Assert.Superset(new HashSet<string>(["P", "nDCG", "R", "PSP", "PSnDCG", "macro-P", "macro-R", "macro-F1", "coverage", "abandonment"]), metrics);
        Assert.Contains("macro-F1", compared);
        Assert.Subset(metrics, compared);
        Assert.Equal(("nDCG", "Macro-F1"), (Figures.HeadingOf(Metrics.RankingMetric.Ndcg), Figures.HeadingOf(Metrics.RankingMetric.MacroF1)));

        HashSet<string> Names(string file, int column) => [.. CsvText.Parse(File.ReadAllText(folder[$"csv/{file}"])).Skip(1).Select(row => row[column])];
    }

    [Fact]
    public void HeadToTail_GoesByWhatATailWeightMultiplies_WhateverThePropensitiesOfTheReport()
    {
        var model = ReportBuilder.Build(SampleReport.Make(1), SampleReport.Options with { Propensity = Metrics.PropensityOptions.Amazon });
        var method = SampleReport.Model.Methods[0];
        Assert.Equal(method.HeadToTail.Points.Select(point => point.Precision), model.Methods[0].HeadToTail.Points.Select(point => point.Precision));
        Assert.NotEqual(method.HeadToTail.Points[^1], model.Methods[0].HeadToTail.Points[^1]);
    }

    [Fact]
    public void WonLabels_GreatestDifferenceOverRootOfTestPointsFirst()
    {
        var comparison = SampleReport.Model.Comparisons[0];
        double[] weights = [.. comparison.Won.Select(change => (change.FirstHits - change.SecondHits) / Math.Sqrt(change.Test))];
        Assert.True(weights.Length > 3 && weights[^1] > 0);
        Assert.Equal(weights.OrderDescending(), weights);
        Assert.Equal(Math.Min(comparison.WonCount, SampleReport.Options.ChangedLabels), weights.Length);
    }

    [Fact]
    public void OneMethod_WithoutNamesAndTexts_ShowsFeaturesAndNumbers()
    {
        var model = ReportBuilder.Build(SampleReport.Make(1) with { Labels = null, Texts = null }, SampleReport.Options);
        Assert.Empty(model.Comparisons);
        Assert.Equal("label 3", model.NameOf(3));
        Assert.All(model.Documents.Rows, row => Assert.Single(row.Features));
        Assert.Null(model.Methods[0].Depths);
    }

    [Fact]
    public void FewerRowsThanLabels_EachBinGivesItsShare()
    {
        var model = ReportBuilder.Build(SampleReport.Input, SampleReport.Options with { LabelRows = 12 });
        Assert.Equal((12, SampleReport.Labels), (model.Labels.Rows.Count, model.Labels.Total));
        Assert.All(Enumerable.Range(0, 6), bin => Assert.InRange(model.Labels.Rows.Count(row => row.Bin == bin), 1, 3));
        // Of each bin those with most test points.
        var tail = model.Labels.Rows.Where(row => row.Bin == 4).Min(row => row.Test);
        var hidden = SampleReport.Model.Labels.Rows.Where(row => row.Bin == 4 && model.Labels.Rows.All(shown => shown.Label != row.Label));
        Assert.All(hidden, row => Assert.True(row.Test <= tail));
    }

    [Fact]
    public void Depths_AddUpToTheMetric()
    {
        var method = SampleReport.Model.Methods[0];
        Assert.Equal(["depth 0", "depth 1", "depth 2"], method.Depths!.Groups.Select(group => group.Name));
        Assert.Equal(method.Evaluation.Precision[2], method.Depths.Groups.Sum(group => group.Precision[2]), 1e-12);
    }

    [Fact]
    public void SameInput_SameReport_ByteForByte()
    {
        var again = ReportBuilder.Build(SampleReport.Make(2), SampleReport.Options with { Threads = 2, Bootstrap = SampleReport.Options.Bootstrap with { Threads = 2 } });
        Assert.Equal(Json(SampleReport.Model), Json(again));
    }

    [Fact]
    public void PredictionsOfOtherPoints_AreNamed()
    {
        var wrong = new MethodPredictions("short", new LightDxml.Data.RankedLabels(3, SampleReport.Labels, 5));
        var fault = Assert.Throws<LightDxmlException>(() => ReportBuilder.Build(SampleReport.Input with { Methods = [wrong] }, SampleReport.Options));
        Assert.Equal("short: the predictions are of 3 documents, but the test set has 300.", fault.Message);
    }

    [Fact]
    public void TrainingSetWithoutLabels_IsRefused()
    {
        var none = new LightDxml.Data.SparseMatrix(2, SampleReport.Labels, [0, 0, 0], []);
        var fault = Assert.Throws<LightDxmlException>(() => ReportBuilder.Build(SampleReport.Input with { TrainLabels = none }, SampleReport.Options));
        Assert.StartsWith("No document of the training set has a label", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoMethodsOfOneName_AreRefused()
    {
        var method = SampleReport.Input.Methods[0];
        var fault = Assert.Throws<LightDxmlException>(() => ReportBuilder.Build(SampleReport.Input with { Methods = [method, method] }, SampleReport.Options));
        Assert.Equal("Two methods are called 'method A'.", fault.Message);
    }

    [Fact]
    public void NamesOfOtherLabels_AreRefused() => Assert.Throws<LightDxmlException>(() =>
        ReportBuilder.Build(SampleReport.Input with { Labels = NamedLabels.OfNames(["one"]) }, SampleReport.Options));

    [Fact]
    public void OptionsOutOfRange_AreRefused() => Assert.Throws<Configuration.OptionsException>(() =>
        ReportBuilder.Build(SampleReport.Input, SampleReport.Options with { LabelRows = 0 }));

    [Fact]
    public void Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => ReportBuilder.Build(SampleReport.Input, SampleReport.Options, stop: stop.Token));
    }

    private static byte[] Json(ReportModel model)
    {
        using var stream = new MemoryStream();
        JsonReport.Write(model, stream);
        return stream.ToArray();
    }
}
