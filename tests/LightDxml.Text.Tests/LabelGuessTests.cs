using LightDxml.TestKit;
using LightDxml.Text.Reading;

namespace LightDxml.Text.Tests;

/// <summary>What is found out of labels from data: never a merged or a cut label without a word.</summary>
public sealed class LabelGuessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Smith, John", "Smith, John", "Smith, John", "Jones, Mary", "Jones, Mary", "Smith, Jane", "Smith, Jane")]
    [InlineData("Health, Household & Care", "Books", "Health, Household & Care", "Toys", "Health, Household & Care", "Books")]
    [InlineData("Korea, Republic of", "Korea, Republic of", "Korea, Republic of", "Iran, Islamic Republic of", "Iran, Islamic Republic of")]
    public void NamesWithCommas_ThatComeBackWhole_AreOneLabel_AndItIsSaid(string shown, params string[] strings)
    {
        var (separator, note) = LabelSeparators.Of(strings);
        Assert.Equal("", separator);
        Assert.Contains($"'{shown}' is read as one label", note, StringComparison.Ordinal);
        Assert.Contains("--label-separator ,", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "red, sweet", "red", "green, sour", "sour, red")]
    [InlineData(false, "a,b", "b,c", "a,c", "c")]
    [InlineData(true, "Smith, John", "Jones, Mary", "Smith, Jane")]
    [InlineData(true, "soup,bread", "soup,bread", "jam,tea", "jam,tea")]
    [InlineData(true, "a,b", "b,c", "d,e")]
    [InlineData(true, "641,5", "5,1", "641", "5,5")]
    public void Commas_AreSeparators_AndADoubtIsSaid(bool isDoubtful, params string[] strings)
    {
        var (separator, note) = LabelSeparators.Of(strings);
        Assert.Equal(",", separator);
        Assert.Equal(isDoubtful, note is not null);
        if (isDoubtful)
            Assert.Contains("--label-separator none", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", ';', "641,5|5,1|641|004,5")]
    [InlineData("a.tsv", '\t', "641,5|5,1|641|004,5")]
    public void DecimalCommas_WhereColumnsArePartedOtherwise_StayWhole_AndItIsSaid(string name, char delimiter, string codes)
    {
        var path = _folder.Write(name, $"text{delimiter}labels\n{string.Concat(codes.Split('|').Select(code => $"word{delimiter}{code}\n"))}");
        var fitted = TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 });
        Assert.Equal(codes.Split('|').Order(StringComparer.Ordinal), fitted.Labels.Ids.Order(StringComparer.Ordinal));
        Assert.Contains(fitted.Notes, note => note.Contains("'641,5' is read as one label", StringComparison.Ordinal) && note.Contains("--label-separator , splits it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(';', "12,57", "57,3", "3, 12", "12")]
    [InlineData(';', "12,57", "57,3", "3,12", "12", "3")]
    [InlineData('\t', "12,57", "57,3", "3,12", "57", "12")]
    [InlineData(';', "12,57,3", "57,3", "3,12,1", "1,57,12")]
    public void ListsOfNumbers_ArePartedByCommas(char delimiter, params string[] lists)
    {
        var path = _folder.Write("a.csv", $"text{delimiter}labels\n{string.Concat(lists.Select(list => $"word{delimiter}{list}\n"))}");
        Assert.Equal(["12", "57"], TextFile.Read(path).First().Labels.Take(2));
    }

    // Signs of names leave nothing before or behind them, and blanks explain such cells as well.
    [Theory]
    [InlineData(",", " ", "C# python .net", "python java", "C# java", ".net python")]
    [InlineData(",", " ", "c++ .net", ".net java", "c++ java")]
    [InlineData(" ", " ", "#vegan #bread", "#bread #soup", "#vegan")]
    [InlineData(null, null, "Green Tea", "Green  Tea", "Black Coffee")]
    [InlineData(null, null, "c++", "c", "java")]
    public void SignsOfNames_AreNoSeparators(string? separator, string? advised, params string[] strings)
    {
        var (found, note) = LabelSeparators.Of(strings);
        Assert.Equal(separator, found);
        Assert.DoesNotContain("'#'", note ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("'+'", note ?? "", StringComparison.Ordinal);
        Assert.Equal(advised is not null, note is not null);
    }

    [Theory]
    [InlineData("/", "cat/dog", "dog/bird", "cat", "bird", "dog")]
    [InlineData("+", "cat+dog", "dog + cat", "cat", "dog")]
    [InlineData("\n", "cat\ndog", "dog\nbird", "bird")]
    [InlineData("\n", "cat\r\ndog", "dog\r\nbird, large", "bird, large")]
    [InlineData("\t", "cat\tdog", "dog", "cat")]
    [InlineData("、", "猫、犬", "犬、鳥", "猫")]
    [InlineData("，", "猫，犬", "犬，鳥", "猫")]
    [InlineData("；", "猫；犬", "犬；鳥", "猫")]
    [InlineData("｜", "猫｜犬", "犬｜鳥", "猫")]
    [InlineData("،", "قط، كلب", "كلب، طائر", "قط")]
    [InlineData("؛", "قط؛ كلب", "كلب؛ طائر", "قط")]
    public void OtherSeparators_AreFoundOut_AndSaid(string separator, params string[] strings)
    {
        var (found, note) = LabelSeparators.Of(strings);
        Assert.Equal(separator, found);
        Assert.Contains("--label-separator", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Arts/Music/Jazz", "Arts/Music/Jazz", "Arts/Music/Rock", "Arts/Film")]
    [InlineData("R&D", "R&D", "R&D", "D", "R")]
    [InlineData("long⏎name", "long\nname", "other\nthing", "more")]
    [InlineData("猫、犬", "猫、犬", "鳥", "魚", "虫")]
    public void CharactersThatMaySeparate_AreKept_AndItIsSaid(string shown, params string[] strings)
    {
        var (separator, note) = LabelSeparators.Of(strings);
        Assert.Equal(",", separator);
        Assert.Contains($"'{shown}' is read as one label", note, StringComparison.Ordinal);
    }

    // One row of another script is a slip, and industries are one class.
    [Theory]
    [InlineData("a,b", "b,c", "a,c", "a，b，c")]
    [InlineData("农、林、牧、渔业", "农、林、牧、渔业", "制造业", "建筑业")]
    public void CommasOfOtherScripts_ThatAreRareOrComeBackAsAWhole_SeparateNothing(params string[] strings) => Assert.Equal(",", LabelSeparators.Of(strings).Separator);

    [Theory]
    [InlineData(" - ", "a - b", "a", "b")]
    [InlineData(" ", "a b", "a", "b")]
    [InlineData(null, "a > b", "a", "b")]
    public void SeparatorThatANoteNames_MakesNoLabelOfASign(string? separator, params string[] labels)
    {
        Assert.Equal(separator is not null, LabelSeparators.NoteOn(labels)?.Contains($"--label-separator '{separator}'", StringComparison.Ordinal) ?? false);
        Assert.Equal(LabelSeparators.NoteOn(labels), LabelSeparators.Of(labels).Note);
        Assert.Equal(separator ?? "", LabelSeparators.Of([labels[0]], labels[1..].ToHashSet()).Separator);
    }

    [Fact]
    public void LabelsWithoutASeparator_TellNone_AndALaterFileTellsItsOwn()
    {
        var fitted = TextDataset.Fit(_folder.Write("a.csv", "text,labels\none,cat\ntwo,wild dog\nthree,bird\n"), new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 });
        Assert.Null(fitted.Reading!.LabelSeparator);
        Assert.Equal(["cat", "bird"], TextFile.Read(_folder.Write("b.csv", "text,labels\none,cat; bird\ntwo,bird; dog\nthree,dog; cat\n"), fitted.Reading).First().Labels);
    }

    [Theory]
    [InlineData("{\"text\":\"x\",\"labels\":[\"Smith, John\",\"b\"]}\n{\"text\":\"y\",\"labels\":\"Jones, Mary\"}\n", "Jones, Mary")]
    [InlineData("{\"text\":\"x\",\"labels\":[\"a\",\"b\"]}\n{\"text\":\"y\",\"labels\":\"b, a\"}\n", "b|a")]
    [InlineData("{\"text\":\"x\",\"labels\":[\"a\",\"b\"]}\n{\"text\":\"y\",\"labels\":\"b;a\"}\n", "b|a")]
    [InlineData("{\"text\":\"x\",\"labels\":[\"a; b\"]}\n{\"text\":\"y\",\"labels\":\"a; b\"}\n", "a; b")]
    [InlineData("{\"text\":\"x\",\"meta\":[{\"name\":\"Smith, John\"},{\"name\":\"b\"}]}\n{\"text\":\"y\",\"meta\":[{\"name\":\"Jones, Mary\"}]}\n", "Jones, Mary", "meta.name")]
    public void StringsBesideLists_AreOneLabel_UnlessTheirPartsAreKnown(string content, string labels, string? field = null)
    {
        var documents = TextFile.Read(_folder.Write("a.jsonl", content), new TextReadOptions { LabelsField = field }).ToList();
        Assert.Equal(labels.Split('|'), documents[1].Labels);
    }

    [Theory]
    [InlineData("a.csv", "text,labels\none,\"cat\ndog\"\ntwo,\"dog\nbird\"\nthree,bird\n")]
    [InlineData("a.tsv", "text\tlabels\r\none\t\"cat\r\ndog\"\r\ntwo\t\"dog\r\nbird\"\r\nthree\tbird\r\n")]
    [InlineData("a.jsonl", "{\"text\":\"one\",\"labels\":\"cat\\ndog\"}\n{\"text\":\"two\",\"labels\":\"dog\\nbird\"}\n{\"text\":\"three\",\"labels\":\"bird\"}\n")]
    public void LineEndsInCells_PartLabels(string name, string content) =>
        Assert.Equal(["cat|dog", "dog|bird", "bird"], TextFile.Read(_folder.Write(name, content)).Select(document => string.Join('|', document.Labels)));

    [Theory]
    [InlineData("a.jsonl", "{\"text\":\"one\",\"labels\":[0,1,1]}\n{\"text\":\"two\",\"labels\":[1,0,0]}\n{\"text\":\"three\",\"labels\":[0,0,0]}\n")]
    [InlineData("a.csv", "text,labels\none,\"[0, 1, 1]\"\ntwo,\"[1.0, 0.0, 0.0]\"\nthree,\"[0, 0, 0]\"\n")]
    [InlineData("b.csv", "text,labels\none,[0 1 1]\ntwo,[1 0 0]\nthree,[0 0 0]\n")]
    [InlineData("c.csv", "text;labels\none;0,1,1\ntwo;1,0,0\nthree;0,0,0\n")]
    public void ListsOfZeroAndOne_AreLabelsByPlace_AndItIsSaid(string name, string content)
    {
        var path = _folder.Write(name, content);
        Assert.Equal(["1|2", "0", ""], TextFile.Read(path).Select(document => string.Join('|', document.Labels)));
        var fitted = TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 });
        Assert.Equal(3, fitted.Reading!.MultiHotPlaces);
        Assert.Contains(fitted.Notes, note => note.Contains("3 numbers 0 and 1", StringComparison.Ordinal));
        // Later files of the model are read alike, and a list of other length is an error.
        Assert.ThrowsAny<LightDxmlException>(() => TextFile.Read(_folder.Write("later.jsonl", "{\"text\":\"x\",\"labels\":[0,1]}\n"), fitted.Reading).ToList());
    }

    [Theory]
    [InlineData("{\"text\":\"one\",\"labels\":[0,1]}\n{\"text\":\"two\",\"labels\":[1]}\n", "0|1")]
    [InlineData("{\"text\":\"one\",\"labels\":[0,1,2]}\n{\"text\":\"two\",\"labels\":[1,0,0]}\n", "0|1|2")]
    [InlineData("{\"text\":\"one\",\"labels\":[1,0,1]}\n{\"text\":\"two\",\"labels\":[1,0]}\n", "1|0|1")]
    public void OtherNumbers_AreLabels(string content, string labels) =>
        Assert.Equal(labels.Split('|'), TextFile.Read(_folder.Write("a.jsonl", content)).First().Labels);

    [Theory]
    [InlineData("{\"text\":\"one\",\"labels\":[-1,1,1]}\n{\"text\":\"two\",\"labels\":[1,-1,-1]}\n", "-1")]
    [InlineData("{\"text\":\"one\",\"labels\":[0,1,1]}\n{\"text\":\"two\",\"labels\":[0.9,0.2,0]}\n", "0.9")]
    public void ListsOfNumbersThatSayNeither_AreErrors(string content, string value) =>
        Assert.Contains($"found the label '{value}' in a list of a number for each label, expected 1", Assert.ThrowsAny<LightDxmlException>(() => TextFile.Read(_folder.Write("a.jsonl", content)).ToList()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("one,-1,1\ntwo,1,-1\n", "-1", "a")]
    [InlineData("one,1,0.1\ntwo,0.9,0.2\n", "0.1", "b")]
    public void ColumnsOfNumbersThatSayNeither_AreErrors(string rows, string value, string column)
    {
        var path = _folder.Write("a.csv", $"text,a,b\n{rows}");
        var fault = Assert.ThrowsAny<LightDxmlException>(() => TextFile.Read(path, new TextReadOptions { LabelsField = "a,b" }).ToList());
        Assert.Contains($"a.csv(2): found '{value}' in the column '{column}' of a label, expected 0 or 1", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|")]
    [InlineData(";")]
    [InlineData("/")]
    public void SeparatorsBehindTheBeginning_AreFoundOut_OrSaid(string separator)
    {
        var text = new string('x', 2000);
        var rows = Enumerable.Range(0, 400).Select(_ => "a").Concat([$"a{separator}b", $"b{separator}c", $"c{separator}a", "b", "c"]);
        var path = _folder.Write("a.csv", $"text,labels\n{string.Join('\n', rows.Select(labels => $"{text},{labels}"))}\n");
        var fitted = TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 });
        Assert.Equal(["a", "b", "c"], fitted.Labels.Ids);

        // Beyond what is looked at the labels of the whole file tell.
        path = _folder.Write("b.csv", $"text,labels\n{string.Join('\n', Enumerable.Range(0, 5000).Select(_ => "a").Concat(rows).Select(labels => $"word,{labels}"))}\n");
        fitted = TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 1 });
        Assert.Contains(fitted.Notes, note => note.Contains($"'a{separator}b' is read as one label", StringComparison.Ordinal) && note.Contains($"--label-separator '{separator}'", StringComparison.Ordinal));
    }
}
