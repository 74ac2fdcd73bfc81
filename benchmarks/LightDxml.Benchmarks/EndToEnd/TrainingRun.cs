using System.Diagnostics;
using System.Globalization;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Metrics;
using LightDxml.Training;

namespace LightDxml.Benchmarks.EndToEnd;

/// <summary>
/// Trains on a real data set and prints one Markdown table: accuracy, training time and memory, the share of the
/// processor's peak that an epoch's arithmetic reaches, and the cost of a prediction.
/// </summary>
internal static class TrainingRun
{
    private const int TimedPredictions = 5;

    /// <param name="settings">A preset's name or <c>key=value</c> pairs.</param>
    public static void Measure(string trainFile, string testFile, string[] settings)
    {
        var train = DatasetFile.Read(trainFile);
        var test = DatasetFile.Read(testFile);
        var options = settings.Aggregate(new TrainingOptions(), (current, setting) =>
            setting.Contains('=', StringComparison.Ordinal) ? Settings.Apply(current, setting) : Presets.Get(setting));
        var threads = Environment.ProcessorCount;
        var peak = ProcessorPeak.Measure(threads);
        var epochs = new EpochTimes();
        var model = Trainer.Train(train, null, options, threads, epochs);
        var memory = Process.GetCurrentProcess().PeakWorkingSet64;
        using var predictor = new Predictor(model, 1);
        var predictions = predictor.Predict(test.Features, 5);
        var prediction = Median(Enumerable.Range(0, TimedPredictions).Select(_ => Seconds(() => predictor.Predict(test.Features, 5))));
        var report = Evaluator.Evaluate(
            predictions, test.Labels, new EvaluationOptions(), Propensities.Inverse(train.Labels, PropensityOptions.Standard));

        // Like with like on a machine that others disturb: the fastest epoch beside the best peak before and after.
        peak = Math.Max(peak, ProcessorPeak.Measure(threads));
        var fastest = epochs.Seconds.Min();
        var operations = StepOperations.OfEpoch(train, TrainingPlan.Resolve(options, train));

        Row("figure", "value");
        Row("---", "---");
        Row("settings", settings.Length == 0 ? "default" : string.Join(", ", settings));
        Row("P@1 / 3 / 5", Percent(report.Precision));
        Row("PSP@1 / 3 / 5", Percent(report.PropensityScoredPrecision!));
        Row("training, wall s", Number(model.Training!.Statistics.TrainingSeconds));
        Row("training, processor s", Number(model.Training!.Statistics.ProcessorSeconds));
        Row("an epoch, median s", Seconds(Median(epochs.Seconds)));
        Row("the fastest epoch, s", Seconds(fastest));
        Row("an epoch's arithmetic, GFLOP", Number(operations / 1e9));
        Row("peak of fused multiply-adds, GFLOP/s", Number(peak / 1e9));
        Row("the fastest epoch's share of that peak", Number(100 * operations / fastest / peak) + " %");
        Row("peak memory, MB", Number(memory / 1e6));
        Row("prediction in one thread, µs a point", Number(prediction * 1e6 / test.PointCount));
    }

    private static double Seconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Percent(IReadOnlyList<double> metric) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * metric[0]:F2} / {100 * metric[2]:F2} / {100 * metric[4]:F2}");

    private static string Seconds(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static void Row(string figure, string value) => Console.WriteLine($"| {figure} | {value} |");

    private sealed class EpochTimes : ITrainingObserver
    {
        public List<double> Seconds { get; } = [];

        public void Report(TrainingEvent progress)
        {
            if (progress is EpochCompleted epoch)
                Seconds.Add(epoch.Elapsed.TotalSeconds);
            if (progress is not PhaseProgress)
                Console.Error.WriteLine(progress);
        }
    }
}
