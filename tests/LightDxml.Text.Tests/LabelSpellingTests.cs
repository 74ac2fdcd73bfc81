using LightDxml.TestKit;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Tests;

/// <summary>How labels that share a string are parted, and how they are spelled.</summary>
public sealed class LabelSpellingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("|", "soup|bread", "bread|jam", "jam")]
    [InlineData(";", "soup; bread", "bread;jam", "jam")]
    [InlineData(";", "Carcinoma, Non-Small-Cell", "Carcinoma, Non-Small-Cell; Lung", "Lung; Other")]
    [InlineData(",", "soup,bread", "bread, jam", "jam")]
    [InlineData(" ", "cs.CV math.NT", "cs.CV", "math.NT hep-th")]
    [InlineData(",", "R&D", "Arts", "Sports")]
    [InlineData(null, "machine learning", "deep learning", "learning theory")]
    public void Separator_IsFoundOut(string? separator, params string[] strings) => Assert.Equal(separator, LabelSeparators.Of(strings).Separator);

    [Theory]
    [InlineData("; ", "a; b", "c; d", "e; f")]
    [InlineData("Carcinoma, Small", "Carcinoma, Small", "Lymphoma, Large", "Fever, Yellow", "Joint, Knee")]
    [InlineData("soup bread", "soup bread", "bread jam", "soup", "bread", "jam")]
    public void WhereItIsNotSafe_ANoteShowsTheLabel_AndNamesTheOption(string shown, params string[] strings)
    {
        var (separator, note) = LabelSeparators.Of(strings);
        Assert.Equal(",", separator);
        Assert.Contains(shown, note, StringComparison.Ordinal);
        Assert.Contains("--label-separator", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<c#><.net>", new[] { "c#", ".net" })]
    [InlineData("<http://example.org/a> <http://example.org/b>", new[] { "http://example.org/a", "http://example.org/b" })]
    [InlineData("<a>, <b|c>", new[] { "a", "b|c" })]
    [InlineData("<a> and b>", new[] { "<a> and b>" })]
    [InlineData("[u'a', 'it\\'s', \"x\\u00e9\\ty\", '\\ud83d\\ude00', 'C:\\\\d', '\\d']", new[] { "a", "it's", "xé\ty", "😀", "C:\\d", "\\d" })]
    [InlineData("('a', 'b')", new[] { "a", "b" })]
    [InlineData("{'a', 'b'}", new[] { "a", "b" })]
    [InlineData("['a' 'b']", new[] { "a", "b" })]
    [InlineData("{sports,\"world news\"}", new[] { "sports", "world news" })]
    [InlineData("{sports}", new[] { "sports" })]
    [InlineData("{a}{b}", new[] { "{a}{b}" })]
    [InlineData("{'C{6}', 'x'}", new[] { "C{6}", "x" })]
    [InlineData("(a)", new[] { "(a)" })]
    [InlineData("[\"a\\/b\", \"\\\"q\\\"\"]", new[] { "a/b", "\"q\"" })]
    public void Lists(string cell, string[] labels) => Assert.Equal(labels, Assert.Single(TextFile.Read(_folder.Write("a.tsv", $"text\tlabels\nx\t{cell}\n"), new TextReadOptions { Quote = "" })).Labels);

    [Theory]
    [InlineData("a.jsonl", "{\"text\": \"x\", \"labels\": [\" caf\\u00e9 \", \"cafe\\u0301\", \"two\\nlines\", \"\", \"\\u00a0\", \"\\ufeffbom\"]}")]
    [InlineData("a.csv", "text,labels\nx,\"[' café ', 'cafe\u0301', 'two\\nlines', '', '\u00A0', '\uFEFFbom']\"\n")]
    [InlineData("a.tab", "x\t['café', 'cafe\u0301', 'two\\nlines', ' ', '', 'bom']\n")]
    public void Labels_HaveOneSpelling(string name, string content) =>
        Assert.Equal(["café", "café", "two lines", "bom"], Assert.Single(TextFile.Read(_folder.Write(name, content))).Labels);

    [Theory]
    [InlineData("\uFEFF a \u200B ", "a")]
    [InlineData(" \u200B\uFEFF\u00A0a\u0301\r\n\u200B", "\u00E1")]
    [InlineData("\u200B \uFEFF", "")]
    [InlineData("\u202B\u05E1\u05E4\u05E8\u202C\u200F", "\u05E1\u05E4\u05E8")]
    [InlineData("\u09AC\u09DF", "\u09AC\u09AF\u09BC")]
    public void Normalize_BlanksOfEveryKind_AreTakenOffInAnyOrder(string label, string expected) => Assert.Equal(expected, LabelText.Normalize(label));

    [Fact]
    public void Normalize_WhatIsNormal_StaysAsItIs()
    {
        const string Characters = " \t\r\n\u00A0\u2028\uFEFF\u200BaeoU\u00C2\u1EA0\u0300\u0301\u0302\u0308\u031B\u0323\u0345\u03B1\u0374\u212B\u1F71\u1FBE\u1100\u1161\u11A8\uAC00\u0DD9\u0DCF\u0DCA\u3042\u3099\u200F\u0344\u0958\u093C\u0915\u0F73\u0F71\u0F72\uF900\uFB2C\u05BC";
        var random = new Random(1);
        for (var time = 0; time < 20_000; time++)
        {
            var once = LabelText.Normalize(new string([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Characters[random.Next(Characters.Length)])]));
            Assert.Equal(once, LabelText.Normalize(once));
        }
    }

    [Fact]
    public void ListOfOneString_IsParted_WhereNoCommaPartsLabels()
    {
        var path = _folder.Write("a.jsonl", "{\"text\": \"x\", \"labels\": [\"math.NT cs.CV\"]}\n{\"text\": \"y\", \"labels\": [\"cs.CV\"]}\n{\"text\": \"z\", \"labels\": [\"math.NT\"]}\n");
        Assert.Equal(["math.NT", "cs.CV"], TextFile.Read(path).First().Labels);
        path = _folder.Write("b.jsonl", "{\"text\": \"x\", \"labels\": [\"Carcinoma, Lung\"]}\n{\"text\": \"y\", \"labels\": [\"Lung\"]}\n");
        Assert.Equal(["Carcinoma, Lung"], TextFile.Read(path).First().Labels);
    }

    [Fact]
    public void NumbersAsNames_AreInTheOrderOfNumbers_AndItIsSaid()
    {
        var path = _folder.Write("a.jsonl", string.Join('\n', new[] { 10, 9, 100, 2 }.Select(label => $"{{\"text\": \"some words\", \"labels\": [{label}]}}")));
        var fitted = TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 });
        Assert.Equal(["2", "9", "10", "100"], fitted.Labels.Ids);
        Assert.Contains("order of numbers", Assert.Single(fitted.Notes), StringComparison.Ordinal);
        Assert.Equal(["2", "9", "10", "100", "3", "20"], fitted.Labels.With(["20", "3", "9"]).Ids);
        Assert.Equal(["10", "9", "b"], LabelOrder.Of(["b", "9", "10"]));
    }

    [Fact]
    public void FoundSeparator_IsPartOfTheReading_SoThatLaterFilesAreReadAlike()
    {
        var path = _folder.Write("a.csv", "text,labels\nsome words,a|b\nsome words,b|c\n");
        Assert.Equal("|", TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 }).Reading!.LabelSeparator);
        path = _folder.Write("a.jsonl", "{\"text\": \"some words\", \"labels\": [\"a|b\", \"c\"]}");
        Assert.Null(TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 }).Reading!.LabelSeparator);
    }
}
