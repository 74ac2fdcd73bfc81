using System.Text;
using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Tests;

public sealed class TextFileReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs.jsonl")]
    [InlineData("docs.jsonl.gz")]
    [InlineData("docs.jsonl.br")]
    public void JsonLines_AnyOrderOfFields_Escapes_AndNumbers(string name)
    {
        var document = Assert.Single(Read(_folder.Write(name, """
            {"labels": ["a b", 7], "more": {"text": "not this"}, "text": "one\ntwo \u00e9 \ud83d\ude00", "id": 31, "title": null}

            """)));
        Assert.Equal(("31", "", "one\ntwo é 😀"), (document.Id, document.Title, document.Text));
        Assert.Equal(["a b", "7"], document.Labels);
    }

    [Theory]
    [InlineData("a.jsonl", "{\"text\": \"red apple\", \"labels\": [\"fruit\"]}\n")]
    [InlineData("a.json", "[{\"text\": \"red apple\", \"labels\": [\"fruit\"]}]\n")]
    [InlineData("a.csv", "text,labels\nred apple,fruit\n")]
    [InlineData("a.tsv", "labels\ttext\r\nfruit\tred apple\r\n")]
    [InlineData("a.csv", "sep=;\ntext;labels\nred apple;fruit\n")]
    [InlineData("a.txt", "__label__fruit red apple\n")]
    [InlineData("a.tab", "red apple\t<fruit>\n")]
    public void ByteOrderMark_BelongsToNothing(string name, string content)
    {
        var document = Assert.Single(Read(_folder.Write(name, "\uFEFF" + content)));
        Assert.Equal(("red apple", "fruit"), (document.Text, Assert.Single(document.Labels)));
    }

    [Fact]
    public void JsonLines_FieldNamedByOption_IsTakenBeforeUsualNames()
    {
        var path = _folder.Write("docs.jsonl", """{"text": "no", "body": "yes", "labels": ["x"], "mine": "p; q"}""");
        var document = Assert.Single(Read(path, new TextReadOptions { TextField = "body", LabelsField = "mine", LabelSeparator = ";" }));
        Assert.Equal("yes", document.Text);
        Assert.Equal(["p", "q"], document.Labels);
    }

    [Fact]
    public void JsonLines_TwoUsualNames_ThePreferredWins_WhateverTheOrder()
    {
        var path = _folder.Write("docs.jsonl", """
            {"abstract": "no", "text": "yes", "abstractText": "no"}
            {"text": "yes", "summary": "no"}
            """);
        Assert.All(Read(path), document => Assert.Equal("yes", document.Text));
    }

    [Theory]
    [InlineData("""{"body": "real", "summary": null, "labels": ["a"]}""", "real", "a")]
    [InlineData("""{"summary": null, "body": "real", "labels": ["a"]}""", "real", "a")]
    [InlineData("""{"text": "real", "tags": ["a"], "labels": null}""", "real", "a")]
    [InlineData("""{"text": "real", "labels": null, "tags": ["a"]}""", "real", "a")]
    [InlineData("""{"text": "real", "text": null, "labels": null}""", "real", "")]
    [InlineData("""{"text": null, "summary": null}""", "", "")]
    [InlineData("""{"title": null}""", "", "")]
    public void JsonLines_FieldThatIsNull_IsAsOneThatIsNotThere(string row, string text, string labels)
    {
        var document = Assert.Single(Read(_folder.Write("docs.jsonl", row + "\n")));
        Assert.Equal((text, labels), (document.Text, string.Join(',', document.Labels)));
    }

    [Theory]
    [InlineData("subject headings")]
    [InlineData("Subject Headings")]
    [InlineData("subject_headings")]
    [InlineData("descriptors")]
    [InlineData("headings")]
    public void Labels_OfLibraries_AreFoundByTheirUsualNames(string name)
    {
        Assert.Equal(["Oil"], Assert.Single(Read(_folder.Write("docs.jsonl", $$"""{"text": "olives", "subject": "mail", "{{name}}": ["Oil"]}"""))).Labels);
        Assert.Equal(["Oil"], Assert.Single(Read(_folder.Write("docs.csv", $"text,subject,{name}\nolives,mail,Oil\n"))).Labels);
    }

    [Theory]
    [InlineData("{\"text\": \"a\"}\n{\"text\": \"b\"", 2, "not JSON")]
    [InlineData("{\"text\": \"a\"}\n\n[1]", 3, "expected a JSON object")]
    [InlineData("{\"text\": \"a\"} x", 1, "not JSON")]
    [InlineData("{\"text\": {\"a\": 1}}", 1, "found an object as text")]
    [InlineData("{\"text\": \"a\", \"labels\": [null]}", 1, "found null as a label")]
    [InlineData("{\"text\": \"a\", \"labels\": true}", 1, "found a truth value as labels")]
    [InlineData("{\"words\": \"a\"}", 1, "found no text")]
    public void JsonLines_BadRow_NamesFileLineAndFault(string content, long line, string fault)
    {
        var path = _folder.Write("docs.jsonl", content);
        var exception = Assert.Throws<DataFormatException>(() => Read(path));
        Assert.StartsWith($"{path}({line}): ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JsonLines_NotUtf8_IsAFaultOfItsLine()
    {
        var path = _folder.Write("docs.jsonl", [.. Encoding.UTF8.GetBytes("{\"text\": \"a\"}\n{\"text\": \""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")]);
        Assert.Equal(2, Assert.Throws<DataFormatException>(() => Read(path)).Line);
    }

    [Fact]
    public void SkipBadRows_CountsThem_TellsTheFirst_AndKeepsTheRest()
    {
        var lines = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? $$"""{"text": "t{{i}}"}""" : "bad");
        var path = _folder.Write("docs.jsonl", string.Join('\n', lines));
        SkippedRows? skipped = null;
        var documents = TextFile.Read(path, new TextReadOptions { SkipBadRows = true }, rows => skipped = rows).ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"t{2 * i}"), documents.Select(document => document.Text));
        Assert.Equal(10, skipped!.Count);
        Assert.Equal(5, skipped.FirstFaults.Count);
        Assert.StartsWith($"{path}(2): ", skipped.FirstFaults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void SkipBadRows_LeavesNothingOfABadRowInItsNeighbours()
    {
        var path = _folder.Write("docs.jsonl", """
            {"labels": ["bad"], "title": "bad", "text": {}}
            {"text": "good", "labels": ["kept"]}
            """);
        var document = Assert.Single(TextFile.Read(path, new TextReadOptions { SkipBadRows = true }));
        Assert.Equal(("", "good"), (document.Title, document.Text));
        Assert.Equal(["kept"], document.Labels);
    }

    [Fact]
    public void FastText_LabelsStandAnywhere_TheRestIsText()
    {
        var path = _folder.Write("tags.train", "__label__sauce __label__cheese How much, __label__late then?\n__label__x\nno labels\n");
        Assert.Equal(TextFormat.FastText, TextFile.Recognize(path));
        var documents = Read(path);
        Assert.Equal(["How much, then?", "", "no labels"], documents.Select(document => document.Text));
        Assert.Equal([["sauce", "cheese", "late"], ["x"], []], documents.Select(document => document.Labels.ToArray()));
    }

    [Fact]
    public void TabSeparated_LastTabPartsTextFromLabels()
    {
        var path = _folder.Write("docs.tab", "a\tb\tx y\nalone\t\n");
        var documents = Read(path);
        Assert.Equal(["a\tb", "alone"], documents.Select(document => document.Text));
        Assert.Equal([["x", "y"], []], documents.Select(document => document.Labels.ToArray()));
    }

    [Fact]
    public void TabSeparated_NoTab_IsAFault() =>
        Assert.Equal(2, Assert.Throws<DataFormatException>(() => Read(_folder.Write("docs.tab", "a\tb\nc\n"))).Line);

    [Theory]
    [InlineData("points.txt", "2 3 4\n0 1:1\n")]
    [InlineData("points.svm", "0 1:1\n")]
    public void Recognize_FilesOfNumbers_AreNoText(string name, string content) =>
        Assert.Null(TextFile.Recognize(_folder.Write(name, content)));

    [Theory]
    [InlineData("points.txt", "\n# two points\n0,3 1:0.5 7:1e-3\n", null)]
    [InlineData("points.txt", " 4:0.5\n", null)]
    [InlineData("points.txt", "1,2\n0 3:1\n", null)]
    [InlineData("points.dat", "% made up\n@relation points\n@attribute a numeric\n@data\n1\n", null)]
    [InlineData("points.svmlight", "word 4:0.5\n", null)]
    [InlineData("texts.txt", "At 10:30 the bakery opens\n", TextFormat.PlainLines)]
    [InlineData("texts.txt", "2024\nA year like any other\n", TextFormat.PlainLines)]
    [InlineData("texts", "alone\n", TextFormat.PlainLines)]
    public void FormatOf_FileToPredict_IsLinesOfText_UnlessItHasFeatures(string name, string content, TextFormat? format) =>
        Assert.Equal(format, TextDialect.FormatOf(_folder.Write(name, content), new TextReadOptions { ForPrediction = true }));

    [Fact]
    public void Read_MissingFile_IsAStatedError() =>
        Assert.Contains("does not exist", Assert.Throws<LightDxmlException>(() => Read(_folder["none.jsonl"])).Message, StringComparison.Ordinal);

    private static List<TextDocument> Read(string path, TextReadOptions? options = null) => [.. TextFile.Read(path, options)];
}
