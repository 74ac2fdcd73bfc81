using System.Text;
using LightDxml.Data;
using LightDxml.TestKit;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Tests;

/// <summary>Columns and fields that are read, and those that are not.</summary>
public sealed class ColumnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv", "id,text,labels,url,year\n1,x,a,u,2000\n", "'url', 'year'")]
    [InlineData("a.csv", "year,text,labels\n2000,x,a\n", "'year'")]
    [InlineData("a.tsv", "text\tlabels\ttags\nx\ta\tb\n", "'tags'")]
    [InlineData("a.jsonl", "{\"text\":\"x\",\"labels\":[\"a\"],\"url\":{\"text\":1}}\n{\"text\":\"x\",\"year\":2000,\"url\":2}\n", "'url', 'year'")]
    [InlineData("a.json", "[{\"body\":\"x\",\"labels\":[\"a\"],\"score\":1}]", "'score'")]
    public void WhatIsNotRead_IsNamed(string name, string content, string named) =>
        Assert.Contains(named, Assert.Single(TextDialect.Of(_folder.Write(name, content), new TextReadOptions()).Notes, note => note.Contains("not read", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Nr;Titel;Beschreibung;Kategorien\n1;t;x;a|b\n2;t;y;b|a\n")]
    [InlineData("Titre;Texte;Étiquettes\nt;x;a|b\nt;y;b|a\n")]
    [InlineData("Título\tTexto\tCategorías\nt\tx\ta|b\nt\ty\tb|a\n")]
    public void NamesOfColumns_MayBeOfOtherLanguages(string content)
    {
        var document = TextFile.Read(_folder.Write("a.csv", content)).First();
        Assert.Equal(("t", "x", "a+b"), (document.Title, document.Text, string.Join('+', document.Labels)));
    }

    [Theory]
    [InlineData("{\"text\":{\"body\":\"x\"}}", "--text-field names a path")]
    [InlineData("{\"text\":\"x\",\"title\":{\"en\":\"x\"}}", "--title-field names a path")]
    [InlineData("{\"text\":\"x\",\"id\":{\"$oid\":\"1\"}}", "--id-field names a path")]
    public void ObjectsAsFields_AreAnErrorThatNamesTheOption(string line, string option) =>
        Assert.Contains(option, Assert.Throws<DataFormatException>(() => TextFile.Read(_folder.Write("a.jsonl", line + "\n{}\n")).ToList()).Message, StringComparison.Ordinal);

    // As validation or test documents of another form, beside a training file whose columns are labels.
    [Theory]
    [InlineData("text,one,two,three\nx,1,0,1\ny,0,1,0\n", null)]
    [InlineData("text,one,other,two,three\nx,1,z,0,1\ny,0,z,1,0\n", "one,two..three")]
    public void ColumnsOfLabels_OfAnotherFile_LeaveLabelsWhereTheyAre_InJson(string content, string? field)
    {
        var columns = TextDialect.Of(_folder.Write("train.csv", content), new TextReadOptions { LabelsField = field }).Options;
        var stored = Stored(columns);
        foreach (var (name, lines) in new[] { ("a.jsonl", "{\"text\": \"x\", \"labels\": [\"one\", \"three\"]}\n"), ("b.json", "[{\"text\": \"x\", \"tags\": [\"one\", \"three\"]}]") })
        {
            var path = _folder.Write(name, lines);
            Assert.Equal(["one", "three"], Assert.Single(TextFile.Read(path, new TextReadOptions { LabelsField = field }.WithLabelsOf(columns))).Labels);
            Assert.Equal(["one", "three"], Assert.Single(TextFile.Read(path, stored)).Labels);
        }

        Assert.Equal(["one", "three"], TextFile.Read(_folder["train.csv"], stored).First().Labels);
    }

    [Theory]
    [InlineData("title,labels\nx,a\n")]
    [InlineData("Signatur,Titel,Schlagwörter,Jahr\n1,x,a,2000\n")]
    [InlineData("Signatur\tTitel\tSchlagwörter\n1\tx\ta\n")]
    public void AFirstLineThatNamesTitleAndLabels_IsAHeader_WhateverTheFilesName(string content)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(content), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(content)] })
        {
            var document = Assert.Single(TextFile.Read(_folder.Write("a.txt", bytes)));
            Assert.Equal(("x", "a"), (document.Title, document.Labels[0]));
        }

        Assert.Null(TextDialect.FormatOf(_folder.Write("b.txt", "title of a book, labels\n"), new TextReadOptions()));
        Assert.Null(TextDialect.FormatOf(_folder.Write("b.txt", "Title, Keywords\nthe ball goal\n"), new TextReadOptions()));
    }

    /// <summary>A number of the labels option is a column of the training file.</summary>
    [Theory]
    [InlineData("title,text,1,2\nt,x,1,0\n", "1,2", "id,title,text\n7,t,x\n", "t")]
    [InlineData("labels,text\na,x\n", "1", "text,source\nx,s\n", "")]
    [InlineData("labels,text\na,x\n", "labels", "labels,text\na,x\n", "")]
    public void NumbersOfLabelColumns_SayNothingOfAFileToPredict(string train, string labels, string predict, string title)
    {
        var options = TextDialect.Of(_folder.Write("train.csv", train), new TextReadOptions { LabelsField = labels }).Options;
        var document = Assert.Single(TextFile.Read(_folder.Write("new.csv", predict), Stored(options) with { ForPrediction = true }));
        Assert.Equal((title, "x"), (document.Title, document.Text));
    }

    [Theory]
    [InlineData("title,labels\nx,a\n", null)]
    [InlineData("title,labels\nx,a\n", "title")]
    [InlineData("1,2\nx,a\n", "1")]
    public void AnIdMayBeTheText(string content, string? text)
    {
        var hasHeader = content[0] != '1';
        var document = Assert.Single(TextFile.Read(_folder.Write("a.csv", hasHeader ? content : content[4..]), new TextReadOptions
        {
            IdField = hasHeader ? "title" : "1",
            TextField = text,
            LabelsField = hasHeader ? null : "2",
            HasHeader = hasHeader,
        }));
        Assert.Equal(("x", "x", "a"), (document.Id, document.Title + document.Text, document.Labels[0]));
    }

    [Fact]
    public void AnId_IsTheTextOfCsvOnlyWhereThereIsNoOther_AndNeverThatOfJson()
    {
        var read = TextFile.Read(_folder.Write("a.csv", "document,comment_text,labels\n7,x,a\n"), new TextReadOptions { IdField = "document" });
        Assert.Equal(("7", "x"), (Assert.Single(read).Id, read.Single().Text));
        var json = _folder.Write("a.jsonl", "{\"title\":\"x\",\"labels\":[\"a\"]}\n");
        Assert.Contains("as id and as text", Assert.ThrowsAny<LightDxmlException>(() => TextFile.Read(json, new TextReadOptions { IdField = "title", TextField = "title" }).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DocumentsOfLabelsAlone_MayHaveNone()
    {
        var path = _folder.Write("labels.jsonl", "{\"id\":\"1\",\"labels\":[\"a\"]}\n{\"id\":\"2\"}\n");
        Assert.Equal([1, 0], TextFile.Read(path, new TextReadOptions { ForLabels = true }).Select(document => document.Labels.Count));
    }

    [Theory]
    [InlineData("Schlagwörter", "Text,Schlagwörter")]
    [InlineData("Schlagwörter,Orte", "Text,Schlagwörter,Orte")]
    [InlineData(null, "Überschriften,Schlagwörter")]
    public void NamesThatAreNotThere_InAHeaderOfAnotherEncoding_AreThatEncodingsFault(string? labels, string header)
    {
        var options = new TextReadOptions { LabelsField = labels };
        var path = _folder.Write("a.csv", Encoding.Latin1.GetBytes($"{header}\nx,a,b\n"));
        Assert.Contains("found text that is not UTF-8; --encoding names", Assert.Throws<DataFormatException>(() => TextFile.Read(path, options).ToList()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "id,labels\n7,a\n")]
    [InlineData("a.txt", "id;labels\n7;a\n")]
    [InlineData("a.jsonl", "{\"id\":7,\"labels\":[\"a\"]}\n")]
    [InlineData("a.json", "[{\"id\":7,\"labels\":[\"a\"]}]")]
    public void WhereLabelsAloneAreWanted_NoTextIsNeeded(string name, string content)
    {
        var path = _folder.Write(name, content);
        var document = Assert.Single(TextFile.Read(path, new TextReadOptions { ForLabels = true }));
        Assert.Equal(("7", "a"), (document.Id, document.Labels[0]));
        Assert.Contains("found no text", Assert.Throws<DataFormatException>(() => TextFile.Read(path, new TextReadOptions { Format = name == "a.txt" ? TextFormat.Csv : TextFormat.Auto }).ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("found no text", Assert.Throws<DataFormatException>(() => TextFile.Read(_folder.Write("b.csv", "id,other\n7,a\n"), new TextReadOptions { ForLabels = true }).ToList()).Message, StringComparison.Ordinal);
    }

    // Of the fields whose usual names these are, none is read from a column that an option names for another.
    [Theory]
    [InlineData("a.csv", "title,description\nNurse,cares\n", "labels=title,text=description", "| cares|Nurse")]
    [InlineData("a.csv", "title,description\nNurse,cares\n", "labels=title", "| cares|Nurse")]
    [InlineData("a.csv", "id,text,summary\n1,x,a\n", "labels=summary", "1| x|a")]
    [InlineData("a.csv", "id,text\na,x\n", "labels=id", "| x|a")]
    [InlineData("a.csv", "Titel,tags\nx,a\n", "text=Titel", "| x|a")]
    [InlineData("a.csv", "headline,tags\nx,a\n", "text=1", "| x|a")]
    [InlineData("a.csv", "keywords,topics\nx,a\n", "text=1", "| x|a")]
    [InlineData("a.csv", "text,title,headline,body\nx,1,0,y\n", "labels=title..headline", "| x|title")]
    [InlineData("a.csv", "title,text,tags\nt,x,a\n", "title=", "| x|a")]
    [InlineData("a.csv", "title,title.en,tags\nt,x,a\n", "text=title.en", "|t x|a")]
    [InlineData("a.jsonl", "{\"title\":\"Nurse\",\"description\":\"cares\"}", "labels=title", "| cares|Nurse")]
    [InlineData("a.jsonl", "{\"id\":\"a\",\"text\":\"x\"}", "labels=id", "| x|a")]
    [InlineData("a.jsonl", "{\"headline\":\"x\",\"tags\":[\"a\"]}", "text=headline", "| x|a")]
    [InlineData("a.jsonl", "{\"Title\":\"x\",\"tags\":[\"a\"]}", "text=title", "| x|a")]
    [InlineData("a.jsonl", "{\"title\":{\"en\":\"x\",\"de\":\"y\"},\"tags\":[\"a\"]}", "text=title.en", "| x|a")]
    [InlineData("a.jsonl", "{\"title\":\"t\",\"title.en\":\"x\",\"tags\":[\"a\"]}", "text=title.en", "|t x|a")]
    [InlineData("a.jsonl", "{\"title\":\"t\",\"text\":\"x\",\"tags\":[\"a\"]}", "title=", "| x|a")]
    [InlineData("a.json", "[{\"headline\":\"x\",\"tags\":[\"a\"]}]", "text=headline", "| x|a")]
    public void WhatIsNamedForOneField_IsNoOther(string name, string content, string named, string expected)
    {
        var path = _folder.Write(name, content);
        var options = Named(named);
        foreach (var read in new[] { options, Stored(TextDialect.Of(path, options).Options) })
        {
            var document = Assert.Single(TextFile.Read(path, read));
            Assert.Equal(expected, $"{document.Id}|{document.Title} {document.Text}|{string.Join('+', document.Labels)}");
            var asked = Assert.Single(TextFile.Read(path, read with { ForPrediction = true }));
            Assert.Equal((document.Title, document.Text), (asked.Title, asked.Text));
        }
    }

    [Theory]
    [InlineData("a.csv", "title,text,tags\nt,x,a\n", "labels=text,text=text")]
    [InlineData("a.csv", "title,text,tags\nt,x,a\n", "labels=2,text=text")]
    [InlineData("a.csv", "title,text,tags\n0,x,1\n", "labels=title..tags,text=text")]
    [InlineData("a.csv", "1,x,1\n", "labels=2,text=2,header=no")]
    [InlineData("a.jsonl", "{\"title\":\"t\",\"text\":\"x\"}", "labels=text,text=Text")]
    public void OneColumnForTwoFields_IsAnError(string name, string content, string named)
    {
        var path = _folder.Write(name, content);
        Assert.Contains("is named as text and as labels", Assert.ThrowsAny<LightDxmlException>(() => TextFile.Read(path, Named(named)).ToList()).Message, StringComparison.Ordinal);
        Assert.Equal("x", Assert.Single(TextFile.Read(path, Named(named) with { ForPrediction = true })).Text);
    }

    [Theory]
    [InlineData("text,a,d,c,b\nx,1,1,0,1\n", "a|b")]
    [InlineData("c,text,b,other,a\n1,x,0,1,1\n", "a|c")]
    public void ColumnsOfLabels_OfALaterFile_GoByTheNamesOfTheFirst(string later, string labels)
    {
        var options = new TextReadOptions { LabelsField = "a..c" };
        var first = TextDialect.Of(_folder.Write("first.csv", "text,a,b,c,d\nx,1,0,1,1\ny,0,1,0,1\n"), options).Options;
        var path = _folder.Write("later.csv", later);
        foreach (var read in new[] { options.WithLabelsOf(first), Stored(first) })
            Assert.Equal(labels.Split('|'), Assert.Single(TextFile.Read(path, read)).Labels);
        Assert.Equal(labels.Split('|'), TextFile.Read($"{_folder["first.csv"]}|{path}", options).Last().Labels);
        var fault = Assert.Throws<DataFormatException>(() => TextFile.Read(_folder.Write("less.csv", "text,a,c\nx,1,0\n"), Stored(first)).ToList());
        Assert.Contains("expected 'b' among them", fault.Message, StringComparison.Ordinal);
    }

    // By its own first rows the later file would tell otherwise, unless the first file tells nothing.
    [Theory]
    [InlineData("text,a,b\nx,1,0\ny,0,1\n", "text,a,b\nx,1,2\n", null)]
    [InlineData("text,a,b\nx,1,2\ny,3,1\n", "text,b,a\nx,1,0\n", "0|1")]
    [InlineData("text,a,b\nx,1,red\ny,0,blue\n", "text,b,a\nx,1,1\n", "a|1")]
    [InlineData("text,a,b\nx,,\n", "text,b,a\nx,1,red\n", "red|b")]
    public void WhatColumnsOfLabelsHold_IsToldByTheFirstFile(string first, string later, string? labels)
    {
        var options = Stored(TextDialect.Of(_folder.Write("first.csv", first), new TextReadOptions { LabelsField = "a,b" }).Options);
        var path = _folder.Write("later.csv", later);
        if (labels is null)
            Assert.Contains("found '2' in the column 'b' of a label", Assert.Throws<DataFormatException>(() => TextFile.Read(path, options).ToList()).Message, StringComparison.Ordinal);
        else
            Assert.Equal(labels.Split('|'), Assert.Single(TextFile.Read(path, options)).Labels);
    }

    [Theory]
    [InlineData("text,labels,,\nx,a,b,c\ny,b,c,a\n", "2..4", "labels,3,4", "a|b|c")]
    [InlineData("text,kind,Kind,sort\nx,a,b,c\ny,b,c,a\n", "2..4", "2,3,sort", "a|b|c")]
    [InlineData("text,a,b,\"a,b\"\nx,1,0,1\n", "a..a,b", "a..a,b", "a|a,b")]
    public void ColumnsWithoutANameOfTheirOwn_KeepTheirPlaces(string content, string field, string kept, string labels)
    {
        var path = _folder.Write("a.csv", content);
        var options = TextDialect.Of(path, new TextReadOptions { LabelsField = field }).Options;
        Assert.Equal(kept, options.LabelsField);
        Assert.Equal(labels.Split('|'), TextFile.Read(path, Stored(options)).First().Labels);
    }

    [Theory]
    [InlineData("text,labels,Text\nx,a,b\n", "text")]
    [InlineData("labels,text,labels\na,x,b\n", "labels")]
    [InlineData("id,id,text,labels\n1,2,x,a\n", "id")]
    public void ColumnsOfOneName_AreNamed(string content, string name) =>
        Assert.Contains(TextDialect.Of(_folder.Write("a.csv", content), new TextReadOptions()).Notes, note => note == $"Several columns are named '{name}'; the first is read.");

    [Theory]
    [InlineData("\"one, two\",three", "one, two|three")]
    [InlineData("three,\"one, two\"", "three|one, two")]
    [InlineData("\"a, b\",\"one, two\",\"three, four\"", "a, b|one, two|three, four")]
    public void NamesOfColumns_MayHaveCommas(string header, string names)
    {
        var columns = names.Split('|');
        var path = _folder.Write("a.csv", $"text,{header}\nx{string.Concat(columns.Select(_ => ",1"))}\n");
        Assert.Equal(columns, Assert.Single(TextFile.Read(path, new TextReadOptions { LabelsField = string.Join(',', columns) })).Labels);
        Assert.Equal(columns, Assert.Single(TextFile.Read(path, new TextReadOptions { LabelsField = $"{columns[0]}..{columns[^1]}" })).Labels);
        var fault = Assert.Throws<DataFormatException>(() => TextFile.Read(path, new TextReadOptions { LabelsField = $"{names.Replace('|', ',')},none" }).ToList());
        Assert.Contains("expected 'none'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,text,good,bad\n1,x,1,0\n2,y,0,1\n", "good", "good..bad")]
    [InlineData("good,text,bad\nTrue,x,False\nfalse,y,true\n", "good", "good,bad")]
    [InlineData("text\tnew\told\todd\nx\t0\t1.0\t1\ny\t1\t0\t0\n", "old|odd", "new..odd")]
    public void ColumnsOfZeroAndOne_AreLabels_WhereNothingElseIs(string content, string labels, string named)
    {
        var path = _folder.Write("a.csv", content);
        Assert.Equal(labels.Split('|'), TextFile.Read(path).First().Labels);
        var dialect = TextDialect.Of(path, new TextReadOptions());
        Assert.Equal(string.Join(',', content.Split('\n')[0].Split(',', '\t').Except(["id", "text"])), dialect.Options.LabelsField);
        Assert.Contains(dialect.Notes, note => note.Contains($"'{named}' hold 0 and 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", "0")]
    [InlineData("TRUE", "FALSE")]
    [InlineData("WAHR", "FALSCH")]
    [InlineData("VRAI", "FAUX")]
    [InlineData("VERO", "FALSO")]
    [InlineData("VERDADERO", "FALSO")]
    [InlineData("ja", "nein")]
    [InlineData("Yes", "no")]
    [InlineData("oui", "non")]
    [InlineData("Sí", "No")]
    [InlineData("x", "")]
    public void WordsForYesAndNo_AreNoLabels(string yes, string no)
    {
        var rows = $"x,{yes},{no}\ny,{no},{yes}\nz,{no},\n";
        Assert.Equal(["good", "bad", ""], Labels(new TextReadOptions(), $"text,good,bad\n{rows}"));
        Assert.Equal(["good", "bad", ""], Labels(new TextReadOptions { LabelsField = "good..bad" }, $"text,good,bad,note\n{rows.Replace("\n", ",a\n", StringComparison.Ordinal)}"));
    }

    [Theory]
    [InlineData("text,a,b\nx,WAHR,no\ny,rot,blau\n", "WAHR+no", "'a', 'b' hold labels, such as 'rot'")]
    [InlineData("text,a,b\nx,1,2\ny,3,1\n", "1+2", "'a', 'b' hold labels, such as '3'")]
    [InlineData("text,a,b\nx,1,red\ny,0,blue\n", "a+red", "cells of 'b' hold labels, such as 'red'")]
    public void CellsOfSeveralColumns_ThatHoldLabels_AreLabels_AndItIsSaid(string content, string labels, string said)
    {
        var options = new TextReadOptions { LabelsField = "a,b" };
        Assert.Equal(labels, Labels(options, content)[0]);
        Assert.Contains(TextDialect.Of(_folder["a.csv"], options).Notes, note => note.Contains(said, StringComparison.Ordinal));
    }

    // The beginning that is looked at ends before the row that fills the second column.
    [Theory]
    [InlineData("Physics", "", "Art", "Physics|Art+Physics")]
    [InlineData("", "", "Art", "|Art")]
    [InlineData("1", "", "1", "a|a+b")]
    public void ColumnsThatAreBlankAtFirst_MayHoldLabelsOrFlags(string first, string second, string later, string labels)
    {
        var filler = string.Concat(Enumerable.Repeat($"{new string('y', 1000)},{first},{second}\n", 300));
        var last = first.Length > 0 ? $"z,{later},{(first == "1" ? "1" : "Physics")}\n" : $"z,,{later}\n";
        var read = Labels(new TextReadOptions { LabelsField = "a,b" }, $"text,a,b\n{filler}{last}");
        Assert.Equal(labels, $"{read[0]}|{read[^1]}");
    }

    [Fact]
    public void HeaderThatIsLongerThanTheBeginning_HasItsFlags()
    {
        var names = Enumerable.Range(0, 20_000).Select(label => $"label-{label:D9}").ToArray();
        var read = Labels(new TextReadOptions { LabelsField = $"{names[0]}..{names[^1]}" }, $"text,{string.Join(',', names)}\nx,1{string.Concat(Enumerable.Repeat(",0", names.Length - 1))}\n");
        Assert.Equal([names[0]], read);
    }

    [Fact]
    public void CellsOfOneAndOfTrue_MayStandInOneColumn() =>
        Assert.Equal(["good", "bad"], Labels(new TextReadOptions(), "text,good,bad\nx,1,0\ny,FALSE,TRUE\n"));

    [Fact]
    public void CellThatIsNoneOfZeroAndOne_IsAnErrorOfItsRow()
    {
        var path = _folder.Write("a.csv", $"text,a,b\n{string.Concat(Enumerable.Repeat("x,1,0\n", 20))}y,1,2\nz,0,1\n");
        var options = new TextReadOptions { LabelsField = "a,b" };
        var fault = Assert.Throws<DataFormatException>(() => TextFile.Read(path, options).ToList());
        Assert.Equal(22, fault.Line);
        Assert.Contains("found '2' in the column 'b' of a label, expected 0 or 1", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], TextFile.Read(path, options with { SkipBadRows = true }).Skip(19).Select(document => Assert.Single(document.Labels)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("body")]
    public void ColumnsOfAnotherDelimiter_AreAFaultThatNamesTheOneThatIsGiven(string? text)
    {
        var path = _folder.Write("a.csv", "text,labels\nx,a\n");
        var fault = Assert.Throws<DataFormatException>(() => TextFile.Read(path, new TextReadOptions { Delimiter = ';', TextField = text }).ToList());
        Assert.StartsWith($"{path}(1): ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("columns text,labels, parted by ';' as --delimiter says", fault.Message.Replace("are text", "text", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>Options as <c>labels=title,text=2</c>.</summary>
    private static TextReadOptions Named(string named) => named.Split(',').Select(pair => pair.Split('=')).Aggregate(new TextReadOptions(), (options, pair) => pair[0] switch
    {
        "title" => options with { TitleField = pair[1] },
        "text" => options with { TextField = pair[1] },
        "labels" => options with { LabelsField = pair[1] },
        _ => options with { HasHeader = false },
    });

    private static TextReadOptions Stored(TextReadOptions options) => TextReadOptions.Stored.FromJson(TextReadOptions.Stored.ToJson(options), "model");

    private string[] Labels(TextReadOptions options, string content) =>
        [.. TextFile.Read(_folder.Write("a.csv", content), options).Select(document => string.Join('+', document.Labels))];

    [Theory]
    [InlineData("text,good,bad,year\nx,1,0,2001\ny,0,1,2002\n")]
    [InlineData("text,kind,good,bad\nx,a,1,0\ny,b,0,1\n")]
    [InlineData("note,text,seen,read\nq,x,1,0\nr,y,0,1\n")]
    public void ColumnsOfZeroAndOne_BesideOthers_AreShown(string content)
    {
        var path = _folder.Write("a.csv", content);
        Assert.Empty(TextFile.Read(path).First().Labels);
        Assert.Contains(TextDialect.Of(path, new TextReadOptions()).Notes, note => note.Contains("give --labels-field", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("knives are sharp __label__knives __label__steel\nsoup __label__soup\n", "knives|steel")]
    [InlineData("a soup __label__soup\n", "soup")]
    [InlineData("\nsoup\t__label__soup\n", "soup")]
    public void FastText_WithLabelsAtTheEnd_IsRecognized(string content, string labels) =>
        Assert.Equal(labels.Split('|'), TextFile.Read(_folder.Write("a.txt", content)).First().Labels);

    [Theory]
    [InlineData("utf-16LE")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Utf16WithoutAMark_IsFoundOut(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes("text;labels\nFüchse – schön;Tiere\nБелые медведи;Tiere\n");
        Assert.Equal(["Füchse – schön", "Белые медведи"], TextFile.Read(_folder.Write("a.csv", bytes)).Select(document => document.Text));
        bytes = Encoding.GetEncoding(encoding).GetBytes("{\"id\":\"1\",\"name\":\"Füchse\"}\n");
        Assert.Equal("Füchse", LabelCatalog.Read(_folder.Write("labels.jsonl", bytes)).NameOf("1"));
    }

    [Theory]
    [InlineData("{\"id\":\"1\",\"name\":\"fruit\",\"alt\":\"exotic, fruit\",\"parents\":\"2\"}", "exotic, fruit", "2")]
    [InlineData("{\"id\":\"1\",\"name\":\"fruit\",\"alt\":[\"a\",\"b\"],\"parents\":3}", "a|b", "3")]
    [InlineData("{\"id\":\"1\",\"name\":\"fruit\",\"alt\":null}", "", "")]
    public void AlternativeNamesAndParents_MayBeOneString(string line, string names, string parents)
    {
        var entry = LabelCatalog.Read(_folder.Write("labels.jsonl", line)).Find("1")!;
        Assert.Equal(names, string.Join('|', entry.AlternativeNames));
        Assert.Equal(parents, string.Join('|', entry.Parents));
    }
}
