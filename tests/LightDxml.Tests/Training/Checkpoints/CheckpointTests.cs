using LightDxml.Models;
using LightDxml.Storage;
using LightDxml.TestKit;
using LightDxml.Training;

namespace LightDxml.Tests.Training;

/// <summary>A training that is interrupted and gone on with ends in the bits of one that was not.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly TrainingOptions Shortlists = new()
    {
        Encoder = new EncoderOptions { Dimensions = 16, Dropout = 0.1 },
        Proxy = new ProxyOptions { Hidden = 20, Passes = 2, BatchLabels = 16 },
        Schedule = new ScheduleOptions { Epochs = 4, RefreshEvery = 2, BatchSize = 64 },
        Shortlist = new ShortlistOptions { Width = 20 },
        Negatives = new NegativeOptions { Uniform = 10 },
    };

    private static readonly CheckpointKey Key = new([("data", "a"), ("seed", "1")]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The ways that a training may take: shortlists or all labels, Adam, an index for prediction, validation points of their own, early end, no second network.</summary>
    public static TheoryData<string> Ways => [.. OptionsOf.Keys];

    private static Dictionary<string, TrainingOptions> OptionsOf { get; } = new()
    {
        ["shortlists"] = Shortlists,
        ["all labels"] = Shortlists with { Shortlist = new ShortlistOptions() },
        ["adam, no second network"] = Shortlists with { Encoder = Shortlists.Encoder with { Optimizer = RowOptimizer.Adam }, Validation = new ValidationOptions { RefitUpTo = 0 } },
        ["index"] = Shortlists with { Prediction = new PredictionOptions { ScanLabels = 10 } },
        ["centroids"] = Shortlists with { Shortlist = new ShortlistOptions { Width = 20, Index = "centroids" } },
        ["early end"] = Shortlists with { Validation = new ValidationOptions { Patience = 1 }, Schedule = Shortlists.Schedule with { Epochs = 8 } },
        ["no held-out points"] = Shortlists with { Validation = new ValidationOptions { Share = 0 } },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Train_StoppedAtEveryBoundary_EndsInTheSameBits(string way)
    {
        var boundaries = 0;
        var expected = Trained(way, 1, null, Begin(() => boundaries++), TimeSpan.MaxValue);
        Assert.Equal(expected, Trained(way, 1, null, null, default));
        Assert.True(boundaries > 30, $"{boundaries} boundaries");

        // Each process comes three boundaries further; with 1 and 2 threads in turn.
        for (var run = 0; ; run++)
        {
            using var stop = new CancellationTokenSource();
            var passed = 0;
            void Pass()
            {
                if (Interlocked.Increment(ref passed) == 4)
                    stop.Cancel();
            }

            Assert.True(run < boundaries, "it comes to no end");
            try
            {
                Assert.Equal(expected, Trained(way, 1 + run % 2, stop, Resume(Pass), TimeSpan.MaxValue));
                Assert.True(run > 5, $"{run} interruptions");
                return;
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Train_KilledAtAnyBoundary_EndsInTheSameBits(string way)
    {
        var boundaries = 0;
        var expected = Trained(way, 2, null, Begin(() => boundaries++), TimeSpan.MaxValue);
        for (var kill = 1; kill < boundaries; kill += 1 + boundaries / 12)
        {
            // Saves at most boundaries; the process ends between two.
            var passed = 0;
            Assert.Throws<Killed>(() => Trained(way, 1, null, Begin(() => _ = Interlocked.Increment(ref passed) >= kill ? throw new Killed() : 0), TimeSpan.FromMilliseconds(5)));
            Assert.Equal(expected, Trained(way, 2, null, Resume(), TimeSpan.FromMilliseconds(20)));
        }
    }

    // A kill falls between the files of one save, too: of what it would have written or deleted, any first part was done.
    [Fact]
    public void Train_KilledWithinASave_EndsInTheSameBits()
    {
        const string way = "shortlists";
        var expected = Trained(way, 2, null, null, default);
        for (var kill = 3; kill < 30; kill += 4)
        {
            var passed = 0;
            void Pass() => _ = Interlocked.Increment(ref passed) >= kill ? throw new Killed() : 0;
            Assert.Throws<Killed>(() => Trained(way, 1, null, Begin(Pass), TimeSpan.Zero));
            var before = Copy($"before-{kill}");
            passed = kill - 1 - 1;
            Assert.Throws<Killed>(() => Trained(way, 1, null, Resume(Pass), TimeSpan.Zero));

            // The later save writes file after file, and deletes what is needed no more in the end.
            string[] written = [.. Directory.GetFiles(_folder["model.checkpoint"]).OrderBy(File.GetLastWriteTimeUtc)];
            foreach (var late in written[^(1 + kill % 2)..].Where(file => Path.GetFileName(file) != "checkpoint.json"))
                File.Delete(late);
            foreach (var earlier in Directory.GetFiles(before).Where(file => !File.Exists(Path.Combine(_folder["model.checkpoint"], Path.GetFileName(file)))))
                File.Copy(earlier, Path.Combine(_folder["model.checkpoint"], Path.GetFileName(earlier)));
            Assert.Equal(expected, Trained(way, 2, null, Resume(), TimeSpan.MaxValue));
        }
    }

    [Fact]
    public void Resume_OtherDataOrSettings_IsRefusedByName()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Trained("shortlists", 1, stop, Begin(stop.Cancel), TimeSpan.MaxValue));
        Refused("seed was 1 and is 2", ("data", "a"), ("seed", "2"));
        Refused("head was not given", ("data", "a"), ("seed", "1"), ("head", "dense"));
        Refused("data is not given", ("seed", "1"));

        void Refused(string message, params (string, string)[] parts) => Assert.Contains(
            message, Assert.Throws<LightDxmlException>(() => CheckpointFolder.Resume(_folder["model.checkpoint"], new CheckpointKey(parts))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_ContentOfAFileChanged_SaysSoWithoutChecksums() => Assert.Equal(
        "the content of --train has changed",
        new CheckpointKey([("--train", Checksum.Of("b"u8))]).ChangedSince(new CheckpointKey([("--train", Checksum.Of("a"u8))])));

    [Fact]
    public void Resume_DamagedFile_IsAnErrorThatNamesIt()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Trained("shortlists", 1, stop, Begin(stop.Cancel), TimeSpan.MaxValue));
        foreach (var file in Directory.GetFiles(_folder["model.checkpoint"], "*.safetensors"))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var at in new[] { bytes.Length / 2, bytes.Length - 20, 100 })
            {
                var damaged = bytes.ToArray();
                damaged[at] ^= 8;
                File.WriteAllBytes(file, damaged);
                Assert.Contains(file, Assert.Throws<LightDxmlException>(() => Trained("shortlists", 1, null, Resume(), TimeSpan.MaxValue)).Message, StringComparison.Ordinal);
            }

            File.WriteAllBytes(file, bytes);
        }
    }

    [Fact]
    public void Begin_CheckpointOfAnotherTraining_ReplacesIt_WithTheFirstSave()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Trained("shortlists", 1, stop, Begin(stop.Cancel), TimeSpan.MaxValue));
        var other = CheckpointFolder.Begin(_folder["model.checkpoint"], new CheckpointKey([("data", "b")]));
        Assert.False(other.HoldsWork);
        Assert.True(CheckpointFolder.Resume(_folder["model.checkpoint"], Key).HoldsWork);
        Trained("shortlists", 1, null, other, TimeSpan.Zero);
        Assert.True(other.HoldsWork);
        Assert.Throws<LightDxmlException>(() => CheckpointFolder.Resume(_folder["model.checkpoint"], Key));
    }

    [Theory]
    [InlineData("thesis.tex")]
    [InlineData("checkpoint.json")]
    [InlineData("weights.safetensors")]
    [InlineData("draft.tmp")]
    public void Begin_FolderOfSomethingElse_IsLeftAsItIs(string file)
    {
        Directory.CreateDirectory(_folder["model.checkpoint"]);
        WriteForeign(file);
        Assert.Throws<LightDxmlException>(() => Begin());
        Assert.Single(Directory.GetFiles(_folder["model.checkpoint"]));
    }

    [Fact]
    public void Remove_LeavesFilesOfOthers()
    {
        Trained("shortlists", 1, null, Begin(), TimeSpan.Zero);
        string[] foreign = [WriteForeign("backup.safetensors"), WriteForeign("draft.tmp"), WriteForeign("notes.txt")];
        Resume().Remove();
        Assert.Equal(foreign, Directory.GetFiles(_folder["model.checkpoint"]).Order(StringComparer.Ordinal));
        foreach (var file in foreign)
            File.Delete(file);
        Resume().Remove();
        Assert.False(Directory.Exists(_folder["model.checkpoint"]));
    }

    [Fact]
    public void Train_CheckpointThatCannotBeWritten_GoesOn()
    {
        var folder = Begin();
        File.WriteAllText(_folder["model.checkpoint"], "a file in its place");
        Assert.Equal(Trained("shortlists", 1, null, null, default), Trained("shortlists", 1, null, folder, TimeSpan.Zero));
        Assert.Equal("a file in its place", File.ReadAllText(_folder["model.checkpoint"]));
    }

    /// <summary>A sound file of its form that no training of ours wrote.</summary>
    private string WriteForeign(string name)
    {
        var path = Path.Combine(_folder["model.checkpoint"], name);
        if (Path.GetExtension(name) == ".safetensors")
        {
            var weights = new SafetensorsWriter();
            weights.Add<float>("weights", TensorType.F32, [2], new float[] { 1, 2 });
            using var file = File.Create(path);
            weights.WriteTo(file);
        }
        else
        {
            File.WriteAllText(path, "{}");
        }

        return path;
    }

    private CheckpointFolder Begin(Action? atBoundary = null) => CheckpointFolder.Begin(_folder["model.checkpoint"], Key, atBoundary: atBoundary);

    private CheckpointFolder Resume(Action? atBoundary = null) => CheckpointFolder.Resume(_folder["model.checkpoint"], Key, atBoundary: atBoundary);

    private string Copy(string name)
    {
        Directory.CreateDirectory(_folder[name]);
        foreach (var file in Directory.GetFiles(_folder["model.checkpoint"]))
            File.Copy(file, Path.Combine(_folder[name], Path.GetFileName(file)), overwrite: true);
        return _folder[name];
    }

    private static string Trained(string way, int threads, CancellationTokenSource? stop, CheckpointFolder? folder, TimeSpan every)
    {
        var data = SmallData.Learnable(400, 60, 1);
        var checkpoint = folder is null ? Checkpoint.None : Checkpoint.In(folder, every);
        var model = Trainer.Train(data, null, OptionsOf[way], threads, new SilentObserver(), names: null, checkpoint, stop?.Token ?? default);
        using var bytes = new MemoryStream();
        ModelTensors.Of(model).WriteTo(bytes);
        bytes.Position = 0;
        return $"{Checksum.Of(bytes)} {model.Training!.Statistics.BestEpoch} {model.Training.Statistics.ValidationP1} {model.Training.Statistics.CalibrationError}";
    }

    private sealed class Killed : Exception;
}
