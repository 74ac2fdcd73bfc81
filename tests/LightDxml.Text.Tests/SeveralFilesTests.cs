using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

/// <summary>Several files of text are read as one.</summary>
public sealed class SeveralFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SeveralFilesTests()
    {
        _folder.Write("part-1.csv", "text,labels\none,a|b\ntwo,b|a\n");
        _folder.Write("part-2.csv", "labels;text\nb;three\n");
        _folder.Write("part-3.csv", "text,labels\n\"four, five\",a|c\n");
        _folder.Write("one.jsonl", "{\"text\":\"one\"}\n");
        _folder.Write("two.jsonl", "{\"text\":\"two\"}\n{\"text\":1,\"labels\":{}}\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("part-1.csv|part-2.csv|part-3.csv", "one=a|b,two=b|a,three=b,four, five=a|c")]
    [InlineData("part-?.csv", "one=a|b,two=b|a,three=b,four, five=a|c")]
    [InlineData("part-3.csv|part-[1].csv|part-1*", "four, five=a|c,one=a|b,two=b|a")]
    [InlineData("part-2.csv", "three=b")]
    public void Documents_AreInTheOrderOfTheFiles_EachInItsDialect(string names, string documents)
    {
        _folder.Write("part-[1].csv", "text,labels\n");
        Assert.Equal(documents, string.Join(',', TextFile.Read(Paths(names)).Select(document => $"{document.Text}={string.Join('|', document.Labels)}")));
    }

    [Theory]
    [InlineData("one.jsonl|two.jsonl", "two.jsonl(2): ")]
    [InlineData("one.jsonl|none.jsonl", "none.jsonl")]
    [InlineData("none-*.jsonl", "none-*.jsonl: no file fits")]
    [InlineData("one.jsonl|one.jsonl", "one.jsonl: the file is named twice")]
    [InlineData("one.jsonl|part-1.csv", "part-1.csv are of different formats")]
    public void Faults_NameTheFile(string names, string fault) =>
        Assert.Contains(fault, Assert.ThrowsAny<LightDxmlException>(() => TextFile.Read(Paths(names)).ToList()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Fit_DoesNotDependOnHowTheDocumentsAreCut(int files)
    {
        var lines = Enumerable.Range(0, 200).Select(i => $"{{\"text\":\"word{i % 7} word{i % 11}\",\"labels\":[\"l{i % 3}\"]}}").ToArray();
        var whole = Fit(_folder.Write("whole.jsonl", string.Join('\n', lines)));
        for (var file = 0; file < files; file++)
            _folder.Write($"cut{file}.jsonl", string.Join('\n', lines.Skip(200 * file / files).Take((200 * (file + 1) / files) - (200 * file / files))));
        var cut = Fit(_folder["cut*.jsonl"]);
        Assert.Equal(whole.Labels.Ids, cut.Labels.Ids);
        Assert.Equal(Columns(whole.Dataset.Features), Columns(cut.Dataset.Features));
        Assert.Equal(Columns(whole.Dataset.Labels), Columns(cut.Dataset.Labels));
    }

    [Fact]
    public void Check_NamesTheFileAndLine()
    {
        _folder.Write("a.jsonl", "{\"text\":\"one two\",\"labels\":[\"x\"]}\n");
        _folder.Write("b.jsonl", "\n{\"text\":\"one two\",\"labels\":[\"x\"]}\n");
        var duplicates = CorpusCheck.Run(Paths("a.jsonl|b.jsonl"), null, new TextReadOptions()).Splits[0].Duplicates;
        Assert.Equal($"{_folder["b.jsonl"]}(2) has the text of {_folder["a.jsonl"]}(1)", Assert.Single(duplicates.Examples));
    }

    private static int[][] Columns(SparseMatrix rows) => [.. Enumerable.Range(0, rows.RowCount).Select(row => rows.RowColumns(row).ToArray())];

    private static FittedText Fit(string path) => TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 });

    private string Paths(string names) => string.Join('|', names.Split('|').Select(name => _folder[name]));
}
