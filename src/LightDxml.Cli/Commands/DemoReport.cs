using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;
using LightDxml.Reports;
using LightDxml.Reports.Labels;

namespace LightDxml.Cli.Commands;

/// <summary>The report that ends the demo: its model beside the most frequent labels.</summary>
internal static class DemoReport
{
    // Enough for the head-to-tail curve; deeper ranks hardly rise.
    private const int Top = 50;

    /// <summary>The report's name in a folder that is kept.</summary>
    public const string FileName = "report.html";

    /// <param name="folder">Where to keep the report; null for the folder of temporary files.</param>
    public static void Write(CommandContext context, Model model, Dataset train, Dataset test, string? folder)
    {
        using var predictor = new Predictor(model);
        var report = ReportBuilder.Build(
            new ReportInput("LightDxml demo", test, train.Labels,
            [
                new MethodPredictions("LightDxml", predictor.Predict(test.Features, Top)),
                new MethodPredictions("most frequent labels", MostFrequentLabels.Predict(train.Labels, test.PointCount, Top)),
            ])
            {
                Labels = train.LabelNames is { } names ? NamedLabels.OfNames(names) : null,
            },
            new ReportOptions(), stop: context.Stop);
        context.Stop.ThrowIfCancellationRequested();
        var path = Path.GetFullPath(Path.Combine(folder ?? Path.GetTempPath(), folder is null ? "lightdxml-demo-report.html" : FileName));
        ReportFiles.WriteHtml(report, path);
        context.Output.WriteLine($"Report, to be opened in a browser: {path}");
    }
}
