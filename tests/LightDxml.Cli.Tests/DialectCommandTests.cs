using System.Text;
using LightDxml.TestKit;

namespace LightDxml.Cli.Tests;

/// <summary>Own text through the tool, in the dialects that people have.</summary>
public sealed class DialectCommandTests : IDisposable
{
    private static readonly string[] Settings = ["--set", "text.minDocuments=1", "schedule.epochs=4", "encoder.dimensions=8"];

    private readonly TemporaryFolder _folder = new();

    private string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SpreadsheetOfWindows_NeedsItsEncodingOnce()
    {
        var latin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        string[] animals = ["Füchse", "Bären", "Vögel"];
        var rows = Enumerable.Range(0, 45).Select(i => $"{i};{animals[i % 3]} schön{i % 4};{animals[i % 3]}{(i % 2 == 0 ? "|Tiere" : "")}");
        File.WriteAllText(this["train.csv"], string.Join("\r\n", rows.Prepend("Nr;Text;Labels")) + "\r\n", latin);
        File.WriteAllText(this["unicode.csv"], string.Join("\n", rows.Prepend("Nr;Text;Labels")));

        var (exitCode, _, messages) = Train("train.csv");
        Assert.Equal(1, exitCode);
        Assert.Contains("train.csv(2): found text that is not UTF-8; --encoding", messages, StringComparison.Ordinal);
        (exitCode, _, messages) = Train("train.csv", "--encoding", "windows-1252");
        Assert.True(exitCode == 0, messages);
        Assert.Contains("separated by '|'", messages, StringComparison.Ordinal);
        Assert.Equal(["Bären", "Füchse", "Tiere", "Vögel"], File.ReadAllLines(this["model/labels.txt"]));

        Assert.Matches("encoding +windows-1252", Lightdxml.Run("info", "--model", this["model"]).Output);

        // The same text in either encoding, without an option.
        var one = Evaluate("train.csv");
        Assert.Equal(one, Evaluate("unicode.csv"));

        string Evaluate(string name)
        {
            var (code, output, errors) = Lightdxml.Run("evaluate", "--model", this["model"], "--test", this[name], "--train", this[name]);
            Assert.True(code == 0, errors);
            return output;
        }
    }

    [Theory]
    [InlineData("class:{0} {1} more", "--format", "fasttext", "--label-prefix", "class:")]
    [InlineData("class:{0} {1} more", "--label-prefix", "class:")]
    [InlineData("{1} more #{0}", "--label-prefix", "#")]
    public void PrefixOfLabels_ByOption_IsRemembered(string line, params string[] options)
    {
        const string path = "docs.txt";
        File.WriteAllLines(this[path], Enumerable.Range(0, 30).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, line, $"c{i % 3}", $"word{i % 3}")));
        var (exitCode, _, messages) = Train(path, options);
        Assert.True(exitCode == 0, messages);
        Assert.Equal(["c0", "c1", "c2"], File.ReadAllLines(this["model/labels.txt"]));
        var (_, output, _) = Lightdxml.Run("evaluate", "--model", this["model"], "--test", this[path], "--train", this[path]);
        Assert.Matches(@"(?m)^P +100\.00", output);
    }

    [Fact]
    public void PlainFile_OfAModelOfText_IsADocumentALine_AndBlankLinesKeepTheirPlace()
    {
        File.WriteAllLines(this["docs.jsonl"], Enumerable.Range(0, 30).Select(i => $$"""{"text": "word{{i % 3}} more", "labels": ["c{{i % 3}}"]}"""));
        var (exitCode, _, messages) = Train("docs.jsonl");
        Assert.True(exitCode == 0, messages);
        foreach (var content in new[] { "word0 more\n\nword2 more\n  \nword1", "\n\nword2 more\n\n\n", "word1\r\n\r\nword2\r\n\t\r\nword0\r\n" })
        {
            File.WriteAllText(this["titles.txt"], content);
            (exitCode, var output, messages) = Lightdxml.Run("predict", "--model", this["model"], "--input", this["titles.txt"], "--top", "1");
            Assert.True(exitCode == 0, messages);
            Assert.Equal(5, output.TrimEnd().Split('\n').Length);
            Assert.Contains("c2", output.Split('\n')[2], StringComparison.Ordinal);
            Assert.Contains("\"known\":false", output.Split('\n')[1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("猫と犬", "text.unsegmented=characters")]
    [InlineData("a b c", "text.minWordLength=1")]
    [InlineData("😀 😺", "text.symbols=true")]
    public void TextWithoutTerms_NamesTheWayOut_WhichWorks(string text, string setting)
    {
        File.WriteAllLines(this["docs.jsonl"], Enumerable.Range(0, 12).Select(i => $$"""{"text": "{{text}}", "labels": ["c{{i % 2}}"]}""").Append("""{"text": "-", "labels": ["c0"]}"""));
        File.WriteAllLines(this["few.jsonl"], File.ReadLines(this["docs.jsonl"]).Take(2));
        var (exitCode, _, messages) = Train("few.jsonl", "--set", "text.minDocuments=3", "text.unsegmented=words");
        Assert.Equal(1, exitCode);
        Assert.Contains(setting, messages, StringComparison.Ordinal);
        (exitCode, _, messages) = Train("docs.jsonl", "--set", setting, "text.minNgram=1");
        Assert.True(exitCode == 0, messages);
    }

    [Fact]
    public void TextWithoutBlanks_IsLearntByItsCharacters_AndBesideTextWithBlanks()
    {
        string[] phrases = ["猫和狗", "天气很好", "小猫在家", "今天的天气"];
        File.WriteAllLines(this["docs.jsonl"], Enumerable.Range(0, 40).Select(i => $$"""{"text": "{{phrases[i % 4]}}{{i}}", "labels": ["c{{i % 2}}"]}""")
            .Concat(Enumerable.Range(0, 20).Select(i => $$"""{"text": "{{(i % 2 == 0 ? "a cat" : "fine weather")}}", "labels": ["c{{i % 2}}"]}""")));
        var (exitCode, _, messages) = Train("docs.jsonl");
        Assert.True(exitCode == 0, messages);
        Assert.DoesNotContain("whole clauses", messages, StringComparison.Ordinal);
        string[] texts = ["一只猫", "天气", "weather"];
        Assert.Equal(["c0", "c1", "c1"], texts.Select(text => Lightdxml.Run("predict", "--model", this["model"], "--text", text, "--top", "1", "--style", "jsonl").Output)
            .Select(line => line.Contains("\"c0\"", StringComparison.Ordinal) ? "c0" : "c1"));
    }

    [SkippableTheory]
    [InlineData("jsonl", "{\"text\": \"a\"}\n")]
    [InlineData("csv", "text,labels\na,b\n")]
    [InlineData("fasttext", "__label__b a\n")]
    public void Pipe_IsRefusedWithTheReason(string format, string content)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no /dev/stdin.");
        var (exitCode, _, messages) = Lightdxml.RunWithInput(content, "train", "--train", "/dev/stdin", "--format", format, "--output", this["model"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("/dev/stdin: it is a pipe, which cannot be read twice", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void FileOfTheRepository_IsReadWithoutOptions_AndUnusedWeightsAreSaid()
    {
        var lines = Enumerable.Range(0, 30).Select(i => $$"""{"uid": "B{{i}}", "title": "word{{i % 3}}", "content": "more", "target_ind": [{{8 + i % 3}}], "target_rel": [1.0]}""");
        File.WriteAllBytes(this["trn.json"], Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var (exitCode, _, messages) = Train("trn.json");
        Assert.True(exitCode == 0, messages);
        Assert.Equal(2, messages.Split("target_rel, are not used").Length);
        Assert.Contains("order of numbers", messages, StringComparison.Ordinal);
        Assert.Equal(["8", "9", "10"], File.ReadAllLines(this["model/labels.txt"]));
    }

    private (int ExitCode, string Output, string Messages) Train(string name, params string[] options) =>
        Lightdxml.Run(["train", "--train", this[name], "--output", this["model"], .. Settings, .. options]);
}
