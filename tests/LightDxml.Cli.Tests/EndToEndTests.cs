using System.Diagnostics;
using System.Text.Json;

namespace LightDxml.Cli.Tests;

public sealed class EndToEndTests : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void TrainPredictEvaluate_OnAnEasySet_FindsItsLabels()
    {
        Succeed(Train("--threads", "2"));
        Succeed("predict", "--model", _data["model"], "--input", _data["test.txt"], "--output", _data["predictions.txt"]);
        var lines = File.ReadAllLines(_data["predictions.txt"]);
        Assert.Equal("60 12", lines[0]);
        Assert.Equal(61, lines.Length);
        Assert.All(lines[1..], line => Assert.Equal(5, line.Split(' ').Length));

        var table = Succeed("evaluate", "--predictions", _data["predictions.txt"], "--test", _data["test.txt"], "--train", _data["train.txt"], "--json", _data["report.json"]);
        using var report = JsonDocument.Parse(File.ReadAllText(_data["report.json"]));
        var precision = report.RootElement.GetProperty("precision")[0].GetDouble();
        // Chance is 2 of 12 labels; a word gives each label away.
        Assert.True(precision > 0.9, $"P@1 is {precision}");
        Assert.Contains("PSnDCG", table, StringComparison.Ordinal);

        Assert.Equal(table, Succeed("evaluate", "--model", _data["model"], "--test", _data["test.txt"], "--train", _data["train.txt"]));
    }

    [Fact]
    public void Train_SameSeed_WritesTheSameParameters_ForEveryThreadCount()
    {
        Succeed(Train("--threads", "1"));
        var one = File.ReadAllBytes(Path.Combine(_data["model"], "model.safetensors"));
        Succeed(Train("--threads", "2"));
        Assert.Equal(one, File.ReadAllBytes(Path.Combine(_data["model"], "model.safetensors")));
    }

    [Fact]
    public void Train_ConfigFileThenSetThenSeed_AreAppliedInThisOrder()
    {
        File.WriteAllText(_data["settings.json"], """{ "schedule": { "epochs": 1 }, "encoder": { "dimensions": 24 }, "seed": 5 }""");
        Succeed("train", "--train", _data["train.txt"], "--output", _data["model"], "--preset", "paper", "--config", _data["settings.json"],
            "--set", "encoder.dimensions=16", "validation.share=0.1", "--seed", "6");
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(_data["model"], "config.json")));
        var settings = config.RootElement.GetProperty("settings");
        Assert.Equal((6, 16, 1, 0.75), (
            settings.GetProperty("seed").GetInt32(),
            settings.GetProperty("encoder").GetProperty("dimensions").GetInt32(),
            settings.GetProperty("schedule").GetProperty("epochs").GetInt32(),
            settings.GetProperty("prediction").GetProperty("beta").GetDouble()));
    }

    [Fact]
    public void Train_ProgressInAPipe_IsPlainLines()
    {
        var (exitCode, _, messages) = Lightdxml.Run(Train());
        Assert.Equal(0, exitCode);
        Assert.Contains("epoch 1/", messages, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', messages);
    }

    [Fact]
    public void DataInfo_CountsPointsAndLabels()
    {
        var output = Succeed("data", "info", _data["train.txt"]);
        Assert.Equal("400", Assert.Single(output.Split('\n'), line => line.StartsWith("points  ", StringComparison.Ordinal))["points".Length..].Trim());
        Assert.Contains("labels of a point", output, StringComparison.Ordinal);
    }

    [Fact]
    public void BadData_IsOneLineWithFileAndLine_AndNothingIsWritten()
    {
        File.AppendAllText(_data["train.txt"], "99 0:1\n");
        var (exitCode, _, messages) = Lightdxml.Run(Train());
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"error: {_data["train.txt"]}(", messages, StringComparison.Ordinal);
        Assert.Equal(messages.Length - 1, messages.IndexOf('\n', StringComparison.Ordinal));
        Assert.False(Directory.Exists(_data["model"]));
    }

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Train_Signalled_StopsWithItsExitCode_AndWritesNothing(string signal, int expected)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals between processes.");
        using var process = Lightdxml.Start(Train("--set", "schedule.epochs=1000000"));
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("epoch", StringComparison.Ordinal))
        {
        }

        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        var messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(expected, process.ExitCode);
        Assert.EndsWith("Stopped.\n", messages, StringComparison.Ordinal);
        Assert.Equal(["test.txt", "train.txt"], Directory.GetFileSystemEntries(_data.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Demo_Output_KeepsDataModelPredictionsAndReport()
    {
        var output = Succeed("demo", "--output", _data["demo"]);
        Assert.Contains("Synthetic data", output, StringComparison.Ordinal);
        Assert.Contains("most frequent labels", output, StringComparison.Ordinal);
        Assert.Equal(5, output.Split('\n').Count(line => line.StartsWith("    predicted: ", StringComparison.Ordinal)));
        Assert.Equal(
            ["model", "predictions.txt", "report.json", "test.jsonl", "train.jsonl"],
            Directory.GetFileSystemEntries(_data["demo"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        // What was kept gives the figures that were shown.
        var table = Succeed("evaluate", "--model", _data["demo/model"], "--test", _data["demo/test.jsonl"], "--train", _data["demo/train.jsonl"]);
        var shown = output.Split('\n').Single(line => line.StartsWith("LightDXML ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(shown[1], Rows(table)["P"][0]);
        Assert.Equal(shown[3], Rows(table)["P"][4]);
    }

    private string[] Train(params string[] more) =>
        ["train", "--train", _data["train.txt"], "--output", _data["model"], "--set", "encoder.dimensions=32", "schedule.batchSize=32", "validation.share=0.1", .. more];

    private static string Succeed(params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, messages);
        return output;
    }

    private static Dictionary<string, string[]> Rows(string table) =>
        table.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells is ["P" or "nDCG" or "R" or "PSP" or "PSnDCG", ..])
            .ToDictionary(cells => cells[0], cells => cells[1..]);
}
