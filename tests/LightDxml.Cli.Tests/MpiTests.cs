using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using LightDxml.TestKit;
using Xunit.Abstractions;

namespace LightDxml.Cli.Tests;

/// <summary>The tool as ranks of mpirun.</summary>
public sealed class MpiTests(ITestOutputHelper output) : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [SkippableTheory]
    [InlineData(2, 1 << 30)]
    [InlineData(2, 100)]
    [InlineData(3, 4099)]
    public void Exchanges_ByMessagesOfAnyLength_GiveEveryRankThePartsOfAll(int ranks, int bytesOfMessage)
    {
        Skip.If(MpiRun.IsMissing, MpiRun.Reason);
        var (code, lines, messages) = Run(MpiRun.Of(ranks, new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LightDxml.TestKit.dll"), "exchange", $"{bytesOfMessage}"])));
        Assert.True(code == 0, messages);
        var right = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).GroupBy(line => line).ToDictionary(line => line.Key, line => line.Count());
        Assert.Equal(11, right.Count);
        Assert.All(right, line => Assert.Equal(ranks, line.Value));
        Assert.Equal(10, right.Keys.Count(line => line.EndsWith(": right", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void Train_ByTwoAndFourRanks_GivesTheBitsOfOneProcess_AndSaysEverythingOnce()
    {
        Skip.If(MpiRun.IsMissing, MpiRun.Reason);
        var (code, _, messages) = Lightdxml.Run(Train("one", "--threads", "2"));
        Assert.True(code == 0, messages);
        foreach (var ranks in new[] { 2, 4 })
        {
            var (rankCode, lines, rankMessages) = Run(MpiRun.Of(ranks, Lightdxml.StartInfo(Train("ranks", "--threads", "1"))));
            Assert.True(rankCode == 0, rankMessages);
            Assert.Equal(Content("one"), Content("ranks"));
            Assert.Equal(1, lines.Split("12 labels, 20 features").Length - 1);
            Assert.Equal(1, rankMessages.Split("engine: cpu").Length - 1);
            Assert.Contains($"{ranks} ranks received ", rankMessages, StringComparison.Ordinal);
        }

        string[] evaluate = ["evaluate", "--model", _data["one"], "--test", _data["test.txt"], "--json"];
        var (alone, table, _) = Lightdxml.Run([.. evaluate, _data["one.json"]]);
        var (shared, sharedTable, evaluation) = Run(MpiRun.Of(3, Lightdxml.StartInfo([.. evaluate, _data["ranks.json"]])));
        Assert.Equal((0, 0), (alone, shared));
        Assert.Equal(table, sharedTable.ReplaceLineEndings("\n"));
        Assert.Equal(File.ReadAllText(_data["one.json"]), File.ReadAllText(_data["ranks.json"]));
    }

    /// <summary>mpirun ends the other ranks, and says which one died; the checkpoint is good for any number of ranks.</summary>
    [SkippableFact]
    public async Task Train_RanksKilledAtRandom_AndGoneOnWithByOtherNumbersOfRanks_EndsInTheSameBits()
    {
        Skip.If(MpiRun.IsMissing, MpiRun.Reason);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, Run(MpiRun.Of(2, Lightdxml.StartInfo(Train("whole", "--threads", "1")))).Code);
        var whole = watch.Elapsed.TotalSeconds;
        var random = new Random(KillSettings.Seed);
        var (kills, resumed) = (0, 0);
        for (var started = 0; kills < KillSettings.Kills(3); started++)
        {
            Assert.True(started < 10 * KillSettings.Kills(3), "Trainings end before they are killed.");
            if (Directory.Exists(_data["ranks"]))
                Directory.Delete(_data["ranks"], recursive: true);
            using var mpirun = Process.Start(MpiRun.Of(2 + random.Next(2), Lightdxml.StartInfo(Train("ranks", "--threads", "1", "--resume", "--checkpoint-every", "0.2s"))))!;
            var messages = mpirun.StandardError.ReadToEndAsync();
            _ = mpirun.StandardOutput.ReadToEndAsync();
            if (!mpirun.WaitForExit(TimeSpan.FromSeconds(whole * (0.3 + 0.6 * random.NextDouble()))) && ChildOf(mpirun.Id, random) is { } rank)
            {
                rank.Kill();
                Assert.True(mpirun.WaitForExit(TimeSpan.FromSeconds(60)), "mpirun does not end.");
                if (mpirun.ExitCode != 0)
                {
                    Assert.Matches("process rank [0-2] .*exited on signal 9", await messages);
                    kills++;
                }
                else
                {
                    Assert.True(Directory.Exists(_data["ranks"]), "A rank was killed, and mpirun says that all went well.");
                }
            }

            mpirun.WaitForExit();
            resumed += (await messages).Contains("Going on from", StringComparison.Ordinal) ? 1 : 0;
            if (Directory.Exists(_data["ranks"]))
                Assert.Equal(Content("whole"), Content("ranks"));
        }

        Assert.Equal(0, Lightdxml.Run(Train("ranks", "--resume")).ExitCode);
        Assert.Equal(Content("whole"), Content("ranks"));
        output.WriteLine($"{kills} ranks killed, {resumed} runs that went on from a checkpoint");
    }

    [SkippableTheory]
    [InlineData("steps", 1)]
    [InlineData("shortlists", 2)]
    [InlineData("label embeddings", 0)]
    [InlineData("encodings", 1)]
    [InlineData("best epoch", 1)]
    [InlineData("candidates", 2)]
    [InlineData("sparse classifier", 1)]
    [InlineData("signals", 2)]
    [InlineData("nothing", 1)]
    public void Train_RankThatDiesInAnExchange_EndsAll_AndIsNamed(string what, int dying)
    {
        Skip.If(MpiRun.IsMissing, MpiRun.Reason);
        var (code, _, messages) = Run(MpiRun.Of(3, new ProcessStartInfo(
            "dotnet", ["exec", "--runtimeconfig", InFolder("LightDxml.Cli.Tests.runtimeconfig.json"), InFolder("LightDxml.TestKit.dll"), "die", what, $"{dying}"])));
        if (what == "nothing")
        {
            Assert.Equal(0, code);
            return;
        }

        Assert.NotEqual(0, code);
        Assert.Matches($"process rank {dying} .*exited on signal 9", messages);

        static string InFolder(string file) => Path.Combine(AppContext.BaseDirectory, file);
    }

    [SkippableFact]
    public void Train_FileThatIsMissing_IsSaidOnce()
    {
        Skip.If(MpiRun.IsMissing, MpiRun.Reason);
        var (code, _, messages) = Run(MpiRun.Of(2, Lightdxml.StartInfo(["train", "--train", _data["nowhere.txt"], "--output", _data["model"]])));
        Assert.Equal(1, code);
        Assert.Equal(1, messages.Split("error: ").Length - 1);
        Assert.Contains("nowhere.txt", messages, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Train_OneRankThatFails_EndsAllWithItsNumber()
    {
        Skip.If(MpiRun.IsMissing, MpiRun.Reason);
        var program = Lightdxml.StartInfo(Train("model"));
        var start = MpiRun.Of(1, program);
        foreach (var argument in (string[])[":", "-n", "1", "-x", "LIGHTDXML_KERNELS=none", program.FileName, .. program.ArgumentList])
            start.ArgumentList.Add(argument);
        var (code, _, messages) = Run(start);
        Assert.Equal(1, code);
        Assert.Matches("rank 1 of 2 on .+: error: LIGHTDXML_KERNELS: ", messages);
        Assert.False(Directory.Exists(_data["model"]));
    }

    [SkippableTheory]
    [InlineData("verify", "model")]
    [InlineData("predict", "--model", "model", "--input", "test.txt", "--output", "predictions.txt")]
    [InlineData("info")]
    public void OtherCommands_ByRanks_AreRefused(params string[] arguments)
    {
        Skip.If(MpiRun.IsMissing, MpiRun.Reason);
        var (code, _, messages) = Run(MpiRun.Of(2, Lightdxml.StartInfo(arguments)));
        Assert.Equal(1, code);
        Assert.Contains($"lightdxml {arguments[0]} works in one process, but mpirun has started 2", messages, StringComparison.Ordinal);
    }

    private string[] Train(string model, params string[] more) =>
    [
        "train", "--train", _data["train.txt"], "--output", _data[model], .. more,
        "--set", "schedule.epochs=6", "schedule.refreshEvery=2", "schedule.batchSize=32", "encoder.dimensions=48", "shortlist.width=6", "prediction.scanLabels=3", "proxy.batchLabels=8",
    ];

    // All files but the times.
    private string Content(string model) => string.Join(
        '\n', Directory.GetFiles(_data[model]).Where(file => Path.GetFileName(file) != "training.json").Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    private static (int Code, string Output, string Messages) Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var messages = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, lines, messages.Result);
    }

    private static Process? ChildOf(int parent, Random random)
    {
        int[] children = [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        return children.Length == 0 ? null : Process.GetProcessById(children[random.Next(children.Length)]);
    }
}
