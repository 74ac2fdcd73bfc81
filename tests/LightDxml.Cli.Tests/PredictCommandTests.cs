using System.Text.Json;
using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Text;

namespace LightDxml.Cli.Tests;

/// <summary>A model that is trained once, and what <c>predict</c> and <c>evaluate</c> do with it.</summary>
public sealed class PredictCommandTests : IClassFixture<PredictCommandTests.TrainedModel>, IDisposable
{
    private readonly TrainedModel _trained;
    private readonly TemporaryFolder _folder = new();

    public PredictCommandTests(TrainedModel trained) => _trained = trained;

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.5")]
    [InlineData("auto")]
    [InlineData("document")]
    [InlineData("per-label")]
    [InlineData("precision=1")]
    public void Threshold_GivesFewerLabelsThanAreRanked_AndSometimesNone(string rule)
    {
        File.WriteAllText(this["texts.txt"], "signal1 noise\nzzz qqq\nsignal2 signal3\n");
        var all = Labels(Succeed("predict", "--model", _trained.Model, "--input", this["texts.txt"], "--format", "lines", "--top", "6"));
        var given = Labels(Succeed("predict", "--model", _trained.Model, "--input", this["texts.txt"], "--format", "lines", "--threshold", rule));
        Assert.All(all, labels => Assert.Equal(6, labels.Count));
        for (var document = 0; document < 3; document++)
            Assert.Equal(all[document].Where(label => given[document].Contains(label)), given[document]);
        Assert.Contains("Label 1", given[0]);
        Assert.True(given.Sum(labels => labels.Count) < 10);

        // The rule by document gives the likeliest of unsure labels.
        if (rule != "document")
            Assert.Empty(given[1]);
    }

    [Theory]
    [InlineData("predict", "--threshold", "2")]
    [InlineData("predict", "--threshold", "often")]
    [InlineData("evaluate", "--threshold", "precision=7")]
    public void Threshold_ThatIsNone_IsAnError(string command, string option, string value)
    {
        string[] rest = command == "predict" ? ["--text", "signal1"] : ["--test", _trained.Test, "--train", _trained.Train];
        var (exitCode, output, messages) = Lightdxml.Run([command, "--model", _trained.Model, option, value, .. rest]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains($"precision=0.8, but is '{value}'", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_SaysHowFarScoresAreOff_AndWhatAThresholdGives()
    {
        string[] evaluate = ["evaluate", "--model", _trained.Model, "--test", _trained.Test, "--train", _trained.Train];
        Assert.Matches(@"(?m)^ECE@5 \d+\.\d\d: ", Succeed(evaluate));
        Assert.DoesNotContain("micro-F1", Succeed(evaluate), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^RP +\d", Succeed(evaluate));
        Assert.Matches(@"With the threshold: \d\.\d\d labels per document, micro-F1 \d+\.\d\d .* macro-F1 \d+\.\d\d over all 6 labels", Succeed([.. evaluate, "--threshold", "auto"]));
        foreach (var tail in new[] { "1", "0.000001" })
            Assert.Contains("Scores with a tail weight are not probabilities", Succeed([.. evaluate, "--tail", tail]), StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_OfAFile_AreThoseOfItsLabels()
    {
        File.WriteAllText(this["t.tsv"], "label\tthreshold\n*\t1\nl4\t0\n");
        var given = Labels(Succeed("predict", "--model", _trained.Model, "--text", "signal1 signal4", "--thresholds", this["t.tsv"], "--style", "jsonl"));
        Assert.Equal(["Label 4"], given.Single());
    }

    [Theory]
    [InlineData("lines", "signal1 noise", "signal4")]
    [InlineData("jsonl", """{"id": "a", "text": "signal1 noise"}""", """{"id": "b", "text": "signal4"}""")]
    [InlineData("fasttext", "__label__x signal1 noise", "signal4")]
    public async Task StandardInput_IsAnsweredLineByLine(string format, string first, string second)
    {
        var start = Lightdxml.StartInfo(["predict", "--model", _trained.Model, "--input", "-", "--format", format, "--top", "1"]);
        start.RedirectStandardInput = true;
        using var process = System.Diagnostics.Process.Start(start)!;
        foreach (var (line, label) in new[] { (first, "Label 1"), (second, "Label 4"), (first, "Label 1") })
        {
            await process.StandardInput.WriteLineAsync(line);
            await process.StandardInput.FlushAsync();
            // The input stays open: an answer that waits for its end would never come.
            var answer = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Contains(label, answer, StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("{\"id\": \"a\", \"text\": \"signal1 noise\"}\n{\"text\": \"signal4\"}\n", "")]
    [InlineData("signal1 noise __label__x\nsignal4 __label__y\n", "")]
    [InlineData("signal1 {noise}\nsignal4\n", "")]
    [InlineData("text,labels\nsignal1 noise,x\nsignal4,y\n", "--format csv reads it so")]
    public void StandardInput_IsReadInTheFormThatItsFirstLineTells(string input, string note)
    {
        var (exitCode, output, messages) = Lightdxml.RunWithInput(input, "predict", "--model", _trained.Model, "--input", "-", "--top", "1");
        Assert.Equal(0, exitCode);
        Assert.Equal([["Label 1"], ["Label 4"]], Labels(output).TakeLast(2));
        Assert.DoesNotContain("\"known\":false", string.Join('\n', output.TrimEnd().Split('\n').TakeLast(2)), StringComparison.Ordinal);
        Assert.Contains(note, messages, StringComparison.Ordinal);
        Assert.Equal(note.Length == 0, messages.Length == 0);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-32", true)]
    public async Task StandardInput_MayBeUtf16(string encoding, bool hasMark)
    {
        var start = Lightdxml.StartInfo(["predict", "--model", _trained.Model, "--input", "-", "--top", "1", .. hasMark ? (string[])[] : ["--encoding", encoding]]);
        start.RedirectStandardInput = true;
        using var process = System.Diagnostics.Process.Start(start)!;
        var wide = System.Text.Encoding.GetEncoding(encoding);
        await process.StandardInput.BaseStream.WriteAsync(hasMark ? wide.GetPreamble() : []);
        await process.StandardInput.BaseStream.WriteAsync(wide.GetBytes("signal1 noise\nsignal4\n"));
        process.StandardInput.Close();
        var messages = process.StandardError.ReadToEndAsync();
        Assert.Equal([["Label 1"], ["Label 4"]], Labels(await process.StandardOutput.ReadToEndAsync()));
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await messages);
    }

    [Fact]
    public void Folder_FilesOfOneNameButTheExtension_MayHaveOneFileOfLabels()
    {
        Directory.CreateDirectory(this["documents"]);
        File.WriteAllText(this["documents/a.txt"], "signal1");
        File.WriteAllText(this["documents/a.md"], "signal4");
        Succeed("predict", "--model", _trained.Model, "--input", this["documents"], "--output", this["labels.csv"], "--top", "1");
        Assert.Equal(3, File.ReadAllLines(this["labels.csv"]).Length);
        Fail("would give the same file of labels", "predict", "--model", _trained.Model, "--input", this["documents"], "--output", this["labels"]);
    }

    [Fact]
    public void StandardInput_BadLine_IsNamedByItsNumber()
    {
        var (exitCode, _, messages) = Lightdxml.RunWithInput("{\"text\": \"signal1\"}\n{\"text\": \"signal2\"}\n[]\n", "predict", "--model", _trained.Model, "--input", "-", "--format", "jsonl");
        Assert.Equal(1, exitCode);
        Assert.Contains("error: the standard input(3): ", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void StandardInput_LinesBeforeABadOne_AreAnswered_ThoughAllComeAtOnce()
    {
        var (exitCode, output, messages) = Lightdxml.RunWithInput("{\"text\": \"signal1\"}\n{\"text\": \"signal4\"}\n[]\n{\"text\": \"signal2\"}\n", "predict", "--model", _trained.Model, "--input", "-", "--top", "1");
        Assert.Equal(1, exitCode);
        Assert.Equal([["Label 1"], ["Label 4"]], Labels(output));
        Assert.Contains("error: the standard input(3): ", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void StandardInput_BadLinesThatAreSkipped_AreNamedByTheirNumbers()
    {
        var (exitCode, output, messages) = Lightdxml.RunWithInput("{\"text\": \"signal1\"}\n[]\n{\"text\": \"signal4\"}\n[]\n", "predict", "--model", _trained.Model, "--input", "-", "--top", "1", "--skip-bad-rows");
        Assert.Equal(0, exitCode);
        Assert.Equal([["Label 1"], ["Label 4"]], Labels(output));
        Assert.Contains("  the standard input(2): ", messages, StringComparison.Ordinal);
        Assert.Contains("  the standard input(4): ", messages, StringComparison.Ordinal);
        Assert.DoesNotContain("piece", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_OutputIsAHyphen_IsTheStandardOutput()
    {
        string[] command = ["predict", "--model", _trained.Model, "--input", _trained.Test, "--top", "2"];
        Assert.Equal(Succeed(command), Succeed([.. command, "--output", "-"]));
        Assert.False(File.Exists("-"));
    }

    [Theory]
    [InlineData("out.csv", "document,id,label,label_id,score")]
    [InlineData("out.jsonl", "{\"id\":\"d0\",\"labels\":[{\"label\":\"Label ")]
    [InlineData("out.txt", "{\"id\":\"d0\"")]
    public void Output_IsInTheFormThatItsNameTells(string name, string start)
    {
        Succeed("predict", "--model", _trained.Model, "--input", _trained.Test, "--output", this[name], "--top", "2");
        Assert.StartsWith(start, File.ReadAllText(this[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_QuotesNames_AndKeepsThePlaceOfDocumentsWithoutLabels()
    {
        File.WriteAllText(this["in.jsonl"], """
            {"id": "with, comma", "text": "signal1"}
            {"text": "zzz"}
            {"id": "say \"x\"", "text": "signal4"}
            {"id": "=1+1", "text": "signal4"}
            """);
        Succeed("predict", "--model", _trained.Model, "--input", this["in.jsonl"], "--output", this["out.csv"], "--threshold", "0.5");
        var lines = File.ReadAllLines(this["out.csv"]);
        Assert.Matches("""^1,"with, comma",Label 1,l1,0\.\d+$""", lines[1]);
        Assert.Equal("2,,,,", lines[2]);
        Assert.StartsWith("3,\"say \"\"x\"\"\",Label 4,l4,0.", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("4,'=1+1,Label 4,l4,0.", lines[4], StringComparison.Ordinal);
        File.WriteAllText(this["truth.jsonl"], string.Concat(new[] { "with, comma", "", "say \\\"x\\\"", "=1+1" }.Select(id => $$"""{"id": "{{id}}", "text": "x", "labels": ["l4"]}""" + "\n")));
        Succeed("evaluate", "--predictions", this["out.csv"], "--test", this["truth.jsonl"]);
    }

    [Fact]
    public void Scores_MayBePiped_AndFeaturesToo()
    {
        Succeed("data", "convert", _trained.Test, "--model", _trained.Model, "--to", "xml", "--output", this["points.txt"]);
        var ofText = Succeed("predict", "--model", _trained.Model, "--input", _trained.Test, "--style", "scores", "--top", "3");
        Assert.Equal(ofText, Succeed("predict", "--model", _trained.Model, "--input", this["points.txt"], "--top", "3"));
        File.WriteAllText(this["p.txt"], ofText);
        Assert.Equal((40, 6, 3), (PredictionFile.Read(this["p.txt"]).PointCount, PredictionFile.Read(this["p.txt"]).LabelCount, PredictionFile.Read(this["p.txt"]).Width));
        Assert.Contains("Label ", Succeed("predict", "--model", _trained.Model, "--input", this["points.txt"], "--style", "csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_WhereThereAreNoWords_IsAnError()
    {
        Succeed("data", "convert", _trained.Test, "--model", _trained.Model, "--to", "xml", "--output", this["points.txt"]);
        Fail("holds features", "predict", "--model", _trained.Model, "--input", this["points.txt"], "--explain");
        Fail("--style table or jsonl", "predict", "--model", _trained.Model, "--input", _trained.Test, "--explain", "--style", "csv");
    }

    [Theory]
    [InlineData("table", "one.txt", "  0.")]
    [InlineData("csv", "one.csv", "1,one.text,Label 1,l1,")]
    [InlineData("jsonl", "one.jsonl", "\"label\":\"Label 1\"")]
    public void Folder_OfDocuments_GivesAFileForEach(string style, string file, string content)
    {
        Directory.CreateDirectory(this["in"]);
        File.WriteAllText(this["in/one.text"], "signal1\nnoise\nsignal1");
        File.WriteAllText(this["in/two.text"], "signal4");
        File.WriteAllText(this["in/.hidden"], "signal4");
        Succeed("predict", "--model", _trained.Model, "--input", this["in"], "--output", this["out"], "--style", style);
        Assert.Equal(2, Directory.GetFiles(this["out"]).Length);
        Assert.Contains(content, File.ReadAllText(this[$"out/{file}"]), StringComparison.Ordinal);
        Fail("--output names the folder", "predict", "--model", _trained.Model, "--input", this["in"]);
        Fail("would be overwritten", "predict", "--model", _trained.Model, "--input", this["in"], "--output", this["in"] + "/");
    }

    [Theory]
    [InlineData("all.csv", "2,a/one.text,Label 1,l1,", 4)]
    [InlineData("all.jsonl", "{\"id\":\"a/one.text\"", 3)]
    [InlineData("all.txt", "{\"id\":\"a/one.text\"", 3)]
    public void FoldersWithin_AreRead_ToOneFileOrToOneForEach(string output, string content, int lines)
    {
        WriteFolder("in", ("a/one.text", "signal1"), ("a/b/two.text", "signal4"), ("three.text", "signal1"), (".git/hidden", "signal1"));
        Succeed("predict", "--model", _trained.Model, "--input", this["in"], "--output", this[output], "--top", "1");
        Assert.Contains(content, File.ReadAllText(this[output]), StringComparison.Ordinal);
        Assert.Equal(lines, File.ReadAllLines(this[output]).Length);
        Succeed("predict", "--model", _trained.Model, "--input", this["in"], "--output", this["out"], "--top", "1");
        Assert.Equal(["a/b/two.jsonl", "a/one.jsonl", "three.jsonl"], Directory.GetFiles(this["out"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(this["out"], file)).Order(StringComparer.Ordinal));
        Fail("every file there is a document", "predict", "--model", _trained.Model, "--input", this["in"], "--output", this["in/labels"]);
    }

    [Theory]
    [InlineData("windows-1252", "windows-1252")]
    [InlineData("utf-16LE", "utf-16")]
    [InlineData("utf-8", "utf-8")]
    public void Folder_IsReadInTheEncodingOfTheOption(string written, string option)
    {
        var bytes = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(written) ?? System.Text.Encoding.GetEncoding(written);
        Directory.CreateDirectory(this["in"]);
        File.WriteAllBytes(this["in/one.txt"], bytes.GetBytes("für signal1 — größer"));
        Succeed("predict", "--model", _trained.Model, "--input", this["in"], "--output", this["all.csv"], "--top", "1", "--encoding", option);
        Assert.Contains("1,one.txt,Label 1,l1,", File.ReadAllText(this["all.csv"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out")]
    [InlineData("there")]
    [InlineData("all.csv")]
    public void Folder_WithADocumentThatCannotBeRead_WritesNothing(string output)
    {
        WriteFolder("there", ("one.jsonl", "kept"));
        WriteFolder("in", ("one.text", "signal1"), ("two.text", "signal4"));
        File.WriteAllBytes(this["in/zzz.text"], [(byte)'x', 0xFC, 0xE4]);
        Fail("zzz.text: found text that is not UTF-8; --encoding", "predict", "--model", _trained.Model, "--input", this["in"], "--output", this[output]);
        Assert.Equal("kept", File.ReadAllText(this["there/one.jsonl"]));
        Assert.Equal(["in", "there"], Directory.GetFileSystemEntries(this[""]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folder_AfterAKilledWrite_TakesItsLeftoverAway_AndNoOther()
    {
        WriteFolder("in", ("one.text", "signal1"));
        // No process has this id.
        WriteFolder($"out.tmp-{int.MaxValue}-0123abcd", ("half.jsonl", "x"));
        WriteFolder("out.tmp-mine", ("kept.txt", "x"));
        Succeed("predict", "--model", _trained.Model, "--input", this["in"], "--output", this["out"]);
        Assert.Equal(["in", "out", "out.tmp-mine"], Directory.GetFileSystemEntries(this[""]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DocumentWithoutAKnownWord_IsMarked_AndGetsTheMostFrequentLabels()
    {
        File.WriteAllText(this["texts.txt"], "zzz qqq\nsignal1\n");
        var lines = Succeed("predict", "--model", _trained.Model, "--input", this["texts.txt"], "--format", "lines").Split('\n');
        Assert.StartsWith("{\"known\":false,\"labels\":[", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("known", lines[1], StringComparison.Ordinal);
        Assert.Contains("no word of it is known", Succeed("predict", "--model", _trained.Model, "--text", "zzz"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("document", false)]
    [InlineData("auto", false)]
    [InlineData("0.01", false)]
    [InlineData("0", true)]
    public void DocumentWithoutAKnownWord_GetsNoLabelByAThreshold(string rule, bool gets)
    {
        File.WriteAllText(this["texts.txt"], "zzz qqq\nsignal1\n");
        var lines = Succeed("predict", "--model", _trained.Model, "--input", this["texts.txt"], "--format", "lines", "--threshold", rule).Split('\n');
        Assert.Equal(gets, lines[0] != "{\"known\":false,\"labels\":[]}");
        Assert.Contains("score", lines[1], StringComparison.Ordinal);
        Assert.Equal(gets, Succeed("predict", "--model", _trained.Model, "--text", "", "--threshold", rule).Contains("labels that most documents have", StringComparison.Ordinal));
    }

    [Fact]
    public void DocumentWithoutAKnownWord_GetsNoLabelByAThreshold_OfPredictionsInAFile()
    {
        File.WriteAllText(this["test.jsonl"], "{\"text\": \"zzz qqq\", \"labels\": [\"l1\"]}\n{\"text\": \"signal1\", \"labels\": [\"l1\"]}\n");
        Succeed("predict", "--model", _trained.Model, "--input", this["test.jsonl"], "--output", this["p.jsonl"], "--top", "6");
        string[] rest = ["--test", this["test.jsonl"], "--train", _trained.Train, "--threshold", "0.05"];
        var ofModel = Succeed(["evaluate", "--model", _trained.Model, .. rest]);
        Assert.Contains("With the threshold", ofModel, StringComparison.Ordinal);
        Assert.Equal(ofModel, Succeed(["evaluate", "--predictions", this["p.jsonl"], .. rest]));
    }

    [Theory]
    [InlineData("--model")]
    [InlineData("--predictions")]
    [InlineData("report")]
    public void TestSetWithoutLabels_IsRefused(string how)
    {
        File.WriteAllText(this["test.jsonl"], "{\"text\": \"signal1\"}\n");
        File.WriteAllText(this["p.jsonl"], "{\"labels\": [{\"label\": \"l1\", \"score\": 0.5}]}\n");
        string[] arguments = how switch
        {
            "--model" => ["evaluate", "--model", _trained.Model],
            "--predictions" => ["evaluate", "--predictions", this["p.jsonl"]],
            _ => ["report", "--predictions", this["p.jsonl"], "--train", _trained.Train, "--output", this["r.html"]],
        };
        Fail("no document has a label", [.. arguments, "--test", this["test.jsonl"]]);
    }

    [Fact]
    public void PredictionsOfNumbersAlone_ForTextWhoseLabelsAreNumbers_NeedTheTrainingSet()
    {
        File.WriteAllText(this["p.txt"], "2 3\n1:0.9\n2:0.8\n");
        File.WriteAllText(this["numbers.jsonl"], "{\"text\": \"x\", \"labels\": [7]}\n{\"text\": \"y\", \"labels\": [12]}\n");
        File.WriteAllText(this["all.jsonl"], "{\"text\": \"x\", \"labels\": [3, 7]}\n{\"text\": \"y\", \"labels\": [12]}\n");
        string[] evaluate = ["evaluate", "--predictions", this["p.txt"], "--test", this["numbers.jsonl"]];
        Fail("the test set does not tell whether its labels, such as '7', are these numbers: give --train", evaluate);
        Succeed([.. evaluate, "--train", this["all.jsonl"]]);
    }

    [Fact]
    public void RowsWithoutIds_AreNumberedAsEvaluateNumbersThem()
    {
        File.WriteAllText(this["some.jsonl"], "{\"text\": \"signal1\", \"labels\": [\"l1\"]}\n[]\n{\"text\": \"signal4\", \"labels\": [\"l4\"]}\n");
        Succeed("predict", "--model", _trained.Model, "--input", this["some.jsonl"], "--skip-bad-rows", "--top", "3", "--output", this["p.csv"]);
        Assert.Equal(["1", "1", "1", "2", "2", "2"], File.ReadLines(this["p.csv"]).Skip(1).Select(row => row.Split(',')[0]));
        Succeed("evaluate", "--predictions", this["p.csv"], "--test", this["some.jsonl"], "--skip-bad-rows");
    }

    [Theory]
    [InlineData("scores")]
    [InlineData("npz")]
    public void PredictionsOfNumbersAlone_ForATestSetOfText_NeedTheTrainingSet(string style)
    {
        Succeed("predict", "--model", _trained.Model, "--input", _trained.Test, "--output", this["p"], "--style", style);
        string[] evaluate = ["evaluate", "--predictions", this["p"], "--test", _trained.Test];
        Fail("numbers labels as training did, and the test set has names, such as 'l", evaluate);
        Succeed([.. evaluate, "--train", _trained.Train]);
    }

    [Fact]
    public void FastText_OfNamesThatWouldBeOne_IsRefused()
    {
        File.WriteAllLines(this["train.jsonl"], Enumerable.Range(0, 20).Select(i => $$"""{"text": "word{{i % 2}}", "labels": ["{{(i % 2 == 0 ? "Smith John" : "Smith_John")}}"]}"""));
        Succeed("train", "--train", this["train.jsonl"], "--output", this["model"], "--set", "schedule.epochs=1", "text.minDocuments=1", "encoder.dimensions=8");
        Fail("are one in the format of fastText", "predict", "--model", this["model"], "--input", this["train.jsonl"], "--style", "fasttext", "--output", this["p.txt"]);
    }

    [Theory]
    [InlineData("a.txt", "__label__l2 __label__l5 signal1 noise\n__label__l3 signal4\n", "signal1 noise\nsignal4\n")]
    [InlineData("a.csv", "text,labels\nsignal1 noise,\"l2,l5\"\nsignal4,l3\n", "text\nsignal1 noise\nsignal4\n")]
    [InlineData("a.jsonl", "{\"text\": \"signal1 noise\", \"labels\": [\"l2\"]}\n{\"text\": \"signal4\", \"labels\": [\"new\"]}\n", "{\"text\": \"signal1 noise\"}\n{\"text\": \"signal4\"}\n")]
    public void LabelsInTheFileToPredict_ChangeNothing(string name, string labelled, string plain)
    {
        File.WriteAllText(this[name], labelled);
        var given = Succeed("predict", "--model", _trained.Model, "--input", this[name], "--top", "3");
        File.WriteAllText(this[name], plain);
        Assert.Equal(given, Succeed("predict", "--model", _trained.Model, "--input", this[name], "--top", "3"));
    }

    [Fact]
    public void FileOfUnknownForm_ForAModelOfText_IsReadAsLines_AndSaysSo()
    {
        File.WriteAllText(this["texts.txt"], "signal1 noise\nsignal4\n");
        var (exitCode, output, messages) = Lightdxml.Run("predict", "--model", _trained.Model, "--input", this["texts.txt"], "--top", "1");
        Assert.Equal(0, exitCode);
        Assert.Equal([["Label 1"], ["Label 4"]], Labels(output));
        Assert.Contains("--format names another form", messages, StringComparison.Ordinal);
        Assert.Equal("", Lightdxml.Run("predict", "--model", _trained.Model, "--input", this["texts.txt"], "--top", "1", "--quiet").Messages);
    }

    [Fact]
    public void Output_OverAModelOrTheInput_IsRefused_AndNothingIsLost()
    {
        var before = File.ReadAllBytes(Path.Combine(_trained.Model, "labels.txt"));
        Fail("is a file of a model", "predict", "--model", _trained.Model, "--input", _trained.Test, "--output", Path.Combine(_trained.Model, "labels.txt"));
        Fail("is a model", "predict", "--model", _trained.Model, "--input", _trained.Test, "--output", _trained.Model);
        Fail("would be overwritten", "predict", "--model", _trained.Model, "--input", _trained.Test, "--output", _trained.Test);
        Fail("is a file of a model", "evaluate", "--model", _trained.Model, "--test", _trained.Test, "--json", Path.Combine(_trained.Model, "labels.txt"));
        File.CreateSymbolicLink(this["link.txt"], Path.Combine(_trained.Model, "labels.txt"));
        Fail("is a file of a model", "predict", "--model", _trained.Model, "--input", _trained.Test, "--output", this["link.txt"]);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_trained.Model, "labels.txt")));
    }

    [Theory]
    [InlineData("predict --model MODEL --input a.jsonl b.jsonl --output b.jsonl")]
    [InlineData("predict --model MODEL --input *.jsonl --output b.jsonl")]
    [InlineData("predict --model MODEL --input a.jsonl|b.jsonl --output ./b.jsonl")]
    [InlineData("predict --model MODEL --input X.txt,Y.txt --output X.txt")]
    [InlineData("predict --model MODEL --input a.jsonl --output link.jsonl")]
    [InlineData("predict --model MODEL --input link.jsonl --output a.jsonl")]
    [InlineData("predict --model MODEL --input texts/in/one.txt --output link/in/one.txt")]
    [InlineData("predict --model MODEL --input texts --output link --style scores")]
    [InlineData("predict --model MODEL --input texts --output link/labels --style scores")]
    [InlineData("predict --model MODEL --input texts/in --output texts --style scores")]
    [InlineData("predict --model MODEL --input a.jsonl --output t.tsv --thresholds t.tsv")]
    [InlineData("predict --model MODEL --input a.jsonl --output names.jsonl --most-specific --label-names names.jsonl")]
    [InlineData("evaluate --model MODEL --test a.jsonl --json link.jsonl")]
    [InlineData("evaluate --predictions p.jsonl --test a.jsonl --train b.jsonl --json p.jsonl")]
    [InlineData("report --test a.jsonl --train b.jsonl --predictions m=p.jsonl --output r --json p.jsonl")]
    [InlineData("report --test a.jsonl --train b.jsonl --predictions m=p.jsonl --texts report.html --output report.html")]
    [InlineData("report --test a.jsonl --train b.jsonl --predictions m=p.jsonl --labels report.json --output .")]
    [InlineData("data convert a.jsonl --to csv --output link.jsonl")]
    [InlineData("data convert a.jsonl --to xml --output x.txt --fit-on b.jsonl --write-terms b.jsonl")]
    [InlineData("compare --train table.csv --test a.jsonl --methods parabel --output .")]
    public void Output_OverWhatIsRead_IsRefused_WhateverNamesIt(string command)
    {
        foreach (var name in new[] { "a.jsonl", "b.jsonl" })
            File.Copy(_trained.Test, this[name]);
        Succeed("predict", "--model", _trained.Model, "--input", _trained.Test, "--output", this["p.jsonl"]);
        WriteFolder("texts", ("in/one.txt", "signal1"), ("in/in/one.txt", "signal4"));
        WriteFolder(
            "", ("X.txt", "2 3\n0:1\n1:1\n"), ("Y.txt", "2 6\n1:1\n4:1\n"), ("t.tsv", "label\tthreshold\n*\t0.5\nl4\t0.1\n"), ("names.jsonl", "{\"id\": \"l1\", \"parents\": [\"l2\"]}\n"),
            ("report.html", "signal1\n"), ("report.json", "l1\n"), ("table.csv", "text,labels\nsignal1,l1\n"));
        File.CreateSymbolicLink(this["link.jsonl"], this["a.jsonl"]);
        Directory.CreateSymbolicLink(this["link"], this["texts"]);
        var before = Files();

        var (exitCode, output, messages) = Lightdxml.RunIn(_folder.Path, command.Replace("MODEL", _trained.Model, StringComparison.Ordinal).Split(' '));

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Matches(@"is read \(.+\), and would be overwritten|, which is read \(.+\): every file there is a document", messages);
        Assert.Equal(before, Files());

        SortedDictionary<string, string> Files() =>
            new(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("predict", "--input", "--output")]
    [InlineData("evaluate", "--test", "--json")]
    [InlineData("report", "--test", "--output")]
    [InlineData("report", "--test", "--json")]
    public void OutputThatCannotBeWritten_IsSaidBeforeAnythingIsRead(string command, string input, string output)
    {
        string[] rest = command switch
        {
            "predict" => ["--model", _trained.Model],
            "evaluate" => ["--model", _trained.Model, "--train", "missing.jsonl"],
            _ => ["--train", "missing.txt", "--predictions", "a=missing.txt"],
        };
        if (command == "report" && output != "--output")
            rest = [.. rest, "--output", this["report"]];
        Fail("cannot be written", [command, input, "missing.jsonl", output, this["nowhere/out.html"], .. rest]);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    // Documents that cannot be read are met only where work has begun.
    [Theory]
    [InlineData("csv/metrics.csv", "report", "--csv", "csv")]
    [InlineData("csv/thresholds.tsv", "report", "--csv", "csv")]
    [InlineData("report/csv/labels.csv", "report", "--output", "report")]
    [InlineData("report/report.tex", "report", "--output", "report")]
    [InlineData("out/a.jsonl", "predict", "--output", "out")]
    [InlineData("out/table.tex", "compare", "--output", "out")]
    [InlineData("out/cost.svg", "compare", "--output", "out")]
    [InlineData("page.md", "compare", "--insert", "page.md#place")]
    [InlineData("out/report.html", "demo", "--output", "out")]
    public void ReadOnlyFile_IsSaidBeforeTheWork(string there, string command, string option, string output)
    {
        const string Content = "<!-- compare: place -->\n<!-- end: place -->\n";
        Directory.CreateDirectory(Path.GetDirectoryName(this[there])!);
        File.WriteAllText(this[there], Content);
        File.SetAttributes(this[there], FileAttributes.ReadOnly);
        Directory.CreateDirectory(this["documents"]);
        File.WriteAllBytes(this["documents/a.txt"], [0xFF, 0xFF]);
        string[] rest = command switch
        {
            "predict" => ["--model", _trained.Model, "--input", this["documents"]],
            "compare" => ["--train", this["missing.jsonl"], "--hold-out", "0.2", "--methods", "bonsai", .. option == "--output" ? Array.Empty<string>() : ["--output", this["comparison"]]],
            "report" => ["--test", "missing.txt", "--train", "missing.txt", "--predictions", "a=missing.txt", .. option == "--output" ? Array.Empty<string>() : ["--output", this["r.html"]]],
            _ => [],
        };
        Fail("it is read-only", [command, option, this[output], .. rest]);
        Assert.Equal(Content, File.ReadAllText(this[there]));
        File.SetAttributes(this[there], FileAttributes.Normal);
    }

    [Fact]
    public void Train_IntoAPlaceThatTakesNothing_OrOfTooManyModels_FailsAtOnce()
    {
        Fail("cannot be written", "train", "--train", "missing.jsonl", "--output", "/proc/nowhere/m");
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", "missing.jsonl", "--output", this["m"], "--ensemble", "2147483647");
        Assert.Equal(2, exitCode);
        Assert.Contains("--ensemble must be at most 1000, but is 2147483647.", messages, StringComparison.Ordinal);
    }

    private static List<List<string>> Labels(string jsonLines) =>
    [
        .. jsonLines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("label").GetString()!).ToList();
        }),
    ];

    private static string Succeed(params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, messages);
        return output;
    }

    private static void Fail(string message, params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(message, messages, StringComparison.Ordinal);
    }

    /// <summary>Six labels, each with a word of its own among noise.</summary>
    public sealed class TrainedModel : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public TrainedModel()
        {
            TextFile.Write(Documents(600, seed: 1), Train);
            TextFile.Write(Documents(40, seed: 2), Test);
            File.WriteAllLines(_folder["labels.jsonl"], Enumerable.Range(0, 6).Select(label => $$"""{"id": "l{{label}}", "name": "Label {{label}}", "parents": []}"""));
            var (exitCode, _, messages) = Lightdxml.Run("train", "--train", Train, "--label-names", _folder["labels.jsonl"], "--output", Model, "--set", "schedule.epochs=15");
            Assert.True(exitCode == 0, messages);
            Assert.Contains("probabilities: off by ", messages, StringComparison.Ordinal);
        }

        public string Train => _folder["train.jsonl"];

        public string Test => _folder["test.jsonl"];

        public string Model => _folder["model"];

        public void Dispose() => _folder.Dispose();

        private static IEnumerable<TextDocument> Documents(int count, int seed)
        {
            var random = new Random(seed);
            for (var document = 0; document < count; document++)
            {
                int[] labels = [.. Enumerable.Range(0, 6).Where(_ => random.Next(4) == 0).Append(random.Next(6)).Distinct().Order()];
                yield return new TextDocument($"d{document}", "", string.Join(' ', labels.Select(label => $"signal{label}").Concat(["noise", $"word{random.Next(30)}"])), [.. labels.Select(label => $"l{label}")]);
            }
        }
    }

    private void WriteFolder(string folder, params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(this[folder], name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
