using System.Globalization;
using LightDxml.Data.Formats;
using LightDxml.Data.Predictions;
using LightDxml.TestKit;

namespace LightDxml.Data.Tests;

public sealed class PredictionReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3 9\n7:0.5 2:0.25\n\n4:1\n", "header")]
    [InlineData("7:0.5 2:0.25\n\n4:1\n", "napkinXC")]
    [InlineData("7 0.5\t2 0.25\n\n4 1\n", "omikuji")]
    [InlineData("\n7:0.5 2:0.25\n\n4:1\n", "napkinXC, its first document without labels", "|7 2||4")]
    [InlineData("\n7 0.5\t2 0.25\n\n4 1\n", "omikuji, its first document without labels", "|7 2||4")]
    [InlineData("\n7 1\n2 1\n", "omikuji of whole scores, its first document without labels", "|7|2")]
    [InlineData("\n\n__label__7 0.5 __label__2 0.25\n4 1\n", "fastText, its first documents without labels", "||7 2|4")]
    [InlineData("\n", "a document without labels", "")]
    [InlineData("7 1\n2 1\n", "omikuji of whole scores", "7|2")]
    [InlineData("__label__7 0.5 __label__2 0.25\n\n__label__4 1\n", "fastText")]
    [InlineData("{\"labels\":[{\"label\":\"7\",\"score\":0.5},{\"label\":\"two\",\"id\":\"2\",\"score\":0.25}]}\n{\"id\":\"x\",\"labels\":[]}\n{\"labels\":[{\"label\":\"4\",\"score\":1}]}\n", "JSON Lines")]
    [InlineData("document,id,label,label_id,score\n1,a,seven,7,0.5\n1,a,\"two, or so\",2,0.25\n2,b,,,\n3,c,four,4,1\n", "CSV")]
    [InlineData("document,label,score\n1,7,0.5\n1,2,0.25\n3,4,1\n", "CSV without the document that has no labels")]
    public void Read_FormOfAnyTool_IsToldByTheContent(string text, string form, string expected = "7 2||4")
    {
        _ = form;
        Assert.Equal(expected, Text(PredictionReader.Read(_folder.Write("p.txt", text))));
    }

    [Theory]
    [InlineData("{\"id\":\"a\",\"labels\":[]}\n\n{\"id\":7,\"labels\":[{\"label\":\"x\",\"id\":\"y\",\"score\":1}]}\n{\"id\":null,\"labels\":[]}\n", "a@1|7@3|@4")]
    [InlineData("document,id,label,label_id,score\n1,a,x,,0.5\n1,a,y,,0.25\n3,\"c, or so\",,,\n", "a@2|@0|c, or so@4")]
    [InlineData("{\"labels\":[]}\n", null)]
    [InlineData("document,label,score\n1,x,0.5\n", null)]
    [InlineData("7:0.5\n", null)]
    public void Read_IdsOfDocuments_AreKeptWithTheirLines(string text, string? expected)
    {
        var ids = PredictionReader.Read(_folder.Write("p.txt", text)).Ids;
        Assert.Equal(expected, ids is null ? null : string.Join('|', ids.Select(document => $"{document.Id}@{document.Line}")));
    }

    [Theory]
    [InlineData("gnd:12 0.5\tb 0.25\n")]
    [InlineData("__label__gnd:12 0.5 __label__b 0.25\n")]
    [InlineData("gnd:12:0.5 b:0.25\n")]
    [InlineData("gnd:12,13:0.5 b:0.25\n", "gnd:12,13 b")]
    public void Read_LabelsWithAColonAndDigits_KeepThem(string text, string labels = "gnd:12 b") =>
        Assert.Equal(labels, Text(PredictionReader.Read(_folder.Write("p.txt", text))));

    [Theory]
    [InlineData("1 9\n5:0.5 8:0.5 1:0.5 7:0.9\n")]
    [InlineData("5:0.5 8:0.5 1:0.5 7:0.9\n")]
    [InlineData("5 0.5\t8 0.5\t1 0.5\t7 0.9\n")]
    public void Read_EqualScores_StandInTheOrderOfTheFile(string text) =>
        Assert.Equal("7 5 8 1", Text(PredictionReader.Read(_folder.Write("p.txt", text))));

    [Theory]
    [InlineData("nonsense\n", 1, "found 'nonsense', expected label:score")]
    [InlineData("7:0.5\n7:0.5 7:0.25\n", 2, "occurs twice")]
    [InlineData("7:0.5\n8:nan\n", 2, "expected a finite number")]
    [InlineData("{\"labels\":[]}\n{\"label\":[]}\n", 2, "found no predictions")]
    [InlineData("{\"labels\":[]}\n{\"labels\":[{\"label\":\"a\",\"score\": NaN}]}\n", 2, "found NaN or Infinity, which JSON does not have")]
    [InlineData("{\"labels\":[]}\n{\"labels\":[{\"label\":\"a\",\"score\":\"high\"}]}\n", 2, "found the score 'high', expected")]
    [InlineData("{\"labels\":[]}\n{\"labels\":[{\"label\":\"a\",\"score\":1e400}]}\n", 2, "found the score '1e400', expected")]
    [InlineData("{\"labels\":[]}\n{\"labels\":[\"a\",\"b\"]}\n", 2, "found the label 'a' without a score")]
    [InlineData("{\"labels\":[]}\n{\"labels\":[{\"label\":\"a\"}]}\n", 2, "without a score")]
    [InlineData("217:0.9,132:0.8\n", 1, "found '217:0.9,132:0.8', expected label:score or a label and its score, with a blank or a tab between labels")]
    [InlineData("7:0.5\n217:0.9,132:0.8,133:0.7,134:0.6,135:0.5,136:0.4\n", 2, "found '217:0.9,132:0.8,133:0.7,134:0.6,135:0.5,…', expected")]
    [InlineData("document,label,score\n2,a,1\n1,b,1\n", 3, "ascending from 1")]
    [InlineData("document,label,score\n1,a\n", 2, "found 2 columns, expected 3")]
    [InlineData("document,label,score\n0,a,1\n1,b,1\n", 2, "ascending from 1")]
    public void Read_BadLine_NamesItAndTheFault(string text, long line, string words)
    {
        var fault = Assert.Throws<DataFormatException>(() => PredictionReader.Read(_folder.Write("p.txt", text)));

        Assert.Equal(line, fault.Line);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PredictionForms.Scores)]
    [InlineData(PredictionForms.Npz)]
    [InlineData(PredictionForms.Omikuji)]
    [InlineData(PredictionForms.NapkinXc)]
    [InlineData(PredictionForms.FastText)]
    public void WriteRead_EveryForm_IsTheSameRanking(string form)
    {
        var expected = new RankedLabels(3, 9, 3);
        ((int[])[7, 2, 5]).CopyTo(expected.Labels(0));
        ((float[])[0.75f, 0.5f, 0.5f]).CopyTo(expected.Scores(0));
        (expected.Labels(2)[0], expected.Scores(2)[0]) = (4, 1e-9f);
        using (var stream = File.Create(_folder["p"]))
            PredictionForms.Write(expected, form, label => label.ToString(CultureInfo.InvariantCulture), stream);

        var actual = PredictionReader.Read(_folder["p"]);

        Assert.Equal("7 2 5||4", Text(actual));
        Assert.Equal(expected.Scores(2)[0], actual.Rankings.Scores(2)[0]);
    }

    [Fact]
    public void Write_NameWithABlank_IsAnErrorWhereBlanksPartLabels()
    {
        var predictions = new RankedLabels(1, 1, 1);
        (predictions.Labels(0)[0], predictions.Scores(0)[0]) = (0, 1);

        Assert.Throws<LightDxmlException>(() => PredictionForms.Write(predictions, PredictionForms.Omikuji, _ => "two words", Stream.Null));
    }

    [Theory]
    [InlineData("{\"labels\":[]}\n{\"known\":false,\"labels\":[]}\n{\"known\":true,\"labels\":[]}\n", "101")]
    [InlineData("{\"labels\":[]}\n{\"known\":null,\"labels\":[]}\n", null)]
    [InlineData("document,label,score\n1,x,0.5\n", null)]
    public void Read_DocumentsOfWhichNothingIsKnown_AreMarked(string text, string? expected) =>
        Assert.Equal(expected, PredictionReader.Read(_folder.Write("p.txt", text)).IsKnown is { } known ? string.Concat(known.Select(one => one ? '1' : '0')) : null);

    [Theory]
    [InlineData("Smith John|Smith_John|c", "'Smith John' and 'Smith_John'")]
    [InlineData("a_b c|a b_c", "'a_b c' and 'a b_c'")]
    [InlineData("a b|a c|a b", null)]
    public void FastTextNames_ThatWouldBeOne_AreRefused(string names, string? words)
    {
        var fault = Record.Exception(() => PredictionForms.CheckFastTextNames(names.Split('|')));
        Assert.Equal(words is not null, fault is LightDxmlException);
        Assert.Contains(words ?? "", fault?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-2", "'-2")]
    [InlineData("'-2", "''-2")]
    [InlineData("'", "'")]
    [InlineData("'t hart", "'t hart")]
    [InlineData("", "")]
    public void CsvText_OfAFormula_IsPlain_AndIsReadAsItWas(string text, string cell)
    {
        Assert.Equal(cell, CsvText.Plain(text));
        Assert.Equal(text, CsvText.OfPlain(cell));
    }

    private static string Text(NamedPredictions predictions) => string.Join('|', Enumerable.Range(0, predictions.Rankings.PointCount).Select(point =>
        string.Join(' ', predictions.Rankings.Labels(point).ToArray().Where(label => label >= 0).Select(label => predictions.Names?[label] ?? label.ToString(CultureInfo.InvariantCulture)))));
}
