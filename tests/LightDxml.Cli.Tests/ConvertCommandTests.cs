using System.Text.Json;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>What <c>data convert</c> makes of raw text, and other commands that read two files of it: both are read alike, and nothing is passed over in silence.</summary>
public sealed class ConvertCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ConvertCommandTests()
    {
        _folder.Write("train.csv", "text,labels\na one,x;y\nb two,y;z\nc three,z;x\n");
        // On its own this row may be one label.
        _folder.Write("test.csv", "text,labels\na two,x;y\n");
    }

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("xml")]
    [InlineData("cache")]
    public void FitOn_ReadsLabelsAsThoseOfTheTrainingText(string to)
    {
        Succeed("data", "convert", this["test.csv"], "--fit-on", this["train.csv"], "--to", to, "--output", this["out"], "--set", "text.minDocuments=1", "text.minWordLength=1");
        var set = LightDxml.Data.DatasetFile.Read(this["out"]);
        Assert.Equal(3, set.LabelCount);
        Assert.Equal([0, 1], set.Labels.RowColumns(0).ToArray());
    }

    [Fact]
    public void FitOn_WhereTheTrainingTextHasALabelADocument_PartsLabelsByItself()
    {
        _folder.Write("single.csv", "text,labels\na one,x\nb two,y\nc three,z\na four,x\n");
        _folder.Write("many.csv", "text,labels\na,x;y\nb,y;z\nc,z;x\n");
        Succeed("data", "convert", this["many.csv"], "--fit-on", this["single.csv"], "--to", "xml", "--output", this["out"], "--set", "text.minDocuments=1", "text.minWordLength=1");
        Assert.Equal(3, LightDxml.Data.DatasetFile.Read(this["out"]).LabelCount);
    }

    [Fact]
    public void EvaluateReportAndCompare_ReadLabelsOfTheTestTextAsThoseOfTheTrainingText()
    {
        _folder.Write("p.jsonl", """{"labels": [{"label": "x", "score": 0.9}, {"label": "y", "score": 0.8}]}""");
        string[] sets = ["--test", this["test.csv"], "--train", this["train.csv"]];
        Succeed(["evaluate", .. sets, "--predictions", this["p.jsonl"], "--json", this["evaluate.json"]]);
        using var evaluated = JsonDocument.Parse(File.ReadAllText(this["evaluate.json"]));
        Assert.Equal(1, evaluated.RootElement.GetProperty("recall")[2].GetDouble());

        File.AppendAllText(this["test.csv"], "b one,x;y\n");
        File.AppendAllLines(this["p.jsonl"], ["", File.ReadAllText(this["p.jsonl"])]);
        Succeed(["report", .. sets, "--predictions", this["p.jsonl"], "--output", this["report"]]);
        Assert.DoesNotContain("x;y", File.ReadAllText(this["report/report.html"]), StringComparison.Ordinal);
        Succeed(["compare", .. sets, "--methods", "most-frequent", "--output", this["comparison"], "--set", "text.minDocuments=1", "--threads", "1"]);
        Assert.Equal(3, LightDxml.Data.DatasetFile.Read(this["comparison/data/test.cache"]).LabelCount);
    }

    [Theory]
    [InlineData("--label-names", "jsonl", "--label-names", "labels.jsonl")]
    [InlineData("--label-names", "jsonl", "--label-names", "labels.jsonl", "--add-ancestors")]
    [InlineData("--add-ancestors", "xml", "--label-names", "flat.jsonl", "--add-ancestors")]
    [InlineData("--write-label-names", "csv", "--write-label-names", "names")]
    [InlineData("--fit-on", "fasttext", "--fit-on", "train.csv")]
    [InlineData("--set", "json", "--set", "text.maxNgram=1")]
    [InlineData("--write-terms", "tsv", "--write-terms", "terms")]
    [InlineData("--unit-rows", "lines", "--unit-rows")]
    [InlineData("--unit-rows", "cache", "--unit-rows")]
    [InlineData("--set", "xml", "--model", "model", "--set", "text.maxNgram=1")]
    [InlineData("schedule.epochs=3", "xml", "--set", "text.minDocuments=1", "schedule.epochs=3")]
    [InlineData("names.candidates=3", "svm", "--set", "text.minDocuments=1", "names.candidates=3")]
    public void OptionWithoutEffect_IsRefused_AndNothingIsWritten(string option, string to, params string[] arguments)
    {
        _folder.Write("labels.jsonl", "{\"id\": \"x\", \"name\": \"ex\", \"parents\": [\"z\"]}\n");
        _folder.Write("flat.jsonl", "{\"id\": \"x\", \"name\": \"ex\"}\n");
        if (arguments.Contains("model"))
            Succeed("train", "--train", this["train.csv"], "--output", this["model"], "--set", "schedule.epochs=1", "encoder.dimensions=8", "text.minDocuments=1", "text.minWordLength=1");
        string[] given = [.. arguments.Select(argument => argument is "labels.jsonl" or "flat.jsonl" or "train.csv" or "names" or "terms" or "model" ? this[argument] : argument)];
        var (exitCode, output, messages) = Lightdxml.Run(["data", "convert", this["train.csv"], "--to", to, "--output", this["out"], .. given]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains($"error: {option} has no effect", messages, StringComparison.Ordinal);
        Assert.False(File.Exists(this["out"]) || File.Exists(this["names"]) || File.Exists(this["terms"]));
    }

    [Fact]
    public void HashedTerms_HaveNoNames_AndNothingIsWritten()
    {
        var (exitCode, _, messages) = Lightdxml.Run(
            "data", "convert", this["train.csv"], "--to", "xml", "--output", this["out"], "--write-terms", this["terms"], "--set", "text.minDocuments=1", "text.hashBits=10");
        Assert.Equal(1, exitCode);
        Assert.Contains("Hashed terms have no names", messages, StringComparison.Ordinal);
        Assert.False(File.Exists(this["out"]));
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("xml", "--fit-on", "train.csv", "--set", "text.minDocuments=1", "text.minWordLength=1")]
    [InlineData("cache", "--fit-on", "train.csv", "--set", "text.minDocuments=1", "text.minWordLength=1")]
    public void FileWithoutDocuments_IsRefused_AndTheOutputOfBeforeIsKept(string to, params string[] more)
    {
        _folder.Write("old.csv", "text,labels\n");
        _folder.Write("out", "before");
        var (exitCode, _, messages) = Lightdxml.Run(["data", "convert", this["old.csv"], "--to", to, "--output", this["out"], .. more.Select(value => value == "train.csv" ? this[value] : value)]);
        Assert.Equal(1, exitCode);
        Assert.Contains("old.csv: the file holds no documents", messages, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(this["out"]));
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("xml", "--set", "text.minDocuments=1", "text.minWordLength=1")]
    public void Notes_AreSaid_OnceEach(string to, params string[] more)
    {
        _folder.Write("notes.csv", "text,labels,year\na one,10|2,1999\nb two,2|10,2000\n");
        var (_, messages) = Succeed(["data", "convert", this["notes.csv"], "--to", to, "--output", this["out"], .. more]);
        Assert.Equal(2, messages.Split("Columns that are not read: 'year'").Length);
        Assert.Equal(2, messages.Split("Labels are separated by '|'").Length);
        Assert.Equal(to == "xml" ? 2 : 1, messages.Split("order of numbers: 2 is label 0").Length);
    }

    private static (string Output, string Messages) Succeed(params string[] arguments)
    {
        var (exitCode, output, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, $"{string.Join(' ', arguments)}: {messages}");
        return (output, messages);
    }
}
