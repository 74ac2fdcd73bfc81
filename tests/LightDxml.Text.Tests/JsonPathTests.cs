using LightDxml.TestKit;
using LightDxml.Text.Terms;

namespace LightDxml.Text.Tests;

/// <summary>JSON as it is found: other names, nested values, lists in place of strings, and forms that the file's name does not tell.</summary>
public sealed class JsonPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"meta": {"Subjects": ["a", "b"], "id": 3}, "text": "x"}""", "meta.subjects")]
    [InlineData("""{"meta": [{"subjects": "a"}, {"other": 1}, {"subjects": ["b"]}], "text": "x"}""", "meta.subjects")]
    [InlineData("""{"text": "x", "a": {"b": {"c": [{"name": "a", "more": [1]}, {"name": "b"}]}}}""", "a.b.c.name")]
    [InlineData("""{"text": "x", "a.b": ["a", "b"], "a": {"b": 3}}""", "a.b", true)]
    public void Path_LeadsIntoObjectsAndArrays(string line, string path, bool hasMore = false)
    {
        var labels = Assert.Single(TextFile.Read(_folder.Write("a.jsonl", line), new TextReadOptions { LabelsField = path })).Labels;
        Assert.Equal(["a", "b"], hasMore ? labels.Take(2) : labels);
    }

    [Fact]
    public void TextByPath_AndAsAListOfStrings()
    {
        var document = Assert.Single(TextFile.Read(_folder.Write("a.jsonl", """{"BODY": {"p": ["one", ["two", "th\u0072ee"]]}, "Title": ["T", "U"], "LABELS": 7}"""), new TextReadOptions { TextField = "body.p" }));
        Assert.Equal(("one\ntwo\nthree", "T\nU"), (document.Text, document.Title));
        Assert.Equal(["7"], document.Labels);
    }

    [Theory]
    [InlineData("a.json", "{\"text\": \"x\"}\n{\"text\": \"y\"}\n")]
    [InlineData("a.txt", "{\"text\": \"x\"}\n\n{\"text\": \"y\"}")]
    [InlineData("a.jsonl", "[{\"text\": \"x\"},\n{\"text\": \"y\"}]")]
    [InlineData("a", "\uFEFF [ {\"text\": \"x\"}, {\"text\": \"y\"} ]")]
    [InlineData("a.data", "{\"version\": [1, 2],\n \"items\": [{\"text\": \"x\"}, {\"text\": \"y\"}]}")]
    public void Form_IsToldByTheFirstBytes(string name, string content) =>
        Assert.Equal(["x", "y"], TextFile.Read(_folder.Write(name, content)).Select(document => document.Text));

    [Fact]
    public void DocumentsAtAPath()
    {
        var path = _folder.Write("a.json", """{"data": {"other": [{"text": "no"}], "items": [{"text": "x"}, {"text": "y"}]}, "items": [{"text": "no"}]}""");
        Assert.Equal(["x", "y"], TextFile.Read(path, new TextReadOptions { DocumentsField = "data.items" }).Select(document => document.Text));
        Assert.Contains("data.none", Assert.Throws<Data.DataFormatException>(() => TextFile.Read(path, new TextReadOptions { DocumentsField = "data.none" }).ToList()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.json", "[{\"text\": \"x\"},\n{\"text\": \"half \\ud83d one\", \"labels\": [\"a\"]},\n{\"labels\": [\"\\udc00\"], \"text\": \"n\"}, {\"text\": \"y\"}]")]
    [InlineData("a.jsonl", "{\"text\": \"x\"}\n{\"text\": \"half \\ud83d one\"}\n{\"text\": \"n\", \"labels\": \"\\udc00\"}\n{\"text\": \"y\"}")]
    [InlineData("b.json", "{\"articles\": [{\"text\": \"x\"}, {\"title\": \"\\ud83d\", \"text\": \"n\"}, {\"text\": [\"a\", \"\\ud83d\"]}, {\"text\": \"y\"}]}")]
    public void HalfACharacter_IsAFaultOfItsRow_AndSkippedWithIt(string name, string content)
    {
        var path = _folder.Write(name, content);
        Assert.Throws<Data.DataFormatException>(() => TextFile.Read(path).ToList());
        SkippedRows? skipped = null;
        Assert.Equal(["x", "y"], TextFile.Read(path, new TextReadOptions { SkipBadRows = true }, rows => skipped = rows).Select(document => document.Text));
        Assert.Equal(2, skipped!.Count);
    }

    [Fact]
    public void VocabularyOfAnnif_IsRead()
    {
        var catalog = LabelCatalog.Read(_folder.Write("voc.tsv", "<http://example.org/1>\tcafe\u0301\n<http://example.org/2>\ttea\tT2\n"));
        Assert.Equal(("café", "tea"), (catalog.NameOf("http://example.org/1"), catalog.NameOf("http://example.org/2")));
        Assert.Equal(2, Assert.Throws<Data.DataFormatException>(() => LabelCatalog.Read(_folder.Write("bad.tsv", "<a>\tb\nalone\n"))).Line);
    }

    [Theory]
    [InlineData("id\tname\n<http://example.org/1>\tbread\n")]
    [InlineData("URI\tprefLabel\n<http://example.org/1>\tbread\n")]
    public void NamesOfColumns_AreNoLabel(string content) => Assert.Equal(["bread"], LabelCatalog.Read(_folder.Write("voc.tsv", content)).Entries.Select(entry => entry.Name));

    [Theory]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("Vie\u0323\u0302t", "vi\u1EC7t")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00")]
    [InlineData("\u304B\u3099\u3044", "\u304C\u3044")]
    [InlineData("\u212Bngstr\u006F\u0308m", "\u00E5ngstr\u00F6m")]
    [InlineData("\u0439\u0438\u0306", "\u0439\u0439")]
    [InlineData("\u09DF\u0995", "\u09AF\u09BC\u0995")]
    [InlineData("\u095C\u0915", "\u0921\u093C\u0915")]
    [InlineData("\uFB2C\u05D0", "\u05E9\u05BC\u05C1\u05D0")]
    [InlineData("\uFA19\uFA33", "\u795E\u52C9")]
    [InlineData("\uFA6C\uFA6D\uFAD0\uFAD9", "\U000242EE\u8218\U00022844\u9F8E")]
    [InlineData("\u0DC1\u0DCA\u200D\u0DBB\u0DD3", "\u0DC1\u0DCA\u0DBB\u0DD3")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("wi\u00ADfi\u2060lan", "wifilan")]
    public void TwoCodingsOfAWord_AreOneTerm(string one, string other)
    {
        var vectorizer = TextVectorizer.Fit([new TextDocument("", "", one, [])], new TextVectorizerOptions { MinDocuments = 1, Subwords = SubwordUse.None, Unsegmented = UnsegmentedText.Words });
        Assert.Equal([other], vectorizer.Terms());
        Assert.Equal(1, vectorizer.Transform([new TextDocument("", "", other, [])]).RowColumns(0).Length);
    }

    [Theory]
    [InlineData("e\u0301t\u00E9", "ete")]
    [InlineData("\u0915\u093F\u0924\u093E\u092C", "\u0915\u093F\u0924\u093E\u092C")]
    [InlineData("\u0E17\u0E35\u0E48", "\u0E17\u0E35\u0E48")]
    [InlineData("\u304B\u3099\u3044", "\u304C\u3044")]
    [InlineData("\u0623\u0628\u064E", "\u0627\u0628")]
    [InlineData("\u0627\u0654\u0628", "\u0627\u0628")]
    [InlineData("\uFB2A\u05D0", "\u05E9\u05D0")]
    public void FoldAccents_TakesAccentsOff_AndLeavesVowelsOfOtherScripts(string word, string folded) =>
        Assert.Equal([folded], TextVectorizer.Fit([new TextDocument("", "", word, [])], new TextVectorizerOptions { MinDocuments = 1, Subwords = SubwordUse.None, FoldAccents = true, Unsegmented = UnsegmentedText.Words }).Terms());

    [Theory]
    [InlineData("ปี ๒๕๖๓", new[] { "ปี", "๒๕๖๓" })]
    [InlineData("ปี๒๕๖๓ปี", new[] { "ปี", "๒๕๖๓" })]
    [InlineData("\uFF76\uFF9E\uFF7D", new[] { "\uFF76\uFF9E", "\uFF7D" })]
    public void CharactersOfTextWithoutBlanks_KeepTheirMarks_AndDigitsStayTogether(string text, string[] words) =>
        Assert.Equal(words, TextVectorizer.Fit([new TextDocument("", "", text, [])], new TextVectorizerOptions { MinDocuments = 1, MaxNgram = 1, Subwords = SubwordUse.None }).Terms());

    [Fact]
    public void BlankOfNoWidth_EndsAWord() =>
        Assert.Equal(["lan", "wifi"], TextVectorizer.Fit([new TextDocument("", "", "wifi\u200Blan", [])], new TextVectorizerOptions { MinDocuments = 1, Subwords = SubwordUse.None, MaxNgram = 1 }).Terms());

    [Theory]
    [InlineData("2020 \u7814\u7A76 \u65B9\u6CD5", true)]
    [InlineData("\u0E01\u0E32\u0E23 abc \u0E44\u0E17\u0E22", true)]
    [InlineData("DNA of \u7814\u7A76 in wine", false)]
    [InlineData("\uD55C\uAE00 \uC5F0\uAD6C", false)]
    public void WordsOfScriptsWithoutBlanks_AreClauses(string words, bool expected) => Assert.Equal(expected, Scripts.AreMostlyClauses(words.Split(' ')));

    [Fact]
    public void Symbols_AreWords_WhereTheSettingSaysSo()
    {
        const string text = "ok😀😀 👍🏽 👩‍💻 🇫🇷🇩🇪 ❤️ a";
        var options = new TextVectorizerOptions { MinDocuments = 1, Subwords = SubwordUse.None, MaxNgram = 1, Symbols = true };
        Assert.Equal(new[] { "ok", "❤️", "🇩🇪", "🇫🇷", "👍🏽", "👩‍💻", "😀" }, TextVectorizer.Fit([new TextDocument("", "", text, [])], options).Terms());
        Assert.Equal(["ok"], TextVectorizer.Fit([new TextDocument("", "", text, [])], options with { Symbols = false }).Terms());
    }
}
