using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class ArffReaderTests : IDisposable
{
    private const string Body = "@attribute width numeric\n@attribute colour {red, 'light blue'}\n@attribute beach {0,1}\n@attribute 'deep sea' {0,1}\n@data\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.5,'light blue',1,0\n?,red,0,1\n")]
    [InlineData("{0 0.5, 1 'light blue', 2 1}\n% a remark\n{3 1}\n")]
    [InlineData("{2 1,1 'light blue',0 0.5}\n0,red,?,1\n")]
    [InlineData("0.5,'light blue' ,1,0\n0, 'red'\t, 0,1\n")]
    public void Read_DenseAndSparseRows_AreTheSameSet(string rows)
    {
        var set = DatasetFile.Read(_folder.Write("scene.arff", $"% pictures\n@relation scene\n\n{Body}{rows}"));

        Assert.Equal(["beach", "deep sea"], set.LabelNames!);
        Assert.Equal(["width", "colour=red", "colour=light blue"], set.FeatureNames!);
        Assert.Equal([0, 2], set.Features.RowColumns(0).ToArray());
        Assert.Equal([0.5f, 1f], set.Features.RowValues(0).ToArray());
        Assert.Equal([1], set.Features.RowColumns(1).ToArray());
        Assert.Equal([0], set.Labels.RowColumns(0).ToArray());
        Assert.Equal([1], set.Labels.RowColumns(1).ToArray());
    }

    [Theory]
    [InlineData("'scene: -C 1'", "width")]
    [InlineData("'scene: -C -2'", "beach,deep sea")]
    [InlineData("'scene: -C -1'", "deep sea")]
    public void Read_RelationOfMeka_SaysWhichAttributesAreLabels(string relation, string labels) =>
        Assert.Equal(labels, string.Join(',', DatasetFile.Read(_folder.Write("scene.data", $"@relation {relation}\n{Body}1,red,1,1\n")).LabelNames!));

    [Fact]
    public void Read_LabelsFileOfMulan_SaysWhichAttributesAreLabels()
    {
        var labels = _folder.Write("scene.xml", "<labels xmlns=\"http://mulan.sourceforge.net/labels\"><label name=\"beach\"></label></labels>");

        var set = DatasetFile.ReadSplit(_folder.Write("scene.arff", $"@relation scene\n{Body}1,red,1,1\n"), labels);

        Assert.Equal(["beach"], set.LabelNames!);
        Assert.Equal(4, set.FeatureCount);
    }

    [Theory]
    [InlineData("'Swainson\\'s Thrush'", "Swainson's Thrush")]
    [InlineData("\"Swainson\\'s Thrush\"", "Swainson's Thrush")]
    [InlineData("\"back\\\\slash\"", "back\\slash")]
    [InlineData("'tab\tin it'\t", "tab\tin it")]
    public void Read_NamesInQuotes_WithEscapes(string written, string name) => Assert.Equal(
        [name, "other"], DatasetFile.Read(_folder.Write("birds.arff", $"@relation 'r: -C 2'\n@attribute {written} {{0,1}}\n@attribute other {{0, 1}}\n@attribute x numeric\n@data\n1,0,1\n")).LabelNames!);

    [Fact]
    public void Read_LabelsOfWords_AreNoAndYesInThisOrder()
    {
        var set = DatasetFile.Read(_folder.Write("words.arff", "@relation 'r: -C 2'\n@attribute a {no,yes}\n@attribute b {FALSE,TRUE}\n@attribute x numeric\n@data\nyes,FALSE,1\nno,TRUE,1\n"));

        Assert.Equal([0], set.Labels.RowColumns(0).ToArray());
        Assert.Equal([1], set.Labels.RowColumns(1).ToArray());
        Assert.Contains("expected {0,1}", Assert.Throws<LightDxmlException>(
            () => DatasetFile.Read(_folder.Write("other.arff", "@relation 'r: -C 1'\n@attribute a {yes,no}\n@attribute x numeric\n@data\nyes,1\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhereAllAttributesMayBeLabels_IsRefused() =>
        Assert.Contains("Name the labels", Assert.Throws<LightDxmlException>(
            () => DatasetFile.Read(_folder.Write("all.arff", "@relation r\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n1,0\n"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1,red,1\n", "found 3 values, expected 4")]
    [InlineData("1,green,1,0\n", "attribute colour has the value 'green', expected one of red, light blue")]
    [InlineData("wide,red,1,0\n", "attribute width has the value 'wide'")]
    [InlineData("{4 1}\n", "below 4")]
    [InlineData("{0 1,0 2}\n", "occurs twice")]
    [InlineData("{1 red,1 'light blue'}\n", "attribute 1 occurs twice")]
    public void Read_BadRow_NamesItsLine(string row, string words)
    {
        var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(_folder.Write("bad.arff", $"@relation scene\n{Body}{row}")));

        Assert.Equal(7, fault.Line);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,-1,0.5", "-1")]
    [InlineData("{0 1, 1 -1}", "-1")]
    [InlineData("0,0.25,0.5", "0.25")]
    public void Read_NumberThatSaysNothingOfALabel_NamesItsLine(string row, string value)
    {
        const string Header = "@relation 'r: -C 2'\n@attribute a numeric\n@attribute 'deep sea' numeric\n@attribute x numeric\n@data\n";
        var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(_folder.Write("numeric.arff", $"{Header}0,1,-1\n{row}\n")));

        Assert.Equal(7, fault.Line);
        Assert.Contains($"the label 'deep sea' has the value {value}, expected 1 for a label", fault.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1], DatasetFile.Read(_folder.Write("counts.arff", $"{Header}1,3,0\n")).Labels.RowColumns(0).ToArray());
    }

    [Theory]
    [InlineData("{1,0}", "numeric", "attribute beach, and that is 1")]
    [InlineData("{0,1}", "{5, 10}", "attribute width, and that is 5")]
    public void Read_SparseRows_WhoseLeftOutValueIsNot0_AreRefused_AndOthersAreRead(string beach, string width, string words)
    {
        string Body(string row) => $"@relation 'r: -C 1'\n@attribute beach {beach}\n@attribute width {width}\n@attribute colour {{red,blue}}\n@data\n{row}\n";
        var fault = Assert.Throws<DataFormatException>(() => DatasetFile.Read(_folder.Write("sparse.arff", Body("{2 blue}"))));
        Assert.Equal(6, fault.Line);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal([0], DatasetFile.Read(_folder.Write("dense.arff", Body("1,10,blue"))).Labels.RowColumns(0).ToArray());
    }

    [Theory]
    [InlineData("it's", "a'b\"c")]
    [InlineData("  ' spaced ' ", " ' '' b'")]
    [InlineData("'quo\\'ted'", "''")]
    public void Read_QuotesWithinValues_AreText(string first, string second)
    {
        var set = DatasetFile.Read(_folder.Write("quotes.arff", $"@relation r\n@attribute a {{{first},{second}}}\n@attribute b {{0,1}}\n@data\n{second},1\n{first},0\n"));

        Assert.Equal([1], set.Features.RowColumns(0).ToArray());
        Assert.Equal([0], set.Features.RowColumns(1).ToArray());
    }

    [Theory]
    [InlineData("{0,1}", "1", "a", 1f)]
    [InlineData("{5,10,20}", "10", "a", 10f)]
    [InlineData("{no,yes}", "yes", "a", 1f)]
    [InlineData("{red,green,blue}", "blue", "a=blue", 1f)]
    [InlineData("{yes,no}", "no", "a=no", 1f)]
    [InlineData("{1,2,many}", "2", "a=2", 1f)]
    [InlineData("{red,red,blue}", "blue", "a=blue", 1f)]
    public void Read_AttributeOfWords_IsAFeatureForEach_AndOneOfNumbersIsOne(string values, string value, string feature, float number)
    {
        var set = DatasetFile.Read(_folder.Write("kinds.arff", $"@relation 'r: -C 1'\n@attribute l {{0,1}}\n@attribute a {values}\n@attribute x numeric\n@data\n1,{value},2\n0,?,2\n"));

        Assert.Equal((feature, number), (set.FeatureNames![set.Features.RowColumns(0)[0]], set.Features.RowValues(0)[0]));
        Assert.Equal("x", set.FeatureNames[^1]);
        Assert.Equal([set.FeatureCount - 1], set.Features.RowColumns(1).ToArray());
        Assert.Equal(set.FeatureNames.Count, set.FeatureCount);
        Assert.Equal(set.FeatureNames.Distinct(), set.FeatureNames);
    }

    [Theory]
    [InlineData("x'")]
    [InlineData("x\"")]
    [InlineData("'a'b'")]
    public void Read_LineOfManyQuotes_TakesMemoryAsLongAsItIs(string piece)
    {
        var path = _folder.Write("long.arff", $"@relation r\n@attribute a {{{string.Concat(Enumerable.Repeat(piece, 20_000))}}}\n@attribute b {{0,1}}\n@data\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DataFormatException>(() => DatasetFile.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Read_NoLabels_SaysHowToNameThem() =>
        Assert.Contains("-C N", Assert.Throws<LightDxmlException>(() => DatasetFile.Read(_folder.Write("none.arff", "@relation r\n@attribute a numeric\n@data\n1\n"))).Message, StringComparison.Ordinal);
}
