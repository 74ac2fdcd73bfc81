using System.Text.Json;
using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Text;

namespace LightDxml.Cli.Tests;

public sealed class TextCommandTests : IDisposable
{
    private const string Epochs = "schedule.epochs=25";

    private readonly TemporaryFolder _folder = new();

    public TextCommandTests()
    {
        TextFile.Write(Documents(300, seed: 1), this["train.jsonl"]);
        TextFile.Write(Documents(40, seed: 2), this["test.jsonl"]);
        File.WriteAllLines(this["labels.jsonl"], Enumerable.Range(0, 6).Select(label => $$"""{"id": "l{{label}}", "name": "Label {{label}}", "parents": []}"""));
    }

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text,Schlag\nred wine,a\nwhite wine,b\n", "docs.csv", "data", "check", "{0}")]
    [InlineData("text,Schlag\nred wine,a\nwhite wine,b\n", "docs.csv", "data", "convert", "{0}", "--to", "jsonl", "--output", "{1}")]
    [InlineData("{\"text\": \"red wine\", \"y\": [\"a\"]}\n{\"text\": \"red wine\", \"y\": [\"b\"]}\n", "docs.jsonl", "data", "convert", "{0}", "--to", "xml", "--output", "{1}", "--set", "text.minDocuments=1", "text.maxDocumentShare=1")]
    public void Data_NoDocumentHasALabel_IsSaid(string text, string name, params string[] arguments)
    {
        File.WriteAllText(_folder[name], text);
        var (exitCode, _, messages) = Lightdxml.Run([.. arguments.Select(argument => argument.Replace("{0}", _folder[name], StringComparison.Ordinal).Replace("{1}", _folder["out"], StringComparison.Ordinal))]);
        Assert.Equal(0, exitCode);
        Assert.Contains("no document has a label", messages, StringComparison.Ordinal);
        Assert.Contains("--labels-field", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text.encoder=minilm", "-p:Encoders=true")]
    [InlineData("text.encoder=arctic-xs", "-p:Encoders=true")]
    [InlineData("text.encoder=encoders/mine", "-p:Encoders=true")]
    [InlineData("text.encoderTokens=2", "text.encoderTokens must be between 8 and 8192, but is 2")]
    public void TrainAndConvert_InABuildWithoutEncoders_SayWhatIsMissing_AndWriteNothing(string setting, string fault)
    {
        foreach (var command in new string[][] { ["train", "--train", this["train.jsonl"]], ["data", "convert", this["train.jsonl"], "--to", "xml"] })
        {
            var (exitCode, _, messages) = Lightdxml.Run([.. command, "--output", this["out"], "--set", setting]);
            Assert.Equal(1, exitCode);
            Assert.Contains(setting.Contains("Tokens", StringComparison.Ordinal) ? "" : $"error: {setting}: ", messages, StringComparison.Ordinal);
            Assert.Contains(fault, messages, StringComparison.Ordinal);
            Assert.False(Path.Exists(this["out"]));
        }
    }

    [Fact]
    public void TrainOnText_PredictInEveryStyle_GivesNamesAndTheSameScores()
    {
        Train();
        Assert.True(File.Exists(this["model/vocabulary.txt"]));
        var table = Succeed("predict", "--model", this["model"], "--text", "noise signal4 noise", "--explain", "--top", "2");
        Assert.Matches(@"(?m)^  [01]\.\d{4}  Label 4  \(signal4", table);

        Succeed("predict", "--model", this["model"], "--input", this["test.jsonl"], "--output", this["out.jsonl"], "--top", "3");
        Succeed("predict", "--model", this["model"], "--input", this["test.jsonl"], "--output", this["out.txt"], "--top", "3", "--style", "scores");
        var lines = File.ReadAllLines(this["out.jsonl"]);
        Assert.Equal(40, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        var best = first.RootElement.GetProperty("labels")[0];
        Assert.Equal("d0", first.RootElement.GetProperty("id").GetString());
        Assert.StartsWith("Label ", best.GetProperty("label").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("l", best.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(best.GetProperty("score").GetSingle(), PredictionFile.Read(this["out.txt"]).Scores(0)[0]);

        var evaluate = new[] { "evaluate", "--test", this["test.jsonl"], "--train", this["train.jsonl"] };
        Assert.Equal(Succeed([.. evaluate, "--model", this["model"]])[..200], Succeed([.. evaluate, "--predictions", Full()])[..200]);
    }

    [Fact]
    public void TrainEnsembleOnText_ThenPredictAndEvaluateOnText_UsesAllItsModels()
    {
        Train("--ensemble", "3");
        Assert.Equal(["label-ids.txt", "labels.txt", "vocabulary.txt"], Directory.GetFiles(this["model"], "*.txt", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(this["model"], file)).Order(StringComparer.Ordinal));
        var table = Succeed("predict", "--model", this["model"], "--text", "noise signal4 noise", "--explain", "--top", "2");
        Assert.Matches(@"(?m)^  [01]\.\d{4}  Label 4  \(signal4", table);

        // The features that 'data convert' makes for other tools give the same scores.
        Succeed("data", "convert", this["test.jsonl"], "--model", this["model"], "--to", "xml", "--output", this["points.txt"]);
        Succeed("predict", "--model", this["model"], "--input", this["points.txt"], "--output", this["of-points.txt"]);
        Assert.Equal(File.ReadAllText(this["of-points.txt"]), File.ReadAllText(Full()));
        Succeed("predict", "--model", this["model/member-1"], "--input", this["points.txt"], "--output", this["of-one.txt"]);
        Assert.NotEqual(File.ReadAllText(this["of-points.txt"]), File.ReadAllText(this["of-one.txt"]));

        var evaluate = new[] { "evaluate", "--test", this["test.jsonl"], "--train", this["train.jsonl"] };
        Assert.Equal(Succeed([.. evaluate, "--predictions", this["full.txt"]]), Succeed([.. evaluate, "--model", this["model"]]));
    }

    [Fact]
    public void RawText_ForAnEnsembleOfFeatures_IsTheErrorOfASingleModel()
    {
        Succeed("data", "convert", this["train.jsonl"], "--to", "xml", "--output", this["points.txt"]);
        foreach (var members in new[] { "1", "2" })
        {
            Succeed("train", "--train", this["points.txt"], "--output", this[members], "--ensemble", members, "--set", "schedule.epochs=1", "encoder.dimensions=8");
            var (exitCode, _, messages) = Lightdxml.Run("predict", "--model", this[members], "--text", "signal4");
            Assert.Equal(1, exitCode);
            Assert.StartsWith($"error: {this[members]} was trained on features, not on raw text", messages, StringComparison.Ordinal);
            (exitCode, _, messages) = Lightdxml.Run("evaluate", "--model", this[members], "--test", this["test.jsonl"], "--train", this["train.jsonl"]);
            Assert.Equal(1, exitCode);
            Assert.Contains("trained on features, not on raw text", messages, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Predict_StandardInput_IsADocumentALine()
    {
        Train();
        var (exitCode, output, messages) = Lightdxml.RunWithInput("noise signal2\nsignal5 noise\n", "predict", "--model", this["model"], "--input", "-", "--top", "1");
        Assert.True(exitCode == 0, messages);
        Assert.Equal(["Label 2", "Label 5"], output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("labels")[0].GetProperty("label").GetString()));
    }

    [Fact]
    public void Convert_ToEveryForm_GivesTheSamePointsAsTheModelSees()
    {
        Train();
        foreach (var (form, name) in new[] { ("xml", "x.txt.gz"), ("svm", "x.svm"), ("cache", "x.cache") })
            Succeed("data", "convert", this["test.jsonl"], "--fit-on", this["train.jsonl"], "--label-names", this["labels.jsonl"], "--to", form, "--output", this[name]);
        Succeed("data", "convert", this["test.jsonl"], "--model", this["model"], "--to", "xml", "--output", this["m.txt"]);
        Succeed("data", "convert", this["x.txt.gz"], "--to", "cache", "--output", this["y.cache"]);
        Succeed("data", "convert", this["y.cache"], "--to", "xml", "--output", this["z.txt"]);
        Assert.Equal(File.ReadAllText(this["m.txt"]), File.ReadAllText(this["z.txt"]));
        Succeed("data", "convert", this["x.cache"], "--to", "svm", "--output", this["w.svm"]);
        Assert.Equal(File.ReadAllText(this["x.svm"]), File.ReadAllText(this["w.svm"]));

        Succeed("data", "convert", this["test.jsonl"], "--to", "csv", "--output", this["t.csv"]);
        Succeed("data", "convert", this["t.csv"], "--to", "fasttext", "--output", this["t.ft"]);
        Assert.Equal(TextFile.Read(this["test.jsonl"]).Select(document => document.Text), TextFile.Read(this["t.ft"]).Select(document => document.Text));
    }

    [Fact]
    public void BadRow_IsAnErrorOfOneLine_UnlessSkipped()
    {
        File.AppendAllText(this["train.jsonl"], "{\"text\": 1\n");
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", this["train.jsonl"], "--output", this["model"]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"error: {this["train.jsonl"]}(301): not JSON", messages, StringComparison.Ordinal);
        (exitCode, _, messages) = Lightdxml.Run("train", "--train", this["train.jsonl"], "--output", this["model"], "--skip-bad-rows", "--set", "schedule.epochs=1");
        Assert.Equal(0, exitCode);
        Assert.Contains("1 bad row left out", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SaysWhatTestAndTrainShare()
    {
        File.AppendAllText(this["test.jsonl"], File.ReadLines(this["train.jsonl"]).First() + "\n{\"text\": \"!\", \"labels\": [\"new\"]}\n");
        var output = Succeed("data", "check", this["train.jsonl"], this["test.jsonl"]);
        Assert.Contains($"{this["test.jsonl"]}(41) has the text of {this["train.jsonl"]}(1)", output, StringComparison.Ordinal);
        Assert.Contains("new (1 times)", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocabulary.ttl", "de,en", "Zeichen 4")]
    [InlineData("vocabulary.ttl", "en", "Sign 4")]
    [InlineData("vocabulary", null, "Sign 4")]
    public void Train_WithAVocabulary_CallsLabelsByItsNames(string file, string? languages, string name)
    {
        File.WriteAllText(this[file], "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n" + string.Concat(Enumerable.Range(0, 6).Select(label =>
            $"<l{label}> a skos:Concept ; skos:prefLabel \"Sign {label}\"@en{(label == 4 ? ", \"Zeichen 4\"@de" : "")} ; skos:broader <top> .\n")));
        Succeed(["train", "--train", this["train.jsonl"], "--label-names", this[file], .. languages is null ? [] : (string[])["--language", languages], "--output", this["model"], "--set", Epochs, "encoder.dimensions=32", "schedule.batchSize=32"]);
        Assert.Contains(name, Succeed("predict", "--model", this["model"], "--text", "signal4", "--top", "1"), StringComparison.Ordinal);
        Assert.Contains("Sign 2", Succeed("predict", "--model", this["model"], "--text", "signal2", "--top", "1"), StringComparison.Ordinal);

        // An update gives the names of training, and remembers others that it is told.
        string[] update = ["update", "--model", this["model"], "--train", this["train.jsonl"], "--label-names", this[file], "--output", this["model"]];
        Succeed(update);
        Assert.Contains(name, Succeed("predict", "--model", this["model"], "--text", "signal4", "--top", "1"), StringComparison.Ordinal);
        if (languages is null)
            return;
        foreach (var languageAgain in (string[][])[["--language", "de,en"], []])
        {
            Succeed([.. update, .. languageAgain]);
            Assert.Contains("Zeichen 4", Succeed("predict", "--model", this["model"], "--text", "signal4", "--top", "1"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"text\": \"noise\"}\n{\"text\": \"signal1\", \"labels\": []}\n", "2 documents have no labels.")]
    [InlineData("{\"text\": \"!\", \"labels\": [\"l1\"]}\n", "1 document has no word that the model knows.")]
    [InlineData("", null)]
    public void Train_SaysHowManyDocumentsLackLabelsOrWords(string more, string? said)
    {
        File.AppendAllText(this["train.jsonl"], more);
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", this["train.jsonl"], "--output", this["model"], "--set", "schedule.epochs=1", "encoder.dimensions=8");
        Assert.True(exitCode == 0, messages);
        if (said is null)
            Assert.DoesNotMatch("documents? ha(s|ve) no", messages);
        else
            Assert.Contains(said, messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--labels-field", "tags")]
    [InlineData("--label-names", "labels.jsonl")]
    [InlineData("--set", "text.maxNgram=1")]
    public void OptionsOfText_OnAFileThatIsNeitherTextNorFeatures_AreAnErrorThatAsksForTheForm(string option, string value)
    {
        File.WriteAllText(this["plain.txt"], "hello world,x\nother words,y\n");
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", this["plain.txt"], "--output", this["out"], option, value);
        Assert.Equal(1, exitCode);
        Assert.Contains("tell the format of the text; --format names it", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set", "text.maxNgram=1", "text.maxNgram=1 is a setting for raw text")]
    [InlineData("--labels-field", "tags", "--labels-field is for raw text")]
    [InlineData("--label-separator", ";", "--label-separator is for raw text")]
    [InlineData("--label-names", "labels.jsonl", "--label-names is for raw text")]
    public void OptionsOfText_OnAFileOfFeatures_AreAnError(string option, string value, string fault)
    {
        Succeed("data", "convert", this["train.jsonl"], "--to", "xml", "--output", this["points.txt"]);
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", this["points.txt"], "--output", this["model"], option, value);
        Assert.Equal(1, exitCode);
        Assert.Contains("holds features, and", messages, StringComparison.Ordinal);
        Assert.Contains(fault, messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(this["model"]));
    }

    [Theory]
    [InlineData("predict --model x", "--text or --input")]
    [InlineData("predict --model x --text a --input b", "--text or --input")]
    [InlineData("train --train x --output y --add-ancestors", "--label-names")]
    [InlineData("train --train x --output y --language de", "--label-names")]
    [InlineData("train --train x --output y --label-names z --language de,", "tags of languages")]
    [InlineData("evaluate --model x --test y --label-names z --language german_1", "tags of languages")]
    [InlineData("train --train x --output y --format word", "jsonl")]
    [InlineData("data convert x --to word --output y", "cache")]
    [InlineData("data convert x --to xml --output y --model m --fit-on f", "--fit-on")]
    [InlineData("data check x --delimiter ab", "--delimiter")]
    public void WrongUsage_ExitsWith2_AndNamesTheFault(string arguments, string fault)
    {
        var (exitCode, _, messages) = Lightdxml.Run(arguments.Split(' '));
        Assert.Equal(2, exitCode);
        Assert.Contains(fault, messages, StringComparison.Ordinal);
    }

    /// <summary>
    /// 245 MiB of points, trained on with 24 MiB of managed heap. The pages of the mapped file are the system's, which takes
    /// them back when it wants; what the heap limit bounds is all that the process itself asks for.
    /// </summary>
    [Fact]
    public void TrainFromACache_TenTimesLargerThanTheHeapLimit_Works()
    {
        const long Limit = 24 << 20;
        const int Points = 16_000, NonZeros = 2000;
        DatasetCache.Write(this["large.cache"], featureCount: 5_000, labelCount: 20, Enumerable.Range(0, Points).Select(point => Point(point, NonZeros)));
        Assert.True(new FileInfo(this["large.cache"]).Length > 10 * Limit);
        var (exitCode, _, messages) = Lightdxml.RunWithHeapLimit(
            Limit, "train", "--train", this["large.cache"], "--output", this["model"],
            "--set", "encoder.dimensions=8", "schedule.epochs=1", "schedule.batchSize=32", "--verbose");
        Assert.True(exitCode == 0, messages);

        // The limit is a limit: what does copy the points fails under it.
        (exitCode, _, messages) = Lightdxml.RunWithHeapLimit(Limit, "train", "--train", Unscaled(), "--output", this["other"], "--set", "encoder.dimensions=8", "schedule.epochs=1", "schedule.batchSize=32");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("OutOfMemory", messages, StringComparison.Ordinal);

        string Unscaled()
        {
            DatasetCache.Write(this["unscaled.cache"], 5_000, 20, Enumerable.Range(0, Points).Select(point =>
                Point(point, NonZeros) is var (columns, values, labels) ? (columns, Array.ConvertAll(values, value => 2 * value), labels) : default));
            File.Delete(this["large.cache"]);
            return this["unscaled.cache"];
        }
    }

    private static (int[] Columns, float[] Values, int[] Labels) Point(int point, int nonZeros)
    {
        var start = point % 20 * 150;
        var value = 1 / MathF.Sqrt(nonZeros);
        return ([.. Enumerable.Range(start, nonZeros)], [.. Enumerable.Repeat(value, nonZeros)], [point % 20]);
    }

    private static IEnumerable<TextDocument> Documents(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var label = random.Next(6);
            yield return new TextDocument($"d{i}", "", $"noise{random.Next(20)} signal{label} noise{random.Next(20)}", [$"l{label}"]);
        }
    }

    private void Train(params string[] more) => Succeed(["train", "--train", this["train.jsonl"], "--label-names", this["labels.jsonl"], "--output", this["model"], "--set", Epochs, "encoder.dimensions=32", "schedule.batchSize=32", .. more]);

    private string Full()
    {
        Succeed("predict", "--model", this["model"], "--input", this["test.jsonl"], "--output", this["full.txt"], "--top", "5", "--style", "scores");
        return this["full.txt"];
    }

    private static string Succeed(params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, $"{string.Join(' ', arguments)}: {messages}");
        return output;
    }
}
