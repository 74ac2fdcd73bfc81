using System.Globalization;
using System.Text;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

public sealed class UpdateCommandTests : IDisposable
{
    private static readonly string[] Crops = ["apple", "barley", "cotton", "dates", "fennel", "ginger"];
    private readonly TemporaryFolder _folder = new();

    public UpdateCommandTests()
    {
        // Of the last two crops only new documents tell.
        Write("train.jsonl", Documents(240, 4, seed: 1));
        Write("new.jsonl", Documents(120, 6, seed: 2));
        Write("labels.jsonl", [.. Crops.Append("saffron").Select(crop => $$"""{"id": "{{crop}}", "name": "growing {{crop}}", "parents": ["farming"]}"""), """{"id": "farming", "name": "farming"}"""]);
    }

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, "model", "model2")]
    [InlineData(false, "model", "model")]
    [InlineData(true, "model.ldx", "other.ldx")]
    [InlineData(false, "model.ldx", "folder")]
    public void Update_AddsLabelsAndDocuments(bool withPrevious, string model, string output)
    {
        Train(model);
        Assert.DoesNotContain("ginger", Predict(model, "a harvest of ginger").Split('\n')[1], StringComparison.Ordinal);
        string[] previous = withPrevious ? ["--previous", this["train.jsonl"]] : [];
        var said = Succeed(["update", "--model", this[model], "--train", this["new.jsonl"], "--output", this[output], .. previous]);
        Assert.Contains("6 labels (+2), 360 training documents", said, StringComparison.Ordinal);
        Assert.Contains("ginger", Predict(output, "ginger gingers sown").Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains("barley", Predict(output, "barley barleys sown harvest").Split('\n')[1], StringComparison.Ordinal);
        Assert.Matches(@"(?m)^labels +6$", Succeed("info", "--model", this[output]));
        Assert.DoesNotContain("damaged", Succeed("verify", this[output]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Update_NewTerms_BringsWordsThatTheModelLacks(bool withPrevious)
    {
        Train("model");
        Write("keyed.jsonl", File.ReadLines(this["new.jsonl"]).Select(line => line.Replace("ginger ", "ginger zingiber ", StringComparison.Ordinal)));
        string[] command = ["update", "--model", this["model"], "--train", this["keyed.jsonl"], .. withPrevious ? new[] { "--previous", this["train.jsonl"] } : []];
        var (exitCode, _, messages) = Lightdxml.Run([.. command, "--new-terms", "--output", this["model2"]]);
        Assert.Equal(0, exitCode);
        Assert.Matches("[0-9]+ terms are new", messages);
        Assert.Contains("ginger", Predict("model2", "zingiber").Split('\n')[1], StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", Succeed("verify", this["model2"]), StringComparison.Ordinal);
        Succeed([.. command, "--output", this["model3"]]);
        Assert.Contains("no word of it is known", Predict("model3", "zingiber"), StringComparison.Ordinal);
        Write("points.txt", Points(200, 4, seed: 1));
        Succeed("train", "--train", this["points.txt"], "--output", this["features"]);
        Fail(1, "--new-terms is for raw text", "update", "--model", this["features"], "--train", this["points.txt"], "--new-terms", "--output", this["out"]);
    }

    [Fact]
    public void Update_Ensemble_UpdatesEveryMember()
    {
        Train("models", "--ensemble", "2");
        Assert.Contains("2 models of 6 labels", Succeed("update", "--model", this["models"], "--train", this["new.jsonl"], "--output", this["models"]), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(this["models"], "member-2", "model.safetensors")));
        Assert.Contains("fennel", Predict("models", "fennel harvest").Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Update_WithNames_KnowsThemAndTheLabelsAbove()
    {
        Train("model", "--label-names", this["labels.jsonl"]);
        Succeed("update", "--model", this["model"], "--train", this["new.jsonl"], "--previous", this["train.jsonl"], "--label-names", this["labels.jsonl"], "--output", this["model2"]);
        Assert.Contains("growing ginger", Predict("model2", "a harvest of ginger"), StringComparison.Ordinal);
        Assert.Contains("ginger", File.ReadAllText(Path.Combine(this["model2"], "label-parents.jsonl")), StringComparison.Ordinal);

        // A name changes with the file; names and parents of labels that the file lacks stay.
        Write("renamed.jsonl", ["""{"id": "apple", "name": "orchards", "parents": []}"""]);
        Succeed("update", "--model", this["model2"], "--train", this["new.jsonl"], "--label-names", this["renamed.jsonl"], "--output", this["model3"]);
        var names = File.ReadAllLines(Path.Combine(this["model3"], "labels.txt"));
        Assert.Equal(["orchards", "growing barley"], names[..2]);
        Assert.Contains("""{"id":"barley","name":"growing barley","parents":["farming"]}""", File.ReadAllText(Path.Combine(this["model3"], "label-parents.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void Update_WithAncestors_GivesThemToNewDocuments()
    {
        Train("model", "--label-names", this["labels.jsonl"], "--add-ancestors");
        Assert.Contains("(+2), 360", Succeed("update", "--model", this["model"], "--train", this["new.jsonl"], "--label-names", this["labels.jsonl"], "--output", this["model2"]), StringComparison.Ordinal);
        Assert.Contains("farming", Predict("model2", "a harvest of ginger"), StringComparison.Ordinal);
    }

    [Fact]
    public void RemovedLabel_ThatIsAboveOthers_DoesNotComeBackWithTheirDocuments()
    {
        Train("model", "--label-names", this["labels.jsonl"], "--add-ancestors");
        Write("gone.txt", ["farming"]);
        Succeed("update", "--model", this["model"], "--remove-labels", this["gone.txt"], "--output", this["model2"]);
        Succeed("update", "--model", this["model2"], "--train", this["train.jsonl"], "--output", this["model3"]);
        Assert.Contains("farming", File.ReadAllLines(Path.Combine(this["model"], "label-ids.txt")));
        Assert.DoesNotContain("farming", File.ReadAllLines(Path.Combine(this["model3"], "label-ids.txt")));
    }

    [Fact]
    public void Remove_TakesLabelsAway_AndMergeJoinsThem()
    {
        Train("model");
        Write("gone.txt", ["cotton", "", "dates"]);
        Assert.Contains("2 labels (-2), 240 training documents", Succeed("update", "--model", this["model"], "--remove-labels", this["gone.txt"], "--output", this["model2"]), StringComparison.Ordinal);
        Assert.DoesNotContain("  cotton", Predict("model2", "cotton cotton harvest", top: 6), StringComparison.Ordinal);
        Assert.Equal(["apple", "barley"], File.ReadAllLines(Path.Combine(this["model2"], "label-ids.txt")));

        Write("merged.tsv", ["cotton\tfibres", "dates\tapple"]);
        Assert.Contains("3 labels (-1), 240 training documents", Succeed("update", "--model", this["model"], "--merge-labels", this["merged.tsv"], "--previous", this["train.jsonl"], "--output", this["model3"]), StringComparison.Ordinal);
        Assert.Contains("fibres", Predict("model3", "cotton cotton harvest").Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains("apple", Predict("model3", "dates dates harvest").Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Edits_InAnotherSpelling_AreTheLabels_AndNewOnesAreSpelledAsLabelsAre()
    {
        Write("caf\u00E9.jsonl", [.. Enumerable.Range(0, 20).Select(i => $$"""{"text": "word{{i % 2}} harvest", "labels": ["{{(i % 2 == 0 ? "caf\u00E9" : "bar")}}"]}""")]);
        Succeed("train", "--train", this["caf\u00E9.jsonl"], "--output", this["model"], "--set", "schedule.epochs=2", "encoder.dimensions=8", "text.minDocuments=1");
        Write("merged.tsv", ["caf\u0065\u0301\tth\u0065\u0301"]);
        Succeed("update", "--model", this["model"], "--merge-labels", this["merged.tsv"], "--previous", this["caf\u00E9.jsonl"], "--output", this["model2"]);
        Assert.Equal(["bar", "th\u00E9"], File.ReadAllLines(Path.Combine(this["model2"], "labels.txt")).Order(StringComparer.Ordinal));
        Write("gone.txt", ["th\u0065\u0301"]);
        Succeed("update", "--model", this["model2"], "--remove-labels", this["gone.txt"], "--output", this["model3"]);
        Assert.Equal(["bar"], File.ReadAllLines(Path.Combine(this["model3"], "labels.txt")));
    }

    [Fact]
    public void Model_WithNamesAndWithoutItsSettings_IsAStatedError()
    {
        Train("model", "--label-names", this["labels.jsonl"]);
        File.Delete(Path.Combine(this["model"], "training.json"));
        Fail(1, "no training.json", "update", "--model", this["model"], "--train", this["new.jsonl"], "--output", this["out"]);
    }

    [Theory]
    [InlineData("--remove-labels", "cotton\nmillet\n", "edits.txt(2): found 'millet', which is not a label of the model or of the documents")]
    [InlineData("--remove-labels", "cotton\ncotton\n", "edits.txt(2): found the label 'cotton' for a second time")]
    [InlineData("--remove-labels", "apple\nbarley\ncotton\ndates\n", "No label would be left")]
    [InlineData("--merge-labels", "cotton apple\n", "edits.txt(1): found 'cotton apple', expected a label, a tab and the label that it goes to")]
    [InlineData("--merge-labels", "cotton\tapple\napple\tdates\n", "edits.txt(1): found the label 'apple' as a target, which line 2 merges into another")]
    [InlineData("--merge-labels", "cotton\tcotton\n", "edits.txt(1): found the label 'cotton' merged into itself")]
    public void Edits_FaultyFile_IsAnErrorWithItsLine_AndNothingIsWritten(string option, string text, string fault)
    {
        Train("model");
        File.WriteAllText(this["edits.txt"], text);
        Fail(1, fault, "update", "--model", this["model"], option, this["edits.txt"], "--previous", this["train.jsonl"], "--output", this["out"]);
    }

    [Fact]
    public void Update_WrongCommands_AreRefused_AndNothingIsWritten()
    {
        Train("model");
        Write("none.jsonl", ["""{"text": "a harvest", "labels": []}"""]);
        Write("bad.jsonl", ["""{"text": "a harvest", "labels": ["apple"]}""", """{"text": """]);
        File.WriteAllText(this["points.txt"], "2 3 2\n0 0:1\n1 1:1\n");
        Write("gone.txt", ["cotton"]);
        Fail(1, "was trained without --add-ancestors", "update", "--model", this["model"], "--train", this["new.jsonl"], "--label-names", this["labels.jsonl"], "--add-ancestors", "--output", this["out"]);
        Fail(2, "there is nothing to update the model with", "update", "--model", this["model"], "--output", this["out"]);
        Fail(2, "--merge-labels needs --previous", "update", "--model", this["model"], "--merge-labels", this["gone.txt"], "--output", this["out"]);
        Fail(1, "was trained on raw text, but", "update", "--model", this["model"], "--train", this["points.txt"], "--output", this["out"]);
        Fail(1, "no document has a label to learn", "update", "--model", this["model"], "--train", this["none.jsonl"], "--output", this["out"]);
        Fail(1, "bad.jsonl(2)", "update", "--model", this["model"], "--train", this["bad.jsonl"], "--output", this["out"]);
        Fail(1, "is not a model folder", "update", "--model", this["nothing"], "--train", this["new.jsonl"], "--output", this["out"]);
        Succeed("train", "--train", this["points.txt"], "--output", this["points"]);
        Fail(1, "was trained on features, but", "update", "--model", this["points"], "--train", this["new.jsonl"], "--output", this["out"]);
        Fail(1, "are numbers alone", "update", "--model", this["points"], "--remove-labels", this["gone.txt"], "--output", this["out"]);
        Directory.CreateDirectory(this["mine"]);
        File.WriteAllText(this["mine/notes.txt"], "mine");
        var (exitCode, _, _) = Lightdxml.Run("update", "--model", this["model"], "--train", this["new.jsonl"], "--output", this["mine"]);
        Assert.Equal(1, exitCode);
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(this["mine"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Update_Features_AddsLabelsBehindThoseOfTheModel()
    {
        Write("points.txt", Points(200, 4, seed: 1));
        Write("more.txt", Points(100, 6, seed: 2));
        Succeed("train", "--train", this["points.txt"], "--output", this["model"]);
        Assert.Contains("6 labels (+2), 300 training documents", Succeed("update", "--model", this["model"], "--train", this["more.txt"], "--previous", this["points.txt"], "--output", this["model2"]), StringComparison.Ordinal);
        var table = Succeed("evaluate", "--model", this["model2"], "--test", this["more.txt"]);
        var precision = double.Parse(table.Split('\n').First(line => line.StartsWith("P ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Assert.True(precision > 90, $"P@1 is {precision}");
    }

    private void Train(string output, params string[] more) =>
        Succeed(["train", "--train", this["train.jsonl"], "--output", this[output], "--set", "text.minDocuments=1", "schedule.epochs=10", .. more]);

    private string Predict(string model, string text, int top = 2) =>
        Succeed("predict", "--model", this[model], "--text", text, "--top", top.ToString(CultureInfo.InvariantCulture), "--style", "table");

    private void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(this[name], lines);

    private static IEnumerable<string> Documents(int count, int crops, int seed)
    {
        var random = new Random(seed);

        // The vocabulary stays as it was trained: words of the new labels are in it, as noise.
        string[] noise = ["a", "the", "of", "harvest", "fields", "sown", "rain", .. Crops[crops..], .. Crops[crops..]];
        for (var i = 0; i < count; i++)
        {
            string[] own = [.. random.GetItems(Crops[..crops], random.Next(1, 3)).Distinct()];
            string[] words = [.. own.SelectMany(crop => new[] { crop, $"{crop}s" }), .. random.GetItems(noise, 4)];
            random.Shuffle(words);
            yield return $$"""{"text": "{{string.Join(' ', words)}}", "labels": [{{string.Join(", ", own.Select(crop => $"\"{crop}\""))}}]}""";
        }
    }

    private static IEnumerable<string> Points(int count, int labels, int seed)
    {
        var random = new Random(seed);
        yield return $"{count} 20 {labels}";
        for (var i = 0; i < count; i++)
        {
            var label = i < labels ? i : random.Next(labels);
            var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{label} {label * 2}:1 {label * 2 + 1}:0.5");
            yield return line.Append(CultureInfo.InvariantCulture, $" {12 + random.Next(8)}:0.5").ToString();
        }
    }

    private void Fail(int exitCode, string fault, params string[] arguments)
    {
        var (code, _, messages) = Lightdxml.Run(arguments);
        Assert.Contains(fault, messages, StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
        Assert.False(Path.Exists(this["out"]));
    }

    private static string Succeed(params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, $"{string.Join(' ', arguments)}: {messages}");
        return output;
    }
}
