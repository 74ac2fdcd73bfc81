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

    [Theory]
    [InlineData("docs.csv")]
    [InlineData("docs.tsv")]
    public void WriteThenRead_LabelsKeepTheirBoundaries(string name)
    {
        // Names with commas and their parts: no separator could be guessed.
        TextDocument[] documents = [new("", "", "a", ["mango", "banana"]), new("", "", "b", ["Smith, John"]), new("", "", "c", ["mango"]), new("", "", "", []), new("", "", "d", ["banana", "Smith, John", "x;y"]), new("", "", "e", ["猫、犬"]), new("", "", "f", ["猫", "犬"])];
        TextFile.Write(documents, _folder[name]);
        Assert.Equal(documents.Select(document => document.Labels), TextFile.Read(_folder[name]).Select(document => document.Labels));
    }

    [Theory]
    [InlineData("docs.fasttext", "", "", "Document 2 has neither text nor labels")]
    [InlineData("docs.tab", " \n", "", "Document 2 has neither text nor labels")]
    [InlineData("docs.fasttext", "see __label__x there", "a", "'__label__x' in a text would be read as a label")]
    [InlineData("docs.fasttext", "__label__x", "", "'__label__x' in a text")]
    [InlineData("docs.tab", "text", "[e]", "Labels '[e]' would be read as a list")]
    [InlineData("docs.tab", "text", "<a>|<b>", "Labels '<a> <b>' would be read as a list")]
    [InlineData("docs.tab", "text", "[a|b]", "Labels '[a b]' would be read as a list")]
    public void WhatAFormatOfOneLineCannotHold_IsAStatedError_AndNoFileIsLeft(string name, string text, string labels, string fault)
    {
        TextDocument[] documents = [new("1", "", "first", ["a"]), new("2", "", text, labels.Split('|', StringSplitOptions.RemoveEmptyEntries)), new("3", "", "last", ["b"])];
        Assert.Contains(fault, Assert.Throws<LightDxmlException>(() => TextFile.Write(documents, _folder[name])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("docs.fasttext")]
    [InlineData("docs.tab")]
    public void FormatsOfOneLine_KeepDocumentsOfTextOrLabelsAlone(string name)
    {
        TextFile.Write([new("", "", "text", []), new("", "", "", ["[a", "<b>"]), new("", "", "x__label__y", ["c"])], _folder[name]);
        var read = TextFile.Read(_folder[name]).ToList();
        Assert.Equal(["text", "", "x__label__y"], read.Select(document => document.Text));
        Assert.Equal(["", "[a <b>", "c"], read.Select(document => string.Join(' ', document.Labels)));
    }
}
