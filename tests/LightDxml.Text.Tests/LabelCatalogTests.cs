using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class LabelCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Above_KeepsLabelsAndWhatIsAboveThem_AndSurvivesTheFile()
    {
        var catalog = new LabelCatalog(
        [
            new LabelEntry("1", "Süßes \"a\"", ["sweets"], ["2", "3"]), new LabelEntry("2", "food", [], ["4"]), new LabelEntry("3", "", [], []),
            new LabelEntry("4", "all", [], []), new LabelEntry("5", "other", [], ["4"]),
        ]);
        var above = catalog.Above(["1", "missing"])!;
        using var stream = new MemoryStream();
        above.Write(stream);
        stream.Position = 0;
        var read = LabelCatalog.Read(stream, "the file");

        Assert.Equal(["1", "2", "3", "4"], above.Entries.Select(entry => entry.Id));
        Assert.Equal(above.Entries.Select(entry => (entry.Id, entry.Name, string.Join(' ', entry.Parents))), read.Entries.Select(entry => (entry.Id, entry.Name, string.Join(' ', entry.Parents))));
        Assert.Equal(catalog.Ancestors("1"), read.Ancestors("1"));
        Assert.Equal(["all", "food"], read.Path("1"));
        Assert.Null(catalog.Above(["3", "4"]));
    }

    [Theory]
    [InlineData("", "2")]
    [InlineData("3", "")]
    public void With_AFileWithoutParents_KeepsThoseOfTheOther(string parentOfAnother, string parents)
    {
        var hierarchy = new LabelCatalog([new LabelEntry("1", "apple", [], ["2"]), new LabelEntry("2", "fruit", [], [])]);
        var joined = new LabelCatalog([new LabelEntry("1", "pomme", [], []), new LabelEntry("4", "", [], [.. parentOfAnother.Split(' ', StringSplitOptions.RemoveEmptyEntries)])]).With(hierarchy);
        Assert.Equal(("pomme", parents), (joined.NameOf("1"), string.Join(' ', joined.Ancestors("1"))));
        Assert.Equal("fruit", joined.NameOf("2"));
    }

    [Fact]
    public void Edited_RemovedAndMergedLabels_AreAboveNothing()
    {
        // apple, below pome, below fruit, below food; pome is removed, and food is merged into goods. A ring of removed labels ends somewhere.
        var catalog = new LabelCatalog(
        [
            new LabelEntry("apple", "", [], ["pome"]), new LabelEntry("pome", "", [], ["fruit", "round"]), new LabelEntry("fruit", "", [], ["food"]), new LabelEntry("food", "", [], []),
            new LabelEntry("goods", "", [], ["food"]), new LabelEntry("round", "", [], ["pome", "shape"]), new LabelEntry("shape", "", [], []),
        ]);
        var edited = catalog.Edited(new Dictionary<string, string?> { ["pome"] = null, ["round"] = null, ["food"] = "goods" });
        Assert.Equal(["apple", "fruit", "goods", "shape"], edited.Entries.Select(entry => entry.Id));
        Assert.Equal(["fruit", "shape", "goods"], edited.Ancestors("apple"));
        Assert.Empty(edited.Ancestors("goods"));
    }

    [Theory]
    [InlineData("a", null, "law")]
    [InlineData("a", "de", "Recht")]
    [InlineData("a", "de-at", "Jus")]
    [InlineData("a", "de-ch", "Recht")]
    [InlineData("a", "pt", "law")]
    [InlineData("b", "de-at", "Schule")]
    [InlineData("b", null, "Schule")]
    [InlineData("c", "de", "only this")]
    [InlineData("d", "de", "d")]
    public void NameOf_TakesTheLanguage_AWiderOne_OrTheFirst(string id, string? language, string name)
    {
        var catalog = LabelCatalog.Read(_folder.Write("labels.jsonl", """
            {"id": "a", "name": "law", "names": {"DE": "Recht", "de-AT": "Jus", "en": "law"}}
            {"id": "b", "names": {"de": "Schule", "pt-BR": ""}}
            {"id": "c", "name": "only this", "names": null}
            """));
        Assert.Equal(name, catalog.NameOf(id, language));
        Assert.Equal(["de", "en", "de-at", "pt-br"], catalog.Languages);
    }

    [Theory]
    [InlineData("[\"de\"]")]
    [InlineData("{\"de\": 1}")]
    [InlineData("\"de\"")]
    public void Names_OfAnotherType_AreAStatedError(string names)
    {
        var fault = Assert.Throws<Data.DataFormatException>(() => LabelCatalog.Read(_folder.Write("labels.jsonl", $$"""{"id": "a", "names": {{names}}}""")));
        Assert.Contains("an object of strings for names", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": "a", "parents": [null]}""")]
    [InlineData("""{"id": "a", "alt": [null]}""")]
    [InlineData("""{"id": null}""")]
    public void Null_WhereTextIsNeeded_IsAStatedError(string line) =>
        Assert.Equal(2, Assert.Throws<Data.DataFormatException>(() => LabelCatalog.Read(_folder.Write("labels.jsonl", "{\"id\": \"x\"}\n" + line))).Line);

    [Fact]
    public void Read_NamesAlternativesAndParents()
    {
        var catalog = LabelCatalog.Read(_folder.Write("labels.jsonl.gz", """
            {"id": "1", "name": "law", "alt": ["legislation"], "parents": []}
            {"id": "2", "name": "school law", "parents": ["1"]}
            {"id": 3, "name": ""}
            """));
        Assert.Equal(3, catalog.Count);
        Assert.Equal(["legislation"], catalog.Find("1")!.AlternativeNames);
        Assert.Equal(["1"], catalog.Ancestors("2"));
        Assert.Equal(("law", "3", "unknown"), (catalog.NameOf("1"), catalog.NameOf("3"), catalog.NameOf("unknown")));
    }

    [Fact]
    public void AncestorsAndDepth_OfAGraph_NearestFirst_ShortestWay()
    {
        // top ← a ← b ← d, and top ← c ← d.
        var catalog = Graph(("top", []), ("a", ["top"]), ("b", ["a"]), ("c", ["top"]), ("d", ["b", "c"]));
        Assert.Equal(["b", "c", "a", "top"], catalog.Ancestors("d"));
        Assert.Equal([0, 1, 2, 1, 2], new[] { "top", "a", "b", "c", "d" }.Select(catalog.Depth));
        Assert.Equal(0, catalog.Depth("unknown"));
    }

    [Fact]
    public void AncestorsAndDepth_OfARing_End()
    {
        var catalog = Graph(("a", ["b"]), ("b", ["a"]));
        Assert.Equal(["b"], catalog.Ancestors("a"));
        Assert.Equal(0, catalog.Depth("a"));
    }

    [Theory]
    [InlineData("{\"id\": \"1\"}\n{\"name\": \"x\"}", 2, "with an id")]
    [InlineData("{\"id\": \"1\"", 1, "not JSON")]
    [InlineData("{\"id\": \"1\"}\n\n{\"id\": 1, \"name\": \"x\"}", 3, "after line 1")]
    [InlineData("<u:a>\tone\n<u:b>\ttwo\nu:a\tthree", 3, "label 'u:a' for a second time, after line 1")]
    [InlineData("{\"id\": \"a\"}\n{\"id\": \" a \"}", 2, "after line 1")]
    [InlineData("{\"id\": \"1\", \"parents\": {\"id\": \"2\"}}", 1, "arrays of strings")]
    public void Read_BadLine_NamesFileAndLine(string content, long line, string fault)
    {
        var exception = Assert.Throws<DataFormatException>(() => LabelCatalog.Read(_folder.Write("labels.jsonl", content)));
        Assert.Equal(line, exception.Line);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static LabelCatalog Graph(params (string Id, string[] Parents)[] labels) =>
        new(labels.Select(label => new LabelEntry(label.Id, label.Id, [], label.Parents)));
}
