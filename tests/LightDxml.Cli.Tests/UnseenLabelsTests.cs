using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>Test sets and new documents whose labels the model does not know: a few are said, many are warned of, next to all are an error.</summary>
public sealed class UnseenLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public UnseenLabelsTests()
    {
        Write("train.csv", 30, document => document % 2 == 0 ? "warm" : "cold");
        var (exitCode, _, messages) = Lightdxml.Run("train", "--train", this["train.csv"], "--output", this["model"], "--set", "text.minDocuments=1", "schedule.epochs=2", "encoder.dimensions=8");
        Assert.True(exitCode == 0, messages);
    }

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10, 0, false)]
    [InlineData(11, 0, true)]
    [InlineData(18, 0, true)]
    [InlineData(19, 1, false)]
    public void Evaluate_RefusesWhereMoreThanNineTenthsAreUnknown_AndWarnsFromHalfOn(int unknown, int exitCode, bool warns)
    {
        Write("test.csv", 20, document => document < unknown ? $"rare{document % 7}" : "warm");

        string[][] commands = [["evaluate", "--model", this["model"]], ["compare", "--train", this["train.csv"], "--methods", "most-frequent", "--output", this["comparison"]]];
        foreach (var command in commands)
        {
            var (code, _, messages) = Lightdxml.Run([.. command, "--test", this["test.csv"]]);

            Assert.True(exitCode == code, messages);
            Assert.Contains($"{unknown} of 20 occurrences of labels", messages, StringComparison.Ordinal);
            Assert.Contains("'rare0'", messages, StringComparison.Ordinal);
            Assert.Equal(warns, messages.Contains("WARNING: test.csv", StringComparison.Ordinal));
            Assert.Equal(warns || exitCode == 1, messages.Contains("--label-separator", StringComparison.Ordinal));
            if (warns)
                Assert.Contains("training lacks these labels", messages, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(10, 0, false)]
    [InlineData(11, 0, true)]
    [InlineData(18, 0, true)]
    [InlineData(19, 1, false)]
    public void Update_RefusesWhereMoreThanNineTenthsAreNew_UnlessTheyAreAllowed(int unknown, int exitCode, bool warns)
    {
        // Another separator than that of training makes labels such as these.
        Write("month.csv", 20, document => document < unknown ? "warm/cold" : "warm");
        string[] update = ["update", "--model", this["model"], "--train", this["month.csv"], "--output", this["updated"]];

        var (code, _, messages) = Lightdxml.Run(update);

        Assert.True(exitCode == code, messages);
        Assert.Equal(exitCode == 0, Directory.Exists(this["updated"]));
        Assert.Equal(warns, messages.Contains("WARNING: month.csv", StringComparison.Ordinal));
        Assert.Equal(warns || exitCode == 1, messages.Contains($"{unknown} of 20 occurrences of labels are unknown to {this["model"]}: 'warm/cold'; it knows ", StringComparison.Ordinal));
        Assert.Equal(exitCode == 1, messages.Contains("--allow-new-labels", StringComparison.Ordinal));
        (code, _, messages) = Lightdxml.Run([.. update, "--allow-new-labels"]);
        Assert.True(code == 0, messages);
        Assert.DoesNotContain("WARNING", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_NewLabelsThatALabelsFileDescribes_AreNoDoubt()
    {
        Write("month.csv", 20, _ => "mild");
        File.WriteAllText(this["labels.jsonl"], """{"id": "mild", "name": "neither warm nor cold"}""");

        var (exitCode, _, messages) = Lightdxml.Run("update", "--model", this["model"], "--train", this["month.csv"], "--label-names", this["labels.jsonl"], "--output", this["updated"]);

        Assert.True(exitCode == 0, messages);
        Assert.DoesNotContain("WARNING", messages, StringComparison.Ordinal);
    }

    private void Write(string name, int documents, Func<int, string> label) =>
        File.WriteAllLines(this[name], Enumerable.Range(0, documents).Select(document => $"{(document % 2 == 0 ? "red" : "blue")} thing,{label(document)}").Prepend("text,labels"));
}
