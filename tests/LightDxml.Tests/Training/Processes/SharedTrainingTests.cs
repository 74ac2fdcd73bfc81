using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Storage;
using LightDxml.TestKit;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

/// <summary>A training by several processes ends in the bits of one by a single process. Here they are threads; MpiTests has ranks of MPI.</summary>
public sealed class SharedTrainingTests : IDisposable
{
    private static readonly TrainingOptions Shortlists = new()
    {
        Encoder = new EncoderOptions { Dimensions = 16, Dropout = 0.1 },
        Proxy = new ProxyOptions { Hidden = 20, Passes = 2, BatchLabels = 16 },
        Schedule = new ScheduleOptions { Epochs = 4, RefreshEvery = 2, BatchSize = 64 },
        Shortlist = new ShortlistOptions { Width = 20 },
        Negatives = new NegativeOptions { Uniform = 10 },
    };

    private static readonly CheckpointKey Key = new([("data", "a")]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Ways => [.. OptionsOf.Keys];

    private static Dictionary<string, TrainingOptions> OptionsOf { get; } = new()
    {
        ["shortlists"] = Shortlists,
        ["all labels"] = Shortlists with { Shortlist = new ShortlistOptions() },
        ["adam, no second network"] = Shortlists with { Encoder = Shortlists.Encoder with { Optimizer = RowOptimizer.Adam }, Validation = new ValidationOptions { RefitUpTo = 0 } },
        ["index, large batches"] = Shortlists with { Prediction = new PredictionOptions { ScanLabels = 10 }, Schedule = Shortlists.Schedule with { BatchSize = 300 } },
        ["inverted file"] = Shortlists with { Shortlist = new ShortlistOptions { Width = 20, Index = "ivf" }, Prediction = new PredictionOptions { ScanLabels = 10 } },
        ["centroids of parts"] = Shortlists with { Shortlist = new ShortlistOptions { Width = 20, Index = "centroids" } },
        ["weighted positives, feature dropout"] = Shortlists with { Encoder = Shortlists.Encoder with { Propensity = 0.5, FeatureDropout = 0.1 } },
        ["dense head"] = Shortlists with { Head = Head.Dense },
        ["sparse head"] = Shortlists with { Head = Head.Sparse },
        ["no held-out points"] = Shortlists with { Validation = new ValidationOptions { Share = 0 } },
        ["early end"] = Shortlists with { Validation = new ValidationOptions { Patience = 1 }, Schedule = Shortlists.Schedule with { Epochs = 8 } },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Train_ByAnyNumberOfProcesses_EndsInTheSameBits(string way)
    {
        var expected = Trained(way, 1);
        foreach (var (size, threads) in new[] { (2, 1), (3, 2), (5, 1) })
            Assert.Equal(expected, ThreadGroup.Run(size, processes => Trained(way, new Workers(threads, processes)))[0]);
    }

    [Fact]
    public void Train_StoppedAndGoneOnWithByOtherNumbersOfProcesses_EndsInTheSameBits()
    {
        const string way = "index, large batches";
        var expected = Trained(way, 1);
        var sizes = new[] { 2, 1, 3 };
        for (var run = 0; run < 200; run++)
        {
            using var stop = new CancellationTokenSource();
            var passed = 0;
            try
            {
                var models = ThreadGroup.Run(sizes[run % 3], processes =>
                {
                    var folder = CheckpointFolder.Resume(_folder["model.checkpoint"], Key, atBoundary: () => Stop(5));
                    return Trained(way, new Workers(1, processes), Checkpoint.In(folder, TimeSpan.MaxValue, processes), processes.IsFirst ? stop.Token : default);
                });
                Assert.Equal(expected, models[0]);
                Assert.True(run > 8, $"{run} interruptions");
                return;
            }
            catch (OperationCanceledException)
            {
            }

            void Stop(int boundary)
            {
                if (Interlocked.Increment(ref passed) == boundary)
                    stop.Cancel();
            }
        }

        Assert.Fail("It comes to no end.");
    }

    // A rank that cannot see the folder would compute what the others read.
    [Fact]
    public void Resume_CheckpointThatOneProcessDoesNotSee_IsAnErrorThatSaysWhatToDo()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Trained("shortlists", 1, Checkpoint.In(CheckpointFolder.Begin(_folder["model.checkpoint"], Key, atBoundary: stop.Cancel), TimeSpan.MaxValue), stop.Token));
        var fault = Assert.Throws<LightDxmlException>(() => ThreadGroup.Run(2, processes => Trained(
            "shortlists", new Workers(1, processes), Checkpoint.In(CheckpointFolder.Resume(_folder[processes.IsFirst ? "model.checkpoint" : "elsewhere"], Key), TimeSpan.MaxValue, processes))));
        Assert.Contains("a file system that all ranks see", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TorchInSeveralProcesses_IsRefused() => ThreadGroup.Run(2, processes =>
        Assert.Throws<LightDxmlException>(() => TrainingEngines.Check(new EngineOptions { Name = EngineKind.Torch }, processes)).Message).ToList().ForEach(message => Assert.Contains("mpirun has started 2", message, StringComparison.Ordinal));

    [Fact]
    public void Train_OtherDocumentsOrSettingsInOneProcess_IsAnErrorThatNamesIt()
    {
        Refused("Rank 2 has other documents", rank => (rank == 2 ? 2 : 1, Shortlists));
        Refused("Rank 1 has other settings", rank => (1, Shortlists with { Seed = rank == 1 ? 5 : 0 }));

        static void Refused(string message, Func<int, (int Data, TrainingOptions Options)> given) => Assert.Contains(
            message,
            Assert.Throws<LightDxmlException>(() => ThreadGroup.Run(3, processes => Trainer.Train(
                SmallData.Learnable(100, 20, given(processes.Rank).Data), null, given(processes.Rank).Options, new Workers(1, processes), new SilentObserver(), names: null, Checkpoint.None))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OtherValidationDocumentsOrNamesInOneProcess_IsAnErrorThatNamesIt()
    {
        Refused("Rank 1 has other validation documents", rank => (SmallData.Learnable(50, 20, rank == 1 ? 4 : 3), "fish"));
        Refused("Rank 2 has other names of labels", rank => (SmallData.Learnable(50, 20, 3), rank == 2 ? "bird" : "fish"));

        static void Refused(string message, Func<int, (Dataset Validation, string Name)> given) => Assert.Contains(
            message,
            Assert.Throws<LightDxmlException>(() => ThreadGroup.Run(3, processes =>
            {
                var (validation, name) = given(processes.Rank);
                ProcessAgreement.Check(SmallData.Learnable(100, 20, 1), validation, new LabelTexts([[name]]), Shortlists, processes);
                return 0;
            })).Message,
            StringComparison.Ordinal);
    }

    private static string Trained(string way, Workers workers, Checkpoint? checkpoint = null, CancellationToken stop = default)
    {
        var data = SmallData.Learnable(400, 60, 1);
        var model = Trainer.Train(data, null, OptionsOf[way], workers, new SilentObserver(), names: null, checkpoint ?? Checkpoint.None, stop);
        using var bytes = new MemoryStream();
        ModelTensors.Of(model).WriteTo(bytes);
        bytes.Position = 0;
        return $"{Checksum.Of(bytes)} {model.Training!.Statistics.BestEpoch} {model.Training.Statistics.ValidationP1} {model.Training.Statistics.CalibrationError}";
    }
}
