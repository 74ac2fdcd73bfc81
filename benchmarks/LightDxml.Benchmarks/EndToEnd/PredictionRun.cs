using System.Globalization;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Models;

namespace LightDxml.Benchmarks.EndToEnd;

/// <summary>Microseconds a prediction of a stored model in one thread, in blocks of documents and one document at a time.</summary>
internal static class PredictionRun
{
    private const int Top = 5;

    public static void Measure(string modelFolder, string dataFile, int runs)
    {
        var data = DatasetFile.Read(dataFile);
        using var predictor = new Predictor(ModelFolder.Load(modelFolder), 1);
        var blocks = TimedRuns.Of(runs, () => predictor.Predict(data.Features, Top));
        var labels = new int[Top];
        var scores = new float[Top];
        var single = TimedRuns.Of(runs, () =>
        {
            for (var point = 0; point < data.PointCount; point++)
                predictor.Predict(data.Features.RowColumns(point), data.Features.RowValues(point), labels, scores);
        });
        Console.WriteLine("| prediction | best µs | median µs | worst µs |");
        Console.WriteLine("|---|---|---|---|");
        Row("in blocks", blocks, data.PointCount);
        Row("one by one", single, data.PointCount);
    }

    private static void Row(string name, TimedRuns times, int points) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {times.Best * 1e6 / points:F1} | {times.Median * 1e6 / points:F1} | {times.Worst * 1e6 / points:F1} |"));
}
