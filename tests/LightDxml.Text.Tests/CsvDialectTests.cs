using System.Text;
using LightDxml.Data;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

/// <summary>Delimited text as spreadsheets and programs write it: what is not said is found out.</summary>
public sealed class CsvDialectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv", ",")]
    [InlineData("a.csv", ";")]
    [InlineData("a.csv", "\t")]
    [InlineData("a.csv", "|")]
    [InlineData("a.tsv", ",")]
    [InlineData("a.txt", ";")]
    public void Delimiter_IsFoundOut(string name, string delimiter)
    {
        var path = _folder.Write(name, "id,text,labels\n7,red apples,fruit\n8,\"green, sour; and | or\tso\",\"fruit\"\n".Replace(",", delimiter, StringComparison.Ordinal).Replace($"green{delimiter}", "green,", StringComparison.Ordinal));
        var documents = Read(path);
        Assert.Equal(["7", "8"], documents.Select(document => document.Id));
        Assert.Equal("green, sour; and | or\tso", documents[1].Text);
        Assert.All(documents, document => Assert.Equal(["fruit"], document.Labels));
    }

    [Fact]
    public void Options_WinOverWhatTheRowsTell()
    {
        var path = _folder.Write("a.csv", "text;labels,x\nred;'a;b',c\n");
        Assert.Equal("'a;b'", Assert.Single(Read(path, new TextReadOptions { Delimiter = ',', TextField = "text;labels", LabelsField = "x" })).Text[4..]);
        Assert.Equal(["a;b',c"], Assert.Single(Read(_folder.Write("b.csv", "text;labels\nred;'a;b'',c'\n"), new TextReadOptions { Delimiter = ';', Quote = "'", LabelSeparator = "" })).Labels);
    }

    [Fact]
    public void DelimiterThatTheFirstLineNames_IsTaken()
    {
        var document = Assert.Single(Read(_folder.Write("excel.csv", "sep=;\r\ntext;labels\r\nred, green;fruit\r\n")));
        Assert.Equal(("red, green", "fruit"), (document.Text, document.Labels[0]));
    }

    [Theory]
    [InlineData("3\" pipe,4\"")]
    [InlineData("\"Hello\" she said")]
    [InlineData("\"opened and not closed")]
    [InlineData("it ends with one\"")]
    public void QuotesInUnquotedText_AreText(string text)
    {
        text = text.Replace(',', ' ');
        var path = _folder.Write("a.tsv", $"id\ttext\tlabels\n1\t{text}\ta\n2\tplain\tb\n3\t\"opened\tc\n4\tclosed\"\td\n");
        Assert.Equal([text, "plain", "\"opened", "closed\""], Read(path).Select(document => document.Text));
    }

    [Fact]
    public void QuotesInUnquotedText_OfCommas_AreText()
    {
        var path = _folder.Write("a.csv", "id,text,labels\n1,\"never closed,a\n2,a 5\" pipe,b\n3,closed here\",c\n");
        Assert.Equal(["\"never closed", "a 5\" pipe", "closed here\""], Read(path).Select(document => document.Text));
    }

    [Fact]
    public void StrayQuoteInAQuotedFile_CostsItsRow_AndNoOther()
    {
        var path = _folder.Write("a.csv", "id,text,labels\n1,\"a, b\",x\n2,\"c, d\",x\n3,\"open, e,y\n4,\"f, g\",z\n5,plain,z\n");
        var fault = Assert.Throws<DataFormatException>(() => Read(path));
        Assert.Equal(4, fault.Line);
        Assert.Contains("--quote none", fault.Message, StringComparison.Ordinal);
        SkippedRows? skipped = null;
        var kept = TextFile.Read(path, new TextReadOptions { SkipBadRows = true }, rows => skipped = rows).Select(document => document.Id).ToList();
        Assert.Equal(["1", "2", "4", "5"], kept);
        Assert.Equal(1, skipped!.Count);
    }

    [Fact]
    public void QuotedValues_KeepLineEndsDelimitersAndDoubledQuotes_AcrossBlocks()
    {
        var text = string.Join('\n', Enumerable.Range(0, 60_000).Select(i => $"line {i}, with \"quotes\" and commas"));
        var path = _folder.Write("large.csv", $"id,text,labels\n1,\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"a,b\"\n2,next,c\n");
        var documents = Read(path);
        Assert.Equal(text, documents[0].Text);
        Assert.Equal(["a", "b"], documents[0].Labels);
        Assert.Equal("next", documents[1].Text);
    }

    [Fact]
    public void TextOfSeveralLinesWithCommas_IsNoRowEach()
    {
        var path = _folder.Write("a.csv", "id,text,labels\n1,\"one, two\nthree, four\",x\n2,\"five, six\nseven, eight\",y\n");
        Assert.Equal(["one, two\nthree, four", "five, six\nseven, eight"], Read(path).Select(document => document.Text));
    }

    [Fact]
    public void WithoutHeader_NumbersOfColumnsSaySo()
    {
        var path = _folder.Write("a.tsv", "first one\tx\nsecond\ty\n");
        Assert.Equal(["first one", "second"], Read(path, new TextReadOptions { TextField = "1", LabelsField = "2" }).Select(document => document.Text));
        Assert.Equal(["first one", "second"], Read(path, new TextReadOptions { TextField = "1", LabelsField = "2", HasHeader = false }).Select(document => document.Text));
        Assert.Contains("--no-header", Assert.Throws<DataFormatException>(() => Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good,bad,odd", "1,0,1", new[] { "good", "odd" })]
    [InlineData("good..odd", "0.0,1.0,", new[] { "bad" })]
    [InlineData("good..bad,odd", "True,false,TRUE", new[] { "good", "odd" })]
    [InlineData("odd,good", "z,0,a|b", new[] { "a|b", "z" })]
    public void SeveralLabelColumns_AreLabelsOrHoldThem(string columns, string row, string[] labels)
    {
        var path = _folder.Write("a.csv", $"good,bad,odd,text\n{row},red\n");
        Assert.Equal(labels, Assert.Single(Read(path, new TextReadOptions { LabelsField = columns })).Labels);
    }

    [Fact]
    public void EmptyCellsBeyondTheHeader_AreIgnored()
    {
        Assert.Equal(["x"], Assert.Single(Read(_folder.Write("a.csv", "text,labels\nred,x,,\n"))).Labels);
        Assert.Throws<DataFormatException>(() => Read(_folder.Write("b.csv", "text,labels\nred,x,,y\n")));
    }

    [Fact]
    public void Windows1252_ByOption_Utf16ByItsMark_AndBytesThatAreNeither()
    {
        var latin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        const string text = "text;labels\nFüchse – schön;Tiere\nBäume;Pflanzen\n";
        var path = _folder.Write("latin.csv", latin.GetBytes(text));
        var fault = Assert.Throws<DataFormatException>(() => Read(path));
        Assert.Equal(2, fault.Line);
        Assert.Contains("--encoding", fault.Message, StringComparison.Ordinal);
        Assert.Equal("Füchse – schön", Read(path, new TextReadOptions { Encoding = "windows-1252" })[0].Text);
        foreach (var unicode in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.UTF8 })
        {
            var marked = _folder.Write("unicode.csv", [.. unicode.GetPreamble(), .. unicode.GetBytes(text)]);
            Assert.Equal("Füchse – schön", Read(marked)[0].Text);
            Assert.Equal("Füchse – schön", Read(marked, new TextReadOptions { Encoding = "windows-1252" })[0].Text);
        }

        Assert.Contains("utf-16", Assert.ThrowsAny<LightDxmlException>(() => Read(path, new TextReadOptions { Encoding = "nonsense" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "text;labels\r\"wild\rfoxes\";animals\rtrees;plants\r")]
    [InlineData("a.tab", "wild foxes\tanimals\rtrees\tplants")]
    public void LinesThatEndInCarriageReturnsAlone_AreLines(string name, string content)
    {
        var documents = Read(_folder.Write(name, content));
        Assert.Equal(["animals", "plants"], documents.Select(document => Assert.Single(document.Labels)));
        Assert.Equal(["wild foxes", "trees"], documents.Select(document => document.Text.ReplaceLineEndings(" ")));
    }

    [Fact]
    public void CarriageReturnsWithinLongLines_AreNoLineEnds()
    {
        var text = new string('a', 400) + "\r" + new string('b', 400);
        Assert.Equal(2, Read(_folder.Write("a.txt", $"{text}\n{text}\n"), new TextReadOptions { Format = TextFormat.PlainLines }).Count);
    }

    private static List<TextDocument> Read(string path, TextReadOptions? options = null) => [.. TextFile.Read(path, options)];
}
