using System.IO.Compression;
using LightDxml.Reports.Labels;

namespace LightDxml.Reports.Tests;

public sealed class NamedLabelsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lightdxml-labels-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PlainNames_AreOfTheRowsInOrder()
    {
        var catalog = NamedLabels.Read(Write("names.txt", "first", "second"), idsPath: null, labelCount: 2);
        Assert.Equal([(null, "first", null), (null, "second", null)], Enumerable.Range(0, 2).Select(label => (catalog[label].Id, catalog[label].Name, catalog[label].Depth)));
    }

    [Fact]
    public void Ids_LookUpNamesAndDepths_InTheirOrder()
    {
        var labels = Write("labels.jsonl", """{"id":"r","name":"root","parents":[]}""", """{"id":"c","name":"child","parents":["r"]}""", """{"id":"g","name":"grandchild","parents":["c"]}""");
        var catalog = NamedLabels.Read(labels, Write("ids.txt", "g", "unknown", "r"), labelCount: 3);
        Assert.Equal([("g", "grandchild", 2), (null, "unknown", null), ("r", "root", 0)], Enumerable.Range(0, 3).Select(label => (catalog[label].Id, catalog[label].Name, catalog[label].Depth)));
        Assert.Equal(["child"], catalog[0].Parents);
        Assert.Empty(catalog[2].Parents);
    }

    [Fact]
    public void ParentThatTheFileDoesNotDescribe_IsARoot()
    {
        var labels = Write("labels.jsonl", """{"id":"c","name":"child","parents":["r"]}""");
        var catalog = NamedLabels.Read(labels, Write("ids.txt", "c", "r", "unknown"), labelCount: 3);
        Assert.Equal([1, 0, null], Enumerable.Range(0, 3).Select(label => catalog[label].Depth));
    }

    [Fact]
    public void TwoParents_TheNearerRootCounts_AndCyclesHaveNoDepthBut0()
    {
        var labels = Write("labels.jsonl",
            """{"id":"a","name":"a","parents":[]}""", """{"id":"b","name":"b","parents":["a"]}""", """{"id":"c","name":"c","parents":["b","a"]}""",
            """{"id":"x","name":"x","parents":["y"]}""", """{"id":"y","name":"y","parents":["x"]}""");
        var catalog = NamedLabels.Read(labels, idsPath: null, labelCount: 5);
        Assert.Equal([0, 1, 1, 0, 0], Enumerable.Range(0, 5).Select(label => catalog[label].Depth));
    }

    [Fact]
    public void Gzip_IsRead_AndWithoutParentsThereAreNoDepths()
    {
        var path = Path.Combine(_folder, "labels.jsonl.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            writer.Write("""{"id":"a","name":"Ä"}""" + "\n");
        var catalog = NamedLabels.Read(path, idsPath: null, labelCount: 1);
        Assert.Equal("Ä", catalog[0].Name);
        Assert.False(catalog.HasDepths);
    }

    [Fact]
    public void WrongNumberOfNames_SaysBothNumbers()
    {
        var path = Write("labels.jsonl", """{"id":"a","name":"a"}""");
        var fault = Assert.Throws<LightDxmlException>(() => NamedLabels.Read(path, idsPath: null, labelCount: 2));
        Assert.Equal($"{path}: 1 names for 2 labels; say which label stands in which column with a file of ids.", fault.Message);
    }

    [Fact]
    public void BadLine_IsNamed()
    {
        var path = Write("labels.jsonl", """{"id":"a","name":"a"}""", "[]");
        var fault = Assert.Throws<Data.DataFormatException>(() => NamedLabels.Read(path, idsPath: null, labelCount: 2));
        Assert.StartsWith($"{path}(2): ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_AreReadAndCut()
    {
        var texts = DocumentText.ReadFile(Write("texts.jsonl", """{"id":7,"title":null,"text":"abc😀def"}""", "{}"), length: 4);
        Assert.Equal([new DocumentText("7", null, "abc…"), new DocumentText(null, null, "")], texts);
        Assert.Equal([new DocumentText(null, null, "plain line")], DocumentText.ReadFile(Write("texts.txt", "plain line"), length: 40));
    }

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    [Theory]
    [InlineData("labels.txt.gz")]
    [InlineData("texts.txt.gz")]
    public void TruncatedGzip_IsAStatedErrorWithItsFile(string name)
    {
        var path = Path.Combine(_folder, name);
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
            writer.Write("one\ntwo\n");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);

        var fault = Assert.Throws<Data.DataFormatException>(() =>
        {
            if (name.StartsWith("texts", StringComparison.Ordinal))
                DocumentText.ReadFile(path, 100);
            else
                NamedLabels.Read(path, idsPath: null, labelCount: 2);
        });

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", fault.Message, StringComparison.Ordinal);
    }
}
