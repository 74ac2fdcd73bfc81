using LightDxml.Metrics;
using LightDxml.Reports.Model;
using LightDxml.Reports.Text;

namespace LightDxml.Reports.Tables;

/// <summary>Tables about scores: assigning labels by them, trading head for tail, and whether they are probabilities.</summary>
internal static class ScoreTables
{
    public static Table Assignments(ReportModel model)
    {
        var rows = new List<TableRow>();
        for (var rule = 0; rule < model.Methods[0].Assignments.Count; rule++)
            Add(rule, model.Methods[0].Assignments[rule].Rule, method => method.Assignments[rule].Scores);
        return new Table(
            "assignment", "Assigning labels",
            "Which labels to assign, and how well that does. Thresholds are fitted on one half of the test documents and applied to the other, both ways; the one that is printed is of all of them, and those of labels are in thresholds.tsv among the CSV files, for 'predict --thresholds', where scores are within 0..1. In percent, but for thresholds and labels per document.",
            ["assigned", "method", "threshold", "labels per document", "micro-P", "micro-R", "micro-F1", "macro-F1"], rows, TextColumns: 2);

        void Add(int rule, string name, Func<MethodReport, AssignmentScores> of)
        {
            double[] micro = [.. model.Methods.Select(method => of(method).MicroF1)];
            double[] macro = [.. model.Methods.Select(method => of(method).MacroF1)];
            for (var method = 0; method < model.Methods.Count; method++)
            {
                var scores = of(model.Methods[method]);
                rows.Add(new TableRow(
                    [
                        new(method == 0 ? name : ""), new(model.Methods[method].Name, IsName: true), new(Threshold(model.Methods[method].Assignments[rule])),
                        new(Figures.Plain(Math.Round(scores.AssignedPerPoint, 2))),
                        new(Figures.Percent(scores.MicroPrecision)), new(Figures.Percent(scores.MicroRecall)),
                        new(Figures.Percent(scores.MicroF1), IsBest: HeadlineTable.IsBest(micro, scores.MicroF1)),
                        new(Figures.Percent(scores.MacroF1), IsBest: HeadlineTable.IsBest(macro, scores.MacroF1)),
                    ],
                    StartsGroup: method == 0 && rule > 0));
            }
        }
    }

    private static string Threshold(Assignment assignment) =>
        assignment.Threshold is { } threshold ? Figures.Plain(Math.Round(threshold, 3)) : assignment.K is null ? "one each" : "–";

    public static Table HeadToTail(ReportModel model)
    {
        var k = model.Methods[0].HeadToTail.K;
        return new Table(
            "dial", "Tail weight",
            $"Re-ranked by score · q^w, where q is a label's inverse propensity by A = {Figures.Plain(PropensityOptions.Standard.A)} and B = {Figures.Plain(PropensityOptions.Standard.B)}, as 'predict --tail' takes it, and w the tail weight: how much P@{k} is lost for PSP@{k}. In percent.",
            ["tail weight", .. model.Methods.SelectMany(method => new[] { $"{method.Name}: P@{k}", $"{method.Name}: PSP@{k}" })],
            [
                .. model.Methods[0].HeadToTail.Points.Select((first, at) => new TableRow(
                    [new(Figures.Plain(first.Dial)), .. model.Methods.SelectMany(method => new TableCell[]
                    {
                        new(Figures.Percent(method.HeadToTail.Points[at].Precision)), new(Figures.Percent(method.HeadToTail.Points[at].PropensityScoredPrecision)),
                    })])),
            ]);
    }

    public static Table Calibration(ReportModel model) => new(
        "calibration", "Calibration",
        $"Of the first {model.Data.LastK} predictions of each document: what their scores say on average, how many of the predictions are right, and by how much the two differ among predictions of about the same score (expected calibration error, ECE@{model.Data.LastK}), as given and after isotonic recalibration on the other half of the documents. In percent.",
        ["method", "mean score", "right", "error (ECE) as given", "error (ECE) recalibrated"],
        [
            .. model.Methods.Select(method => new TableRow(
            [
                new(method.Name, IsName: true),
                new(method.Calibration.AsGiven is { } given ? Figures.Percent(given.MeanScore) : method.Calibration.Recalibrated is null ? "–" : "not in 0..1"),
                new((method.Calibration.AsGiven ?? method.Calibration.Recalibrated) is { } measured ? Figures.Percent(measured.HitRate) : "–"),
                new(method.Calibration.AsGiven is { } raw ? Figures.Percent(raw.ExpectedCalibrationError) : "–"),
                new(method.Calibration.Recalibrated is { } mended ? Figures.Percent(mended.ExpectedCalibrationError) : "–"),
            ])),
        ]);
}
