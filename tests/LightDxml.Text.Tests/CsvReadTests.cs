using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class CsvReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ArxivColumns_PythonListsAndQuotedLineBreaks_AreRead()
    {
        var path = _folder.Write("arxiv.csv", "titles,summaries,terms\r\n\"A, B\",\"line one\r\nline \"\"two\"\"\",\"['cs.CV', 'cs.LG']\"\r\nC,d,[]\r\n");
        var documents = Read(path);
        Assert.Equal(["A, B", "C"], documents.Select(document => document.Title));
        Assert.Equal("line one\r\nline \"two\"", documents[0].Text);
        Assert.Equal(["cs.CV", "cs.LG"], documents[0].Labels);
    }

    [Theory]
    [InlineData("\"['it\\'s', \"\"a, b\"\"]\"", new[] { "it's", "a, b" })]
    [InlineData("\"['a' , 'b']\"", new[] { "a", "b" })]
    [InlineData("[]", new string[0])]
    [InlineData("\"[3, 4]\"", new[] { "3", "4" })]
    [InlineData("\"a, b ,,c\"", new[] { "a", "b", "c" })]
    [InlineData("", new string[0])]
    public void LabelLists(string cell, string[] labels) =>
        Assert.Equal(labels, Assert.Single(Read(_folder.Write("docs.csv", $"text,labels\nx,{cell}\n"))).Labels);

    [Fact]
    public void Tsv_ColumnsAndSeparatorByOption()
    {
        var path = _folder.Write("quoted.tsv", "nr\tinhalt\tschlagwort\n1\t\"Ein \"\"Wort\"\" mehr\"\ta|b\n");
        var document = Assert.Single(Read(path, new TextReadOptions { TextField = "inhalt", LabelsField = "schlagwort", LabelSeparator = "|" }));
        Assert.Equal("Ein \"Wort\" mehr", document.Text);
        Assert.Equal(["a", "b"], document.Labels);
    }

    [Fact]
    public void WithoutHeader_FieldsAreColumnNumbers()
    {
        var path = _folder.Write("docs.csv", "first,x\nsecond,y\n");
        var options = new TextReadOptions { HasHeader = false, TextField = "1", LabelsField = "2" };
        Assert.Equal(["first", "second"], Read(path, options).Select(document => document.Text));
        Assert.Throws<LightDxmlException>(() => Read(path, options with { TextField = "text" }));
        Assert.Throws<LightDxmlException>(() => Read(path, options with { TextField = null }));
    }

    [Theory]
    [InlineData("text,labels\na,b\nc\n", 3, "found 1 columns, expected 2")]
    [InlineData("text,labels\n\"a\nb\",x\n\"c\" d,y\n", 4, "closing quote")]
    [InlineData("text,labels\na,['x]\n", 2, "a quote is not closed")]
    [InlineData("name,labels\na,b\n", 1, "found no text")]
    [InlineData("f1,f2,f3,labels\n1,2,3,b\n", 1, "ARFF, svmlight or NumPy")]
    public void BadRow_NamesFileLineAndFault(string content, long line, string fault)
    {
        var path = _folder.Write("docs.csv", content);
        var exception = Assert.Throws<DataFormatException>(() => Read(path));
        Assert.StartsWith($"{path}({line}): ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnThatOptionsName_ButIsMissing_IsAFaultThatListsTheColumns()
    {
        var path = _folder.Write("docs.csv", "text,labels\na,b\n");
        Assert.Contains("text, labels", Assert.Throws<DataFormatException>(() => Read(path, new TextReadOptions { LabelsField = "tags" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SkipBadRows_KeepsTheRest()
    {
        var path = _folder.Write("docs.csv", "text,labels\na,b\nc\n\"d, d\",e\n\"x\" y,z\nf,g\n");
        SkippedRows? skipped = null;
        var documents = TextFile.Read(path, new TextReadOptions { SkipBadRows = true }, rows => skipped = rows).ToList();
        Assert.Equal(["a", "d, d", "f"], documents.Select(document => document.Text));
        Assert.Equal(2, skipped!.Count);
    }

    private static List<TextDocument> Read(string path, TextReadOptions? options = null) => [.. TextFile.Read(path, options)];
}
