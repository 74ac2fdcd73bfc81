using System.Text;
using System.Text.Json;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>Files as people have them, from training to a report and a comparison, without an option that nothing but the user can know.</summary>
public sealed class WalkTests : IDisposable
{
    private static readonly string[] Animals = ["Füchse", "Bären", "Vögel, große"];

    private readonly TemporaryFolder _folder = new();

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("excel.csv", "--encoding", "windows-1252")]
    [InlineData("one-hot.tsv")]
    [InlineData("nested.jsonl", "--labels-field", "meta.subjects.name")]
    [InlineData("annif")]
    [InlineData("numbers.svm")]
    public void File_IsTrainedEvaluatedReportedAndCompared(string name, params string[] options)
    {
        Write($"train-{name}", 60);
        Write($"test-{name}", 12);
        string[] quick = name == "numbers.svm" ? ["--set", "schedule.epochs=6"] : ["--set", "schedule.epochs=6", "text.minDocuments=1"];
        Succeed(["train", "--train", this[$"train-{name}"], "--output", this["model"], .. options, .. quick]);

        Succeed("evaluate", "--model", this["model"], "--test", this[$"test-{name}"], "--json", this["figures.json"]);
        using var figures = JsonDocument.Parse(File.ReadAllText(this["figures.json"]));
        Assert.Equal(1, figures.RootElement.GetProperty("precision")[0].GetDouble());
        Assert.Equal(1, figures.RootElement.GetProperty("rPrecision")[4].GetDouble());

        Succeed("predict", "--model", this["model"], "--input", this[$"test-{name}"], "--output", this["p.jsonl"]);
        string[] sets = ["--train", this[$"train-{name}"], "--test", this[$"test-{name}"], .. options];
        Succeed(["report", .. sets, "--predictions", this["p.jsonl"], "--output", this["report.html"]]);
        Assert.Contains(name == "numbers.svm" ? "9000000000000000001" : "Vögel, große", File.ReadAllText(this["report.html"]), StringComparison.Ordinal);
        Succeed(["compare", .. sets, "--methods", "xr-linear", "--output", this["comparison"], .. name == "numbers.svm" ? (string[])[] : ["--set", "text.minDocuments=1"]]);
        Assert.Contains("| xr-linear | 100.00 |", File.ReadAllText(this["comparison/table.md"]), StringComparison.Ordinal);
    }

    private void Write(string file, int count)
    {
        var documents = Enumerable.Range(0, count).Select(i => (Id: $"D{i}", Text: $"{Animals[i % 3][..5]} \"schön\"; {i % 4}", Labels: i % 6 == 0 ? Animals[..2] : [Animals[i % 3]])).ToArray();
        switch (file.Split('-', 2)[1])
        {
            case "excel.csv":
                File.WriteAllText(
                    this[file], "Nr;Text;Schlagwörter\r\n" + string.Concat(documents.Select(d => $"{d.Id};\"{d.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\";{string.Join('|', d.Labels)}\r\n")),
                    CodePagesEncodingProvider.Instance.GetEncoding(1252)!);
                break;
            case "one-hot.tsv":
                File.WriteAllText(
                    this[file], $"id\tText\t{string.Join('\t', Animals)}\r\n" + string.Concat(documents.Select(d => $"{d.Id}\t{d.Text}\t{string.Join('\t', Animals.Select(a => d.Labels.Contains(a) ? 1 : 0))}\r\n")),
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                break;
            case "nested.jsonl":
                File.WriteAllText(
                    this[file], string.Concat(documents.Select(d => JsonSerializer.Serialize(new { ID = d.Id, Content = d.Text, meta = new { subjects = d.Labels.Select(name => new { name }) } }) + "\n")), Encoding.Unicode);
                break;
            case "annif":
                Directory.CreateDirectory(this[file]);
                foreach (var document in documents)
                {
                    File.WriteAllText(Path.Combine(this[file], document.Id + ".txt"), document.Text);
                    File.WriteAllLines(Path.Combine(this[file], document.Id + (document.Id.Length % 2 == 0 ? ".key" : ".tsv")), document.Labels);
                }

                break;
            default:
                File.WriteAllLines(this[file], documents.Select((d, i) =>
                    $"{string.Join(',', d.Labels.Select(label => 9_000_000_000_000_000_001 + 7_000 * Array.IndexOf(Animals, label)))} {i % 3}:1 {3 + i % 4}:0.5{(i % 6 == 0 ? " 9:1" : "")}"));
                break;
        }
    }

    private static void Succeed(params string[] arguments)
    {
        var (exitCode, _, messages) = Lightdxml.Run(arguments);
        Assert.True(exitCode == 0, messages);
    }
}
