using System.Text;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class JsonArrayReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MeshArticles_AreRead()
    {
        var path = _folder.Write("mesh.json", """
            {"articles": [
              {"journal": "J", "abstractText": "text\n\"one\"", "meshMajor": ["Humans", "Heart, Fetal"], "pmid": "11", "title": "T1", "year": "2001"},
              {"abstractText": "two", "meshMajor": [], "pmid": 12, "title": "T2", "extra": {"title": ["no"]}}
            ], "version": 3}
            """);
        var documents = Read(path);
        Assert.Equal(["11", "12"], documents.Select(document => document.Id));
        Assert.Equal(["T1", "T2"], documents.Select(document => document.Title));
        Assert.Equal("text\n\"one\"", documents[0].Text);
        Assert.Equal(["Humans", "Heart, Fetal"], documents[0].Labels);
    }

    [Fact]
    public void ArrayAtTheTop_IsReadToo() =>
        Assert.Equal(["a", "b"], Read(_folder.Write("docs.json", """[{"text": "a"}, {"text": "b"}]""")).Select(document => document.Text));

    [Theory]
    [InlineData("docs.json")]
    [InlineData("docs.json.gz")]
    public void LargerThanAnyBuffer_ArticlesAcrossRefills_AreWhole(string name)
    {
        var expected = Enumerable.Range(0, 300).Select(i => new string((char)('a' + i % 26), 1 + i * 97 % 40_000) + "é\n").ToList();
        expected.Add(new string('z', 1_000_000));
        var text = new StringBuilder("{\"articles\": [\n");
        for (var i = 0; i < expected.Count; i++)
            text.Append(i > 0 ? ",\n" : "").Append("{\"abstractText\": ").Append(System.Text.Json.JsonSerializer.Serialize(expected[i])).Append(", \"meshMajor\": [\"m").Append(i).Append("\"]}");
        text.Append("]}");
        var documents = Read(_folder.Write(name, text.ToString()));
        Assert.Equal(expected, documents.Select(document => document.Text));
        Assert.Equal(Enumerable.Range(0, expected.Count).Select(i => $"m{i}"), documents.Select(document => Assert.Single(document.Labels)));
    }

    [Theory]
    [InlineData("{\"articles\": [\n{\"text\": \"a\"},\n{\"text\": \"b\", }]}", 3, "not JSON")]
    [InlineData("{\"articles\": [\n{\"text\": \"a\"},\n{\"title\": {}}]}", 3, "found an object as title")]
    [InlineData("{\"articles\": [\n{\"text\": \"a\"}\n", 3, "not JSON")]
    [InlineData("[1, 2]", 1, "not objects")]
    [InlineData("[{\"text\": \"a\"}]\n[{\"text\": \"b\"}]", 2, "not JSON")]
    [InlineData("{\"articles\": [{\"text\": \"a\"}],\n", 2, "not JSON")]
    public void Fault_NamesFileAndLine(string content, long line, string fault)
    {
        var path = _folder.Write("docs.json", content);
        var exception = Assert.Throws<DataFormatException>(() => Read(path));
        Assert.StartsWith($"{path}({line}): ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"errors\": [], \"articles\": [{\"text\": \"a\", \"labels\": [\"x\"]}]}", 1)]
    [InlineData("{\"errors\": [],\n\"tags\": [\"t\"], \"more\": [],\n\"articles\": [{\"text\": \"a\", \"labels\": [\"x\"]}], \"last\": []}", 1)]
    [InlineData("{\"documents\": []}", 0)]
    [InlineData("{\"count\": 0, \"documents\": [], \"tags\": [\"t\"]}", 0)]
    [InlineData("[]", 0)]
    public void EmptyArray_IsThatOfTheDocumentsOnlyWhereThereIsNoOther(string content, int documents) =>
        Assert.Equal(Enumerable.Repeat("a x", documents), Read(_folder.Write("docs.json", content)).Select(document => $"{document.Text} {string.Join('|', document.Labels)}"));

    [Fact]
    public void EmptyArray_BeforeACutEnd_IsAFault() =>
        Assert.Contains("not JSON", Assert.Throws<DataFormatException>(() => Read(_folder.Write("docs.json", "{\"documents\": [],\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public void NoArray_IsAFault() =>
        Assert.Contains("found no array", Assert.Throws<DataFormatException>(() => Read(_folder.Write("docs.json", "{\"a\": 1}"))).Message, StringComparison.Ordinal);

    [Fact]
    public void SkipBadRows_KeepsTheRest()
    {
        SkippedRows? skipped = null;
        var path = _folder.Write("docs.json", """[{"text": "a"}, {"text": [1, {"x": 2}]}, {"text": "b"}]""");
        Assert.Equal(["a", "b"], TextFile.Read(path, new TextReadOptions { SkipBadRows = true }, rows => skipped = rows).Select(document => document.Text));
        Assert.Equal(1, skipped!.Count);
    }

    private static List<TextDocument> Read(string path) => [.. TextFile.Read(path)];

    [Fact]
    public void Fault_AfterManyDocumentsOfManyBuffers_NamesItsLine()
    {
        var text = new StringBuilder("[\n");
        for (var i = 0; i < 40_000; i++)
            text.Append("{\"text\": \"a\",\n\"n\": 1},\n");
        var path = _folder.Write("docs.json", text.Append("{\"title\": {}}]").ToString());

        Assert.Equal(80_002, Assert.Throws<DataFormatException>(() => Read(path)).Line);
    }
}
