using System.Diagnostics;
using System.Globalization;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Models;
using LightDxml.Text.Synthetic;
using LightDxml.Training;

namespace LightDxml.Benchmarks.EndToEnd;

/// <summary>
/// One refresh and one epoch of the dense network on generated data of a given size, and predictions from it: one row of
/// the table of how time and memory grow with labels and points. The data have about 5 labels and 100 features a point;
/// the accuracy of one epoch says nothing and is not printed.
/// </summary>
internal static class ScalingRun
{
    private const int Features = 135_000;
    private const int TestPoints = 2_000;
    private const int RecallDocuments = 500;

    /// <summary>Writes the training data of such a run as a cache, for trainings by the command line.</summary>
    public static void Write(int labels, int points, string path) => DatasetCache.Write(Generated(labels, points).Train, path);

    /// <param name="settings"><c>key=value</c> pairs.</param>
    public static void Measure(int labels, int points, string[] settings)
    {
        var (train, test) = Generated(labels, points);
        var options = settings.Aggregate(
            new TrainingOptions
            {
                Head = Head.Dense,
                Schedule = new ScheduleOptions { Epochs = 1, RefreshEvery = 1 },
                Validation = new ValidationOptions { Share = 0 },
            },
            Settings.Apply);
        var times = new Times();
        var model = Trainer.Train(train, null, options, Environment.ProcessorCount, times);
        var memory = Process.GetCurrentProcess().PeakWorkingSet64;
        var start = Environment.CpuUsage.TotalTime;
        using var predictor = new Predictor(model, 1);
        predictor.Predict(test.Features, 5);
        var first = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        start = Environment.CpuUsage.TotalTime;
        predictor.Predict(test.Features, 5);
        var prediction = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / test.PointCount;
        var refresh = times.Refresh!;
        var recall = IndexRecallOf(model, predictor, test);
        Console.WriteLine("| labels | points | features, labels a point | index | label embeddings and index s (processor s) | shortlists s | epoch s | peak memory GB | index built, one thread, processor s | prediction in one thread, processor µs | recall of the index |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {labels:N0} | {points:N0} | {train.Features.NonZeroCount / (double)points:F0}, {train.Labels.NonZeroCount / (double)points:F1} | {refresh.Index} | {times.Index} | {times.Search} | {times.Epoch} | {memory / 1e9:F2} | {Math.Max(0, first - prediction * test.PointCount / 1e6):F1} | {prediction:F0} | {recall:F4} |"));
    }

    private static (Dataset Train, Dataset Test) Generated(int labels, int points) => SyntheticDataset.Generate(new SyntheticOptions
    {
        TrainingPoints = points,
        TestPoints = TestPoints,
        Labels = labels,
        Features = Features,
        LabelsPerPoint = 5,
        WordsPerPoint = 124,
    });

    /// <summary>The share of the exact index's shortlists that the predictor's index finds for the first test documents.</summary>
    private static double IndexRecallOf(Model model, Predictor predictor, Dataset test)
    {
        var kernels = KernelBackends.Select();
        var width = TrainingPlan.ShortlistWidth(model.Training!.Options, model.Network.LabelCount);
        var documents = new DenseMatrix(RecallDocuments, model.Network.Dimensions);
        var features = test.Features.SelectRows([.. Enumerable.Range(0, RecallDocuments)]);
        new DocumentEncoder(model.Network, kernels).Encode(UnitRows.Of(features), documents, 0);
        UnitEncodings.Normalize(documents, kernels, 0);
        var exact = new RankedLabels(RecallDocuments, model.Network.LabelCount, width);
        var found = new RankedLabels(RecallDocuments, model.Network.LabelCount, width);
        new ExactLabelIndex(model.LabelEmbeddings, kernels).Search(documents, exact, 0);
        predictor.Finder.Index!.Search(documents, found, 0);
        return IndexTable.Recall(exact, found);
    }

    /// <summary>What lies between the trainer's reports: the index is reported once it is built, the shortlists once they are filled.</summary>
    private sealed class Times : ITrainingObserver
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private (TimeSpan Wall, TimeSpan Processor) _last;

        public ShortlistRefreshed? Refresh { get; private set; }

        public string Index { get; private set; } = "";

        public string Search { get; private set; } = "";

        public string Epoch { get; private set; } = "";

        public void Report(TrainingEvent progress)
        {
            if (progress is PhaseProgress)
                return;

            // Where a run does not end, this says how far it came.
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds:F0} s: {progress}"));
            var now = (_watch.Elapsed, Environment.CpuUsage.TotalTime);
            var since = string.Create(
                CultureInfo.InvariantCulture,
                $"{(now.Elapsed - _last.Wall).TotalSeconds:F1} ({(now.TotalTime - _last.Processor).TotalSeconds:F1})");
            _last = now;
            if (progress is ShortlistRefreshed refresh)
                (Refresh, Search) = (refresh, since);
            else if (progress is EpochCompleted)
                Epoch = since;
            else
                Index = since;
        }
    }
}
