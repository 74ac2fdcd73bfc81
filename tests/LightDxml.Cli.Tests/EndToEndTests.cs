using System.Diagnostics;
using System.Globalization;
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
    public void Compress_MakesTheModelSmaller_AndItStillFindsItsLabels()
    {
        Succeed(Train("--set", "head=hybrid", "--set", "storage.precision=float32"));
        foreach (var (least, changes) in new[] { ("0", false), ("0.2", true) })
        {
            var (exitCode, _, messages) = Lightdxml.Run("compress", "--model", _data["model"], "--output", _data["small"], "--prune-below", least);
            Assert.Equal(0, exitCode);
            Assert.Equal(changes, messages.Contains("probabilities and thresholds are those of the weights before pruning", StringComparison.Ordinal));
        }

        long Size(string folder) => new FileInfo(Path.Combine(_data[folder], "model.safetensors")).Length;
        Assert.InRange(Size("small"), 1, Size("model") - 1);
        var table = Succeed("evaluate", "--model", _data["small"], "--test", _data["test.txt"], "--train", _data["train.txt"]);
        Assert.True(double.Parse(Rows(table)["P"][0], CultureInfo.InvariantCulture) > 90);
    }

    [Fact]
    public void Train_Ensemble_WritesItsMembers_AndTheyPredictTogether()
    {
        Succeed(Train("--ensemble", "2", "--seed", "3"));
        Assert.True(File.Exists(Path.Combine(_data["model"], "config.json")));
        foreach (var (member, seed) in new[] { ("member-1", 3), ("member-2", 4) })
        {
            using var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(_data["model"], member, "training.json")));
            Assert.Equal(seed, configuration.RootElement.GetProperty("settings").GetProperty("seed").GetInt32());
        }

        Succeed("predict", "--model", _data["model"], "--input", _data["test.txt"], "--output", _data["predictions.txt"]);
        Assert.Equal("60 12", File.ReadLines(_data["predictions.txt"]).First());
        var table = Succeed("evaluate", "--model", _data["model"], "--test", _data["test.txt"], "--train", _data["train.txt"]);
        Assert.True(double.Parse(Rows(table)["P"][0], CultureInfo.InvariantCulture) > 90);

        Succeed("compress", "--model", _data["model"], "--output", _data["model"], "--precision", "int8");
        var stored = Succeed("evaluate", "--model", _data["model"], "--test", _data["test.txt"], "--train", _data["train.txt"]);
        Assert.True(double.Parse(Rows(stored)["P"][0], CultureInfo.InvariantCulture) > 90);
        foreach (var member in new[] { "member-1", "member-2" })
            Assert.Contains("\"int8\"", File.ReadAllText(Path.Combine(_data["model"], member, "config.json")), StringComparison.Ordinal);

        // What is there is a model and is replaced, whatever kind it is; nothing of it is left.
        Succeed(Train());
        Assert.Empty(Directory.GetDirectories(_data["model"]));
        Succeed("evaluate", "--model", _data["model"], "--test", _data["test.txt"], "--train", _data["train.txt"]);
    }

    [Theory]
    [InlineData("--precision", "7")]
    [InlineData("--prune-below", "NaN")]
    public void Compress_NumberThatIsNone_IsRefused_AndTheModelStays(string option, string value)
    {
        Succeed(Train());
        var before = File.ReadAllBytes(Path.Combine(_data["model"], "config.json"));
        var (exitCode, _, messages) = Lightdxml.Run("compress", "--model", _data["model"], "--output", _data["model"], option, value);
        Assert.Equal(1, exitCode);
        Assert.Contains(option, messages, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_data["model"], "config.json")));
    }

    [Fact]
    public void EvaluateAndReport_OptionsForRawTextOnFeatures_AreRefused()
    {
        Succeed(Train());
        File.WriteAllText(_data["p.txt"], "1:0.5\n");
        foreach (var command in new[] { "evaluate", "report" })
        {
            string[] of = command == "report" ? ["--predictions", _data["p.txt"], "--output", _data["report"]] : ["--model", _data["model"]];
            var refused = Lightdxml.Run([command, .. of, "--test", _data["test.txt"], "--train", _data["train.txt"], "--text-field", "body"]);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("test.txt holds features, and --text-field is for raw text", refused.Messages, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Evaluate_TailOutOfRange_IsAStatedError()
    {
        Succeed(Train());
        var (exitCode, _, messages) = Lightdxml.Run("evaluate", "--model", _data["model"], "--test", _data["test.txt"], "--train", _data["train.txt"], "--tail", "2");
        Assert.Equal(1, exitCode);
        Assert.Contains("the tail weight must be between 0 and 1, but is 2", messages, StringComparison.Ordinal);
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
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(_data["model"], "training.json")));
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
        Assert.Contains("labels per point", output, StringComparison.Ordinal);
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
    public void Train_Signalled_StopsWithItsExitCode_AndACheckpoint(string signal, int expected)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals between processes.");
        string[] epochs = ["--set", "schedule.epochs=300", "validation.patience=0"];
        using var process = Lightdxml.Start(Train(epochs));
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("epoch", StringComparison.Ordinal))
        {
        }

        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        var reading = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            // Whoever is started with a signal ignored, as shells do with SIGINT in the background, hands that on.
            process.Kill();
            Assert.Fail($"SIG{signal} did not stop the training; is the signal ignored here?");
        }

        var messages = reading.GetAwaiter().GetResult();
        Assert.Equal(expected, process.ExitCode);
        Assert.EndsWith("to continue, run the same command with --resume\nStopped.\n", messages, StringComparison.Ordinal);
        Assert.Single(messages.Split("with --resume").SkipLast(1));
        Assert.Equal(["model.checkpoint", "test.txt", "train.txt"], Directory.GetFileSystemEntries(_data.Folder).Select(Path.GetFileName).Order());

        var (otherCode, _, otherMessages) = Lightdxml.Run([.. Train(epochs), "--resume", "--seed", "8"]);
        Assert.Equal(1, otherCode);
        Assert.Contains("seed was 1 and is 8", otherMessages, StringComparison.Ordinal);

        var (code, _, resumed) = Lightdxml.Run([.. Train(epochs), "--resume", "--threads", "1"]);
        Assert.True(code == 0, resumed);
        Assert.Contains($"Going on from {_data["model.checkpoint"]}.", resumed, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 1/", resumed, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["model.checkpoint"]));
        var tensors = File.ReadAllBytes(_data["model/model.safetensors"]);
        Assert.Equal(0, Lightdxml.Run(Train(epochs)).ExitCode);
        Assert.Equal(tensors, File.ReadAllBytes(_data["model/model.safetensors"]));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("-5m")]
    [InlineData("1d")]
    [InlineData("often")]
    public void Train_CheckpointTimeThatIsNone_IsAnErrorOfUse(string time)
    {
        var (code, _, messages) = Lightdxml.Run(Train("--checkpoint-every", time));
        Assert.Equal(2, code);
        Assert.Contains("must be a time such as 30s, 5m or 2h", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_ResumeWithoutCheckpoint_SaysSo_AndBegins()
    {
        var (code, _, messages) = Lightdxml.Run(Train("--resume", "--set", "schedule.epochs=2"));
        Assert.Equal(0, code);
        Assert.Contains($"There is no checkpoint at {_data["model.checkpoint"]}; the training begins.", messages, StringComparison.Ordinal);
        Assert.Equal(2, Lightdxml.Run(Train("--resume", "--checkpoint-every", "0")).ExitCode);
    }

    [Fact]
    public void Train_ResumeOfText_TakesTheRowsThatWereRead_AndNoticesAnotherText()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => $"{{\"text\": \"word{i % 7} other{i % 5} filler{i % 11}\", \"labels\": [\"l{i % 7}\", \"m{i % 5}\"]}}\n"));
        File.WriteAllText(_data["docs.jsonl"], text);
        string[] train = ["train", "--train", _data["docs.jsonl"], "--output", _data["texts"], "--set", "schedule.epochs=60", "encoder.dimensions=32"];
        Assert.Equal(0, Lightdxml.Run([.. train, "--threads", "1"]).ExitCode);
        var expected = File.ReadAllBytes(_data["texts/model.safetensors"]);
        var vocabulary = File.ReadAllBytes(_data["texts/vocabulary.txt"]);
        Directory.Delete(_data["texts"], recursive: true);
        using (var process = Lightdxml.Start([.. train, "--checkpoint-every", "1s"]))
        {
            // The rate of a line is the epoch's; when the checkpoint is there, the process is killed.
            while (process.StandardError.ReadLine() is { } line && !line.StartsWith("checkpoint:", StringComparison.Ordinal))
            {
            }

            process.Kill();
            process.WaitForExit();
        }

        if (!Directory.Exists(_data["texts"])) // else it was faster than the kill
        {
            File.AppendAllText(_data["docs.jsonl"], "{\"text\": \"word1\", \"labels\": [\"l1\"]}\n");
            var (changedCode, _, changed) = Lightdxml.Run([.. train, "--resume"]);
            Assert.Equal(1, changedCode);
            Assert.Contains("the content of --train docs.jsonl has changed", changed, StringComparison.Ordinal);
            File.WriteAllText(_data["docs.jsonl"], text);
            var (code, _, messages) = Lightdxml.Run([.. train, "--resume"]);
            Assert.True(code == 0, messages);
        }

        Assert.Equal(expected, File.ReadAllBytes(_data["texts/model.safetensors"]));
        Assert.Equal(vocabulary, File.ReadAllBytes(_data["texts/vocabulary.txt"]));
    }

    [Fact]
    public void Demo_Output_KeepsDataModelPredictionsAndReport()
    {
        var output = Succeed("demo", "--output", _data["demo"]);
        Assert.Contains("Synthetic data", output, StringComparison.Ordinal);
        Assert.Contains("most frequent labels", output, StringComparison.Ordinal);
        Assert.Equal(5, output.Split('\n').Count(line => line.StartsWith("    predicted: ", StringComparison.Ordinal)));
        Assert.Equal(
            ["model", "predictions.txt", "report.html", "report.json", "test.jsonl", "train.jsonl"],
            Directory.GetFileSystemEntries(_data["demo"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        // What was kept gives the figures that were shown.
        var table = Succeed("evaluate", "--model", _data["demo/model"], "--test", _data["demo/test.jsonl"], "--train", _data["demo/train.jsonl"]);
        var shown = output.Split('\n').Single(line => line.StartsWith("LightDxml ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(shown[1], Rows(table)["P"][0]);
        Assert.Equal(shown[3], Rows(table)["P"][4]);
    }

    [Fact]
    public void Demo_EndsWithThePathOfAReport()
    {
        var last = Succeed("demo", "--output", _data["demo"]).TrimEnd('\n').Split('\n')[^1];
        Assert.Equal($"Report, to be opened in a browser: {Path.GetFullPath(_data["demo/report.html"])}", last);
        var html = File.ReadAllText(_data["demo/report.html"]);
        Assert.Contains("LightDxml finds ", html, StringComparison.Ordinal);
        Assert.Contains("most frequent labels", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Demo_Output_WithFilesOfOthers_IsRefused_AndTheyStay()
    {
        Directory.CreateDirectory(_data["mine"]);
        File.WriteAllText(_data["mine/train.jsonl"], "mine");
        var (exitCode, _, messages) = Lightdxml.Run("demo", "--output", _data["mine"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("is of no demo of this version; it is left as it is", messages, StringComparison.Ordinal);
        Assert.Equal([_data["mine/train.jsonl"]], Directory.GetFileSystemEntries(_data["mine"]));
        Assert.Equal("mine", File.ReadAllText(_data["mine/train.jsonl"]));
    }

    [Fact]
    public void Train_SettingsThatHaveNoEffect_AreNamed()
    {
        File.WriteAllText(_data["settings.json"], """{"text": {"maxNgram": 1}, "names": {"candidates": 3}, "schedule": {"epochs": 1}, "validation": {"refitUpTo": 1000}}""");
        var (exitCode, _, messages) = Lightdxml.Run(Train("--config", _data["settings.json"], "--validation", _data["test.txt"], "--set", "head=sparse", "prediction.beta=0.5"));
        Assert.True(exitCode == 0, messages);
        foreach (var setting in (string[])["settings of text.* have", "settings of names.* have", "validation.share has", "validation.refitUpTo has", "prediction.beta has"])
            Assert.Contains($"{setting} no effect", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfTwoMethods_WritesEveryFormat()
    {
        File.WriteAllText(_data["first.txt"], "60 12\n" + string.Concat(Enumerable.Repeat("0:0.9 1:0.5 2:0.1\n", 60)));
        File.WriteAllText(_data["second.txt"], "60 12\n" + string.Concat(Enumerable.Repeat("3:0.9 4:0.5 5:0.1\n", 60)));
        File.WriteAllLines(_data["names.txt"], Enumerable.Range(0, 12).Select(label => $"label <{label}>"));
        string[] report =
        [
            "report", "--test", _data["test.txt"], "--train", _data["train.txt"], "--predictions", $"first={_data["first.txt"]}", "--predictions", $"second={_data["second.txt"]}",
            "--labels", _data["names.txt"], "--ks", "1,2", "--threads", "2",
        ];
        var output = Succeed([.. report, "--output", _data["report"]]);
        Assert.StartsWith($"{Path.Combine(_data["report"], "report.html")}: 2 methods, 60 documents, 12 labels", output, StringComparison.Ordinal);
        Assert.Equal(["csv", "report.html", "report.json", "report.md", "report.tex"], Directory.GetFileSystemEntries(_data["report"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var rows = File.ReadAllLines(_data["report/csv/labels.csv"]);
        Assert.Equal(25, rows.Length);
        Assert.All(rows.Skip(1).Select(row => row.Split(',')), row => Assert.Equal($"label <{row[0]}>", row[2]));

        // The figures are those that `evaluate` writes.
        Succeed("evaluate", "--predictions", _data["first.txt"], "--test", _data["test.txt"], "--train", _data["train.txt"], "--json", _data["evaluation.json"]);
        using var shown = JsonDocument.Parse(File.ReadAllText(_data["report/report.json"]));
        using var expected = JsonDocument.Parse(File.ReadAllText(_data["evaluation.json"]));
        Assert.Equal(
            expected.RootElement.GetProperty("propensityScoredPrecision")[1].GetDouble(),
            shown.RootElement.GetProperty("methods")[0].GetProperty("evaluation").GetProperty("propensityScoredPrecision")[1].GetDouble());

        Succeed([.. report, "--output", _data["one.html"], "--markdown", _data["one.md"], "--latex", _data["one.tex"], "--json", _data["one.json"], "--csv", _data["one"]]);
        Assert.All((string[])["one.html", "one.md", "one.tex", "one.json", "one/metrics.csv"], name => Assert.True(File.Exists(_data[name]), name));
        Assert.Equal(File.ReadAllBytes(_data["report/report.html"]), File.ReadAllBytes(_data["one.html"]));

        // A report may be made again, but a file that is of none stays.
        Succeed([.. report, "--output", _data["report"]]);
        Directory.CreateDirectory(_data["mine"]);
        File.WriteAllText(_data["mine/labels.csv"], "mine");
        var (exitCode, _, messages) = Lightdxml.Run([.. report, "--output", _data["two.html"], "--csv", _data["mine"]]);
        Assert.Equal(1, exitCode);
        Assert.Contains("is of no report", messages, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_data["mine/labels.csv"]));
        Assert.False(File.Exists(_data["two.html"]));

        // Nor is a file of a report replaced that this one is made of.
        foreach (var (file, places) in new (string, string[])[] { ("one/labels.csv", ["--output", _data["two.html"], "--csv", _data["one"]]), ("report/csv/metrics.csv", ["--output", _data["report"]]) })
        {
            (exitCode, _, messages) = Lightdxml.Run([.. report, "--texts", _data[file], .. places]);
            Assert.Equal(1, exitCode);
            Assert.Contains("is read (--texts), and would be overwritten", messages, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("missing.txt", 1, "error: missing.txt: the file does not exist.")]
    [InlineData("name=missing.txt", 1, "error: missing.txt: the file does not exist.")]
    public void Report_BadPredictions_AreNamed(string predictions, int exitCode, string message)
    {
        var result = Lightdxml.Run("report", "--test", _data["test.txt"], "--train", _data["train.txt"], "--predictions", predictions, "--output", _data["report.html"]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Messages, StringComparison.Ordinal);
        Assert.False(File.Exists(_data["report.html"]));
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
