using System.Text;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

/// <summary>Folders of documents, with their labels beside them.</summary>
public sealed class FolderReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("key", "apples\r\n pears \n\n")]
    [InlineData("tsv", "<apples>\tÄpfel\n<pears>\tBirnen\textra\n")]
    [InlineData("tsv", "apples\npears")]
    public void Labels_StandBesideTheirDocument(string extension, string labels)
    {
        Write("b.txt", "of fruit\nand more");
        Write($"b.{extension}", labels);
        Write("a/deep.txt", "alone");
        Write(".hidden.txt", "no");
        var documents = Read();
        Assert.Equal([Path.Combine("a", "deep.txt"), "b.txt"], documents.Select(document => document.Id));
        Assert.Equal(["alone", "of fruit\nand more"], documents.Select(document => document.Text));
        Assert.Empty(documents[0].Labels);
        Assert.Equal(["apples", "pears"], documents[1].Labels);
    }

    [Fact]
    public void FilesThatHaveNoDocumentBesideThem_AreDocuments()
    {
        Write("a.tsv", "x\ty");
        Write("b.md", "text");
        Write("b.key", "label");
        Assert.Equal(["a.tsv", "b.md"], Read().Select(document => document.Id));
    }

    [Fact]
    public void FileThatIsNotUtf8_IsNamed_OrSkipped_OrReadByItsEncoding()
    {
        Write("a.txt", "plain");
        Write("b.txt", "");
        File.WriteAllBytes(_folder["docs/b.txt"], [(byte)'F', 0xFC, (byte)'r']);
        Assert.Contains("b.txt: found text that is not UTF-8", Assert.Throws<LightDxmlException>(() => Read()).Message, StringComparison.Ordinal);
        SkippedRows? skipped = null;
        Assert.Equal(["plain"], TextFile.Read(_folder["docs"], new TextReadOptions { SkipBadRows = true }, rows => skipped = rows).Select(document => document.Text));
        Assert.Equal(1, skipped!.Count);
        Assert.Equal("Für", Read(new TextReadOptions { Encoding = "windows-1252" })[1].Text);
    }

    [Theory]
    [InlineData("%PDF-1.4\n1 0 obj")]
    [InlineData("%PDF-1.4\n\u00e2\u00e3")]
    [InlineData("PK\u0003\u0004\0\0word/document.xml")]
    [InlineData("PK\u0003\u0004\0\0\u00e2")]
    public void FileThatIsNoText_IsRefused_WhateverTheEncoding(string bytes)
    {
        Write("a.txt", "plain");
        Write("b.bin", "");
        File.WriteAllBytes(_folder["docs/b.bin"], Encoding.Latin1.GetBytes(bytes));
        Assert.Contains("b.bin: it is no plain text", Assert.Throws<LightDxmlException>(() => Read()).Message, StringComparison.Ordinal);
        Assert.Contains("b.bin: it is no plain text", Assert.Throws<LightDxmlException>(() => Read(new TextReadOptions { Encoding = "windows-1252" })).Message, StringComparison.Ordinal);
        Assert.Equal(["plain"], Read(new TextReadOptions { SkipBadRows = true }).Select(document => document.Text));
    }

    [Fact]
    public void FilesOfTheSystem_AreNoDocuments()
    {
        Write("a.txt", "plain");
        foreach (var name in new[] { "Thumbs.db", "Desktop.ini", "deep/thumbs.db" })
            Write(name, "\0");
        Assert.Equal(["a.txt"], Read().Select(document => document.Id));
    }

    [Theory]
    [InlineData("docs", TextFormat.Csv, "it is a folder")]
    [InlineData("docs/a.txt", TextFormat.Folder, "it is not a folder")]
    [InlineData("empty", TextFormat.Auto, "has no files")]
    public void WhatIsNoFolderOfDocuments_IsAnError(string name, TextFormat format, string fault)
    {
        Write("a.txt", "text");
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains(fault, Assert.Throws<LightDxmlException>(() => TextFile.Read(_folder[name], new TextReadOptions { Format = format }).ToArray()).Message, StringComparison.Ordinal);
    }

    private TextDocument[] Read(TextReadOptions? options = null) => [.. TextFile.Read(_folder["docs"], options)];

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder["docs"], name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }
}
