using System.Diagnostics;
using LightDxml.TestKit;
using Xunit.Abstractions;

namespace LightDxml.Cli.Tests;

/// <summary>
/// Commands that are killed at random moments: what they leave is nothing, or whole, and the next run of the same command leaves nothing else.
/// <see cref="KillSettings"/> say how many kills there are for each.
/// </summary>
public sealed class KilledCommandTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Kills = KillSettings.Kills(3);
    private static readonly int Seed = KillSettings.Seed;
    private readonly TinyDataset _data = new();
    private readonly TemporaryFolder _temporary = new();

    public void Dispose()
    {
        _data.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [InlineData("predictions.txt", "predict --model model --input test.txt --output predictions.txt")]
    [InlineData("metrics.json", "evaluate --predictions first.txt --test test.txt --train train.txt --json metrics.json")]
    [InlineData("report.html", "report --predictions first.txt --test test.txt --train train.txt --output report.html")]
    [InlineData("train.cache", "data convert train.txt --to cache --output train.cache")]
    [InlineData("train.svm.gz", "data convert train.txt --to svm --output train.svm.gz")]
    [InlineData("small.ldx", "compress --model model --output small.ldx")]
    [InlineData("small", "compress --model model --output small --precision int8")]
    [InlineData("updated", "update --model model --train train.txt --output updated")]
    public void Command_KilledAtRandom_LeavesWholeFiles_AndTheNextRunNothingElse(string result, string command)
    {
        Prepare();
        var before = Entries();
        var watch = Stopwatch.StartNew();
        Finish(command);
        var whole = watch.Elapsed.TotalSeconds;
        var expected = Content(result);
        var kept = Path.Combine(_temporary.Path, "kept");
        Copy(_data[result], kept);
        var random = new Random(Seed);
        var (kills, written) = (0, 0);
        for (; kills < Kills; kills++)
        {
            // Half of the kills meet what a run before wrote.
            Delete(result);
            if (kills % 2 == 1)
                Copy(kept, _data[result]);
            using var process = Process.Start(StartInfo(command))!;
            _ = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds((0.2 + random.NextDouble()) * whole)))
                process.Kill();
            process.WaitForExit();
            if (Path.Exists(_data[result]))
            {
                written++;
                Assert.Equal(expected, Content(result));
            }
            else
            {
                Assert.Equal(0, kills % 2);
            }
        }

        Finish(command);
        Assert.Equal(expected, Content(result));
        Assert.Equal([.. before.Append(result).Order(StringComparer.Ordinal)], Entries());
        Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path, "lightdxml*"));
        output.WriteLine($"{command.Split(' ')[0]} {result}: {kills} kills, the whole file there after {written} of them, seed {Seed}");
    }

    [SkippableFact]
    public void Compare_KilledAtRandom_GoesOnToTheSamePredictions_AndItsMethodsEndWithIt()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Processes are looked for in /proc.");
        const string command = "compare --train train.txt --test test.txt --methods most-frequent,parabel+trees=1,knn --output comparison";
        var watch = Stopwatch.StartNew();
        Finish(command);
        var whole = watch.Elapsed.TotalSeconds;
        var expected = Predictions();
        var files = Files();
        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            if (kill % 2 == 0)
                Delete("comparison");
            using var process = Process.Start(StartInfo(command))!;
            _ = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(random.NextDouble() * whole)))
                process.Kill();
            process.WaitForExit();
            Assert.True(SpinWait.SpinUntil(() => !IsAnyMethodRunning(), TimeSpan.FromSeconds(20)), "a method is still running");
        }

        Finish(command);
        Assert.Equal(expected, Predictions());
        Assert.Equal(files, Files());
        output.WriteLine($"compare: {Kills} kills, the same predictions of three methods, no process left, seed {Seed}");

        string Predictions() => string.Join('\n', Directory.GetFiles(_data["comparison"], "predictions.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));

        string[] Files() => [.. Directory.GetFiles(_data["comparison"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    private bool IsAnyMethodRunning() => Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Any(folder =>
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "cmdline"));
            return line.Contains("method-run", StringComparison.Ordinal) && line.Contains(_data.Folder, StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private void Prepare()
    {
        Finish("train --train train.txt --output model --set schedule.epochs=2");
        Finish("predict --model model --input test.txt --output first.txt");
    }

    private void Finish(string command)
    {
        using var process = Process.Start(StartInfo(command))!;
        var messages = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages.GetAwaiter().GetResult());
    }

    // The file or folder as text; times that a report and a model's provenance have are left out.
    private string Content(string result) => string.Join('\n', (Directory.Exists(_data[result]) ? Directory.GetFiles(_data[result]) : [_data[result]])
        .Where(file => Path.GetFileName(file) != "training.json").Order(StringComparer.Ordinal)
        .Select(file => Path.GetFileName(file) + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))));

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            File.Copy(from, to);
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private string[] Entries() => [.. Directory.GetFileSystemEntries(_data.Folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private void Delete(string result)
    {
        if (Directory.Exists(_data[result]))
            Directory.Delete(_data[result], recursive: true);
        else
            File.Delete(_data[result]);
    }

    private ProcessStartInfo StartInfo(string command)
    {
        var start = Lightdxml.StartInfo(command.Split(' '));
        start.WorkingDirectory = _data.Folder;
        start.Environment["TMPDIR"] = _temporary.Path;
        return start;
    }
}
