using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class TextFileWriteTests : IDisposable
{
    private static readonly TextDocument[] Documents =
    [
        new("1", "Title, \"one\"", "text\nof é", ["a", "b c"]),
        new("2", "", "two\twords", []),
        new("3", "x", "", ["it's, d", "[e]"]),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs.jsonl")]
    [InlineData("docs.json.br")]
    [InlineData("docs.csv.gz")]
    [InlineData("docs.tsv")]
    public void WriteThenRead_GivesTheSameDocuments(string name)
    {
        TextFile.Write(Documents, _folder[name]);
        var read = TextFile.Read(_folder[name]).ToList();
        Assert.Equal(Documents.Select(document => (document.Id, document.Title, document.Text)), read.Select(document => (document.Id, document.Title, document.Text)));
        Assert.Equal(Documents.Select(document => document.Labels), read.Select(document => document.Labels));
    }

    [Theory]
    [InlineData("docs.fasttext")]
    [InlineData("docs.tab")]
    public void FormatsOfOneLine_KeepTextAndLabels(string name)
    {
        TextFile.Write([new("1", "Title", "text\nmore", ["a", "b"])], _folder[name]);
        var read = Assert.Single(TextFile.Read(_folder[name]));
        Assert.Equal("Title text more", read.Text);
        Assert.Equal(["a", "b"], read.Labels);
    }

    [Theory]
    [InlineData("docs.fasttext")]
    [InlineData("docs.tab")]
    public void LabelWithABlank_InAFormatThatCannotHoldIt_IsAStatedError_AndNoFileIsLeft(string name)
    {
        Assert.Contains("'b c'", Assert.Throws<LightDxmlException>(() => TextFile.Write(Documents, _folder[name])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
