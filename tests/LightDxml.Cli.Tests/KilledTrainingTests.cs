using System.Diagnostics;
using System.Globalization;
using System.Text;
using LightDxml.TestKit;
using Xunit.Abstractions;

namespace LightDxml.Cli.Tests;

/// <summary>Trainings that are killed at random moments and gone on with, as often as <see cref="KillSettings"/> say.</summary>
public sealed class KilledTrainingTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Kills = KillSettings.Kills(4);
    private static readonly int Seed = KillSettings.Seed;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_KilledAtRandom_AndGoneOnWith_EndsInTheSameBits()
    {
        WriteDocuments();
        var watch = Stopwatch.StartNew();
        Finish("reference", "--threads", "2");
        var whole = watch.Elapsed.TotalSeconds;
        var expected = Content("reference");
        var random = new Random(Seed);
        var (kills, resumed, finished) = (0, 0, 0);
        while (kills < Kills)
        {
            using var process = Lightdxml.Start(Train("model", "--resume", "--checkpoint-every", "0.2s", "--threads", $"{random.Next(1, 4)}"));
            var messages = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(0.15 + random.NextDouble() * whole * 0.7)))
            {
                process.Kill();
                process.WaitForExit();
                kills++;
                await CountResumed();
                continue;
            }

            Assert.True(process.ExitCode == 0, await messages);
            await CountResumed();
            Compare();

            async Task CountResumed() => resumed += (await messages).Contains("Going on from", StringComparison.Ordinal) ? 1 : 0;
        }

        Finish("model", "--resume");
        Compare();
        output.WriteLine($"{kills} kills, {resumed} processes that went on from a checkpoint, {finished} finished trainings, all of the same bits, seed {Seed}");

        void Compare()
        {
            finished++;
            Assert.Equal(expected, Content("model"));
            Assert.Equal(["documents.jsonl", "model", "reference"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Directory.Delete(_folder["model"], recursive: true);
        }
    }

    private void Finish(string model, params string[] more)
    {
        var (code, _, messages) = Lightdxml.Run(Train(model, more));
        Assert.True(code == 0, messages);
    }

    private string[] Train(string model, params string[] more) =>
    [
        "train", "--train", _folder["documents.jsonl"], "--output", _folder[model], .. more,
        "--set", "schedule.epochs=6", "schedule.refreshEvery=2", "schedule.batchSize=64", "encoder.dimensions=48", "shortlist.width=25", "prediction.scanLabels=10", "proxy.batchLabels=8",
    ];

    // All files but the times.
    private string Content(string model) => string.Join(
        '\n', Directory.GetFiles(_folder[model]).Where(file => Path.GetFileName(file) != "training.json").Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"));

    // A kill between making and deleting the folder by which a place is tried. Process ids end far below.
    [Fact]
    public void Train_TrialOfAKilledProcess_IsDeleted()
    {
        WriteDocuments();
        Directory.CreateDirectory(_folder[".lightdxml.tmp-999999999-0a1b2c3d"]);
        Directory.CreateDirectory(_folder[".lightdxml.tmp-notes"]);
        Finish("model");
        Assert.Equal([".lightdxml.tmp-notes", "documents.jsonl", "model"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private void WriteDocuments()
    {
        var random = new Random(5);
        var text = new StringBuilder();
        for (var document = 0; document < 1500; document++)
        {
            var (first, second) = ((int)(90 * Math.Pow(random.NextDouble(), 2)), random.Next(90));
            text.Append(CultureInfo.InvariantCulture, $$"""{"text": "own{{first}} word{{first}} own{{second}} also{{second}} noise{{random.Next(300)}} noise{{random.Next(300)}}", "labels": ["l{{first}}", "l{{second}}"]}""").Append('\n');
        }

        File.WriteAllText(_folder["documents.jsonl"], text.ToString());
    }
}
