using System.Diagnostics;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>Checkpoints of trainings whose data are several files, or no file.</summary>
public sealed class CheckpointedInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CheckpointedInputTests()
    {
        for (var part = 0; part < 2; part++)
        {
            Directory.CreateDirectory(_folder[$"part{part}"]);
            File.WriteAllText(_folder[$"part{part}/documents.jsonl"], Documents(part));
        }
    }

    public void Dispose() => _folder.Dispose();

    // Both have the same name in folders of their own.
    [Theory]
    [InlineData("part0/documents.jsonl", "part1/documents.jsonl")]
    [InlineData("part?/documents.jsonl")]
    public void Train_SeveralFiles_GoesOnToTheSameBits_AndNoticesAnotherContentOfEach(params string[] files)
    {
        if (files is [var pattern])
        {
            for (var part = 0; part < 2; part++)
                File.Copy(_folder[$"part{part}/documents.jsonl"], _folder[$"part{part}.jsonl"]);
            files = [pattern.Replace("/documents", "", StringComparison.Ordinal)];
        }

        string[] train = ["train", "--train", .. files.Select(file => _folder[file]), "--output", _folder["model"], "--set", "schedule.epochs=60", "encoder.dimensions=32", "validation.patience=0"];
        Assert.Equal(0, Lightdxml.Run(train).ExitCode);
        var expected = File.ReadAllBytes(_folder["model/model.safetensors"]);
        Directory.Delete(_folder["model"], recursive: true);
        KillWithCheckpoint(train);

        var second = files.Length == 2 ? _folder[files[1]] : _folder["part1.jsonl"];
        var text = File.ReadAllText(second);
        File.AppendAllText(second, "{\"text\": \"word1\", \"labels\": [\"l1\"]}\n");
        var (changedCode, _, changed) = Lightdxml.Run([.. train, "--resume"]);
        Assert.Equal(1, changedCode);
        Assert.Contains($"the content of --train (2) {Path.GetFileName(second)} has changed", changed, StringComparison.Ordinal);
        File.WriteAllText(second, text);
        var (code, _, messages) = Lightdxml.Run([.. train, "--resume"]);
        Assert.True(code == 0, messages);
        Assert.Contains("Going on from", messages, StringComparison.Ordinal);
        Assert.Equal(expected, File.ReadAllBytes(_folder["model/model.safetensors"]));
    }

    [Fact]
    public void Train_FileThatChangesUnderway_SavesNoCheckpointOfOtherData()
    {
        var file = _folder["part0/documents.jsonl"];
        using var process = Lightdxml.Start(
            "train", "--train", file, "--output", _folder["model"], "--checkpoint-every", "2s", "--set", "schedule.epochs=20000", "encoder.dimensions=32", "validation.patience=0");
        var (changed, noticed) = (false, false);
        while (!noticed && process.StandardError.ReadLine() is { } line)
        {
            if (!changed && line.Contains("documents,", StringComparison.Ordinal))
            {
                File.AppendAllText(file, "{\"text\": \"word1\", \"labels\": [\"l1\"]}\n");
                changed = true;
            }

            noticed = line.Contains("has changed since the training began", StringComparison.Ordinal);
        }

        process.Kill();
        process.WaitForExit();
        Assert.Equal((true, true), (changed, noticed));
        Assert.False(File.Exists(_folder["model.checkpoint/checkpoint.json"]));
    }

    [SkippableTheory]
    [InlineData("documents.jsonl")]
    [InlineData("documents.jsonl", "--resume")]
    [InlineData("points.txt")]
    public void Train_OnAPipe_IsRefused_AndDoesNotWait(string name, params string[] more)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Pipes with names are not Windows's.");
        using (var make = Process.Start("mkfifo", [_folder[name]]))
            make.WaitForExit();
        using var process = Lightdxml.Start(["train", "--train", _folder[name], "--output", _folder["model"], .. more]);
        var messages = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill();
            Assert.Fail("it waits for the pipe");
        }

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("pipe", messages.GetAwaiter().GetResult(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["model"]));
    }

    private static void KillWithCheckpoint(string[] train)
    {
        using var process = Lightdxml.Start([.. train, "--checkpoint-every", "0.3s"]);
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("checkpoint:", StringComparison.Ordinal))
        {
        }

        process.Kill();
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
    }

    private static string Documents(int part) => string.Concat(Enumerable.Range(0, 400).Select(i =>
        $"{{\"text\": \"word{i % 7} other{i % 5} part{part} filler{i % 11}\", \"labels\": [\"l{i % 7}\", \"m{i % 5}\"]}}\n"));
}
