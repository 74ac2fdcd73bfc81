using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>A model remembers how its text was read; evaluation and prediction need no options again.</summary>
public sealed class StoredReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StoredReadingTests()
    {
        Write("train.csv", 60);
        Write("test.csv", 12);
    }

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model")]
    [InlineData("model.ldx")]
    public void Evaluate_WithoutOptions_ReadsAsTrainingDid(string model)
    {
        Train(model);
        var given = Succeed("evaluate", "--model", this[model], "--test", this["test.csv"], "--train", this["train.csv"], "--text-field", "words", "--labels-field", "kinds", "--label-separator", "/");
        Assert.Equal(given, Succeed("evaluate", "--model", this[model], "--test", this["test.csv"], "--train", this["train.csv"]));
    }

    [Fact]
    public void Ensemble_RemembersToo_AndPredictNeedsNoOptions()
    {
        Train("models", "--ensemble", "2");
        var given = Succeed("predict", "--model", this["models"], "--input", this["test.csv"], "--text-field", "words");
        Assert.Equal(12, given.TrimEnd().Split('\n').Length);
        Assert.Equal(given, Succeed("predict", "--model", this["models"], "--input", this["test.csv"]));
    }

    [Fact]
    public void Options_WinOverWhatTheModelRemembers()
    {
        Train("model");
        File.WriteAllText(this["other.csv"], "text,words\nred red,blue blue\n");
        Assert.Contains("\"kind-blue\"", Succeed("predict", "--model", this["model"], "--input", this["other.csv"], "--top", "1"), StringComparison.Ordinal);
        Assert.Contains("\"kind-red\"", Succeed("predict", "--model", this["model"], "--input", this["other.csv"], "--top", "1", "--text-field", "text"), StringComparison.Ordinal);
    }

    [Fact]
    public void SeparatorOfColumns_IsNoneOfTabFiles_UnlessItIsGiven()
    {
        Train("model");
        File.WriteAllText(this["blank.tab"], "red green\tkind-red kind-green\nblue red\tkind-blue kind-red\n");
        File.WriteAllText(this["slash.tab"], "red green\tkind-red/kind-green\nblue red\tkind-blue/kind-red\n");
        string[] evaluate = ["evaluate", "--model", this["model"], "--test"];
        Assert.Equal(Succeed([.. evaluate, this["slash.tab"], "--label-separator", "/"]), Succeed([.. evaluate, this["blank.tab"]]));
    }

    [Theory]
    [InlineData("evaluate", "--test")]
    [InlineData("update", "--train")]
    public void DoubtAboutARememberedSeparator_IsSaid(string command, string option)
    {
        Train("model");
        string[] labels = ["kind-red; kind-blue", "kind-red", "kind-blue", "kind-green", "kind-red/kind-green"];
        File.WriteAllLines(this["other.csv"], labels.Select((label, i) => $"{i},red blue,{label}").Prepend("nr,words,kinds"));
        var (_, _, messages) = Lightdxml.Run([command, "--model", this["model"], option, this["other.csv"], .. command == "update" ? (string[])["--output", this["updated"]] : []]);
        Assert.Contains("other.csv: 'kind-red; kind-blue' is read as one label, though its parts are labels of other documents; --label-separator ';' splits it.", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void SeparatorOfTabFiles_IsRemembered()
    {
        File.WriteAllLines(this["slash.tab"], Enumerable.Range(0, 20).Select(i => $"word{i % 2} more\tkind-{i % 2}/all"));
        Succeed("train", "--train", this["slash.tab"], "--label-separator", "/", "--output", this["model"], "--set", "text.minDocuments=1", "schedule.epochs=2", "encoder.dimensions=8");
        foreach (var model in new[] { "model", "updated" })
        {
            string[] evaluate = ["evaluate", "--model", this[model], "--test", this["slash.tab"]];
            Assert.Equal(Succeed([.. evaluate, "--label-separator", "/"]), Succeed(evaluate));
            if (model == "model")
                Succeed("update", "--model", this["model"], "--train", this["slash.tab"], "--output", this["updated"]);
        }
    }

    [Theory]
    [InlineData("model")]
    [InlineData("model.ldx")]
    [InlineData("models", "--ensemble", "2")]
    public void HierarchyOfTraining_IsKeptInTheModel(string model, params string[] more)
    {
        WriteLabels();
        Train(model, ["--label-names", this["labels.jsonl"], "--add-ancestors", .. more]);
        string[] evaluate = ["evaluate", "--model", this[model], "--test", this["test.csv"], "--train", this["train.csv"]];
        var given = Succeed([.. evaluate, "--label-names", this["labels.jsonl"], "--add-ancestors"]);
        File.Delete(this["labels.jsonl"]);
        Assert.Equal(given, Succeed(evaluate));
        string[] predict = ["predict", "--model", this[model], "--text", "red red", "--threshold", "0.3"];
        Assert.Equal(["warm", "warm > red"], Names(Succeed([.. predict, "--consistent"])));
        Assert.Contains("{\"label\":\"red\",\"id\":\"kind-red\",\"path\":[\"warm\"],\"score\":", Succeed([.. predict, "--consistent", "--style", "jsonl"]), StringComparison.Ordinal);
        Assert.Equal(["warm > red"], Names(Succeed([.. predict, "--consistent", "--most-specific"])));
        Assert.Matches(@"(?m)^1 +\d+ +\d+ ", Succeed([.. evaluate, "--most-specific"]));
    }

    [Fact]
    public void HierarchyOfTheModel_IsKept_WhereAnUpdateHasAFlatLabelsFile()
    {
        WriteLabels();
        Train("model", "--label-names", this["labels.jsonl"], "--add-ancestors");
        File.WriteAllText(this["flat.jsonl"], "{\"id\": \"kind-red\", \"name\": \"rouge\"}\n");
        Succeed("update", "--model", this["model"], "--train", this["test.csv"], "--label-names", this["flat.jsonl"], "--output", this["updated"]);
        Assert.Equal(["warm > rouge"], Names(Succeed("predict", "--model", this["updated"], "--text", "red red", "--threshold", "0.3", "--consistent", "--most-specific")));
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", this["train.csv"], "--text-field", "words", "--labels-field", "kinds", "--label-names", this["flat.jsonl"], "--add-ancestors", "--output", this["other"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("--add-ancestors has no effect: no label of", messages, StringComparison.Ordinal);
    }

    // The one label that the document is given is above the second of the ranking.
    [Fact]
    public void MostSpecific_OfTextAndOfFeatures_GoesByTheLabelsWithinTop()
    {
        WriteLabels();
        Train("model", "--label-names", this["labels.jsonl"], "--add-ancestors");
        File.WriteAllText(this["one.csv"], "words,kinds\nred red,kind-red\n");
        Succeed("data", "convert", this["one.csv"], "--model", this["model"], "--to", "xml", "--output", this["points.txt"]);
        string[] predict = ["predict", "--model", this["model"], "--consistent", "--most-specific", "--style", "omikuji"];
        foreach (var input in new string[][] { ["--text", "red red"], ["--input", this["one.csv"]], ["--input", this["points.txt"]] })
        {
            Assert.StartsWith("warm ", Succeed([.. predict, .. input, "--top", "1"]), StringComparison.Ordinal);
            Assert.StartsWith("kind-red ", Succeed([.. predict, .. input, "--top", "2"]), StringComparison.Ordinal);
        }

        var (exitCode, _, messages) = Lightdxml.Run("evaluate", "--model", this["model"], "--test", this["test.csv"], "--most-specific", "--by-frequency");
        Assert.Equal(2, exitCode);
        Assert.Contains("--by-frequency ranks the labels that a document is not given", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void HierarchyThatTheModelLacks_IsAnErrorThatNamesTheOption()
    {
        WriteLabels();
        Train("model", "--label-names", this["labels.jsonl"], "--add-ancestors");
        var configuration = this["model/config.json"];
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("\"labelParents\": true", "\"labelParents\": false", StringComparison.Ordinal));
        foreach (var command in new[] { "evaluate", "predict" })
        {
            var (exitCode, output, messages) = Lightdxml.Run([command, "--model", this["model"], .. command == "predict" ? (string[])["--text", "red", "--most-specific"] : ["--test", this["test.csv"]]]);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.Contains("--label-names", messages, StringComparison.Ordinal);
        }
    }

    private static string[] Names(string table) => [.. table.TrimEnd().Split('\n').Skip(1).Select(line => line.Trim().Split("  ")[1])];

    private void WriteLabels() => File.WriteAllText(this["labels.jsonl"], """
        {"id": "kind-red", "name": "red", "parents": ["warm"]}
        {"id": "warm", "name": "warm"}
        {"id": "unused", "name": "unused", "parents": ["warm"]}
        """);

    private void Train(string model, params string[] more) => Succeed([
        "train", "--train", this["train.csv"], "--text-field", "words", "--labels-field", "kinds", "--label-separator", "/", "--output", this[model],
        .. more, "--set", "text.minDocuments=1", "schedule.epochs=6", "encoder.dimensions=8"]);

    private void Write(string name, int documents)
    {
        string[] colours = ["red", "green", "blue"];
        var lines = Enumerable.Range(0, documents).Select(i => (First: colours[i % 3], Second: colours[(i + 1) % 3]))
            .Select((pair, i) => i % 2 == 0 ? $"{i},{pair.First} {pair.First} thing{i % 5},kind-{pair.First}" : $"{i},{pair.First} {pair.Second},kind-{pair.First}/kind-{pair.Second}");
        File.WriteAllLines(this[name], lines.Prepend("nr,words,kinds"));
    }

    private static string Succeed(params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, messages);
        return output;
    }
}
