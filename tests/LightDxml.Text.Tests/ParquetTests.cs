using LightDxml.Data;
using LightDxml.Parquet;
using LightDxml.TestKit;
using LightDxml.Text.Reading;
using Parquet;
using Parquet.Schema;

namespace LightDxml.Text.Tests;

/// <summary>Documents in columns of Apache Parquet.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ParquetTests() => ParquetFiles.Register();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task TextIdsAndListsOfLabels_OverGroupsOfRows(int groups)
    {
        var path = _folder["a.parquet"];
        var (id, text, labels) = (new DataField<long>("id"), new DataField<string>("text"), new ListField("labels", new DataField<string>("element")));
        await Write(path, [id, text, labels, new DataField<double>("score")], groups, async group =>
        {
            await group.WriteAsync<long>(id, new long[] { 7, 8, 9 });
            await group.WriteAsync(text, new[] { "one", "größer", "three" });
            await group.WriteAsync((DataField)labels.Item, new[] { "Smith, John", "b", "c", "a|b" }, new[] { 0, 1, 0, 0 });
            await group.WriteAsync<double>((DataField)new ParquetSchema(id, text, labels, new DataField<double>("score")).DataFields[^1], new[] { 0.5, 1, 2 });
        });
        var documents = TextFile.Read(path).ToList();
        Assert.Equal(3 * groups, documents.Count);
        Assert.Equal(["7 one Smith, John+b", "8 größer c", "9 three a|b"], documents.TakeLast(3).Select(document => $"{document.Id} {document.Text} {string.Join('+', document.Labels)}"));
        Assert.Contains(TextDialect.Of(path, new TextReadOptions()).Notes, note => note.Contains("'score'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a;b", "b;a", "a|b")]
    [InlineData("['a', 'b']", "['b']", "a|b")]
    [InlineData("Smith, John", "Smith, John", "Smith, John")]
    public async Task LabelsInStrings_AreFoundOutAsElsewhere(string first, string second, string labels)
    {
        var path = _folder["renamed"];
        var (title, body, tags) = (new DataField<string>("Title"), new DataField<string>("body"), new DataField<string>("Tags"));
        await Write(path, [title, body, tags], 1, async group =>
        {
            await group.WriteAsync(title, new[] { "t", "u", "v" });
            await group.WriteAsync(body, new[] { "one", null!, "three" });
            await group.WriteAsync(tags, new[] { first, second, null! });
        });
        var documents = TextFile.Read(path).ToList();
        Assert.Equal(labels.Split('|'), documents[0].Labels);
        Assert.Empty(documents[2].Labels);
        Assert.Equal(("u", ""), (documents[1].Title, documents[1].Text));
    }

    [Fact]
    public async Task NumbersAreLabels_AndListsOfZeroAndOnePlaces()
    {
        var (text, number) = (new DataField<string>("text"), new DataField<int>("label"));
        await Write(_folder["a.parquet"], [text, number], 1, async group =>
        {
            await group.WriteAsync(text, new[] { "x", "y" });
            await group.WriteAsync<int>(number, new[] { 3, 12 });
        });
        Assert.Equal(["3", "12"], TextFile.Read(_folder["a.parquet"]).Select(document => Assert.Single(document.Labels)));
        var places = new ListField("labels", new DataField<int?>("element"));
        await Write(_folder["b.parquet"], [text, places], 1, async group =>
        {
            await group.WriteAsync(text, new[] { "x", "y" });
            await group.WriteAsync<int>((DataField)places.Item, new int?[] { 0, 1, 1, 1, 0, 0 }, new[] { 0, 1, 1, 0, 1, 1 });
        });
        Assert.Equal(["1|2", "0"], TextFile.Read(_folder["b.parquet"]).Select(document => string.Join('|', document.Labels)));
    }

    [Fact]
    public async Task BytesThatAreNotUtf8_AreAFaultOfTheirRow()
    {
        var (text, labels) = (new DataField<byte[]>("text", nullable: false), new DataField<string>("labels"));
        await Write(_folder["a.parquet"], [text, labels], 1, async group =>
        {
            await group.WriteAsync<ReadOnlyMemory<byte>>(text, new ReadOnlyMemory<byte>[] { "größer"u8.ToArray(), new byte[] { (byte)'a', 0xFF }, "three"u8.ToArray() });
            await group.WriteAsync(labels, new[] { "a", "b", "c" });
        });
        Assert.Contains("a.parquet(2): found text that is not UTF-8", Assert.Throws<DataFormatException>(() => Read(_folder["a.parquet"])).Message, StringComparison.Ordinal);
        Assert.Equal(["größer", "three"], TextFile.Read(_folder["a.parquet"], new TextReadOptions { SkipBadRows = true }).Select(document => document.Text));
    }

    [Theory]
    [InlineData("text", false)]
    [InlineData("labels", true)]
    public async Task StringsThatAreNotUtf8_AreAFaultOfTheirRowAndColumn(string column, bool inLabels)
    {
        var (text, labels) = (new DataField<string>("text"), new ListField("labels", new DataField<string>("element")));
        await Write(_folder["a.parquet"], [text, labels], 1, async group =>
        {
            await group.WriteAsync(text, new[] { "größer", inLabels ? "two" : "a~b", "three" });
            await group.WriteAsync((DataField)labels.Item, new[] { "a", "b", inLabels ? "a~b" : "c", "d" }, new[] { 0, 0, 1, 0 });
        });
        File.WriteAllBytes(_folder["a.parquet"], [.. File.ReadAllBytes(_folder["a.parquet"]).Select(value => value == (byte)'~' ? (byte)0xFF : value)]);
        var fault = Assert.Throws<DataFormatException>(() => Read(_folder["a.parquet"]));
        Assert.Contains($"a.parquet(2): found text that is not UTF-8 in the column '{column}'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["größer a", "three d"], TextFile.Read(_folder["a.parquet"], new TextReadOptions { SkipBadRows = true }).Select(document => $"{document.Text} {document.Labels[0]}"));
    }

    [Fact]
    public async Task WhatIsWrong_IsSaid()
    {
        Assert.Contains("cannot be read as a Parquet file", Assert.Throws<LightDxmlException>(() => Read(_folder.Write("a.parquet", "text,labels\n"))).Message, StringComparison.Ordinal);
        await Write(_folder["b.parquet"], [new DataField<string>("words")], 1, group => group.WriteAsync(new ParquetSchema(new DataField<string>("words")).DataFields[0], new[] { "x" }));
        Assert.Contains("the columns are words", Assert.Throws<DataFormatException>(() => Read(_folder["b.parquet"])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 'other' among them", Assert.Throws<DataFormatException>(() => TextFile.Read(_folder["b.parquet"], new TextReadOptions { TextField = "other" }).ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("not written", Assert.Throws<LightDxmlException>(() => TextFile.Write([], _folder["c.parquet"])).Message, StringComparison.Ordinal);
        Assert.Equal("x", TextFile.Read(_folder["b.parquet"], new TextReadOptions { TextField = "words" }).Single().Text);
    }

    [Fact]
    public async Task AColumnThatIsNamedForOneField_IsNoOther()
    {
        var (path, title, body) = (_folder["a.parquet"], new DataField<string>("Title"), new DataField<string>("body"));
        await Write(path, [title, body], 1, async group =>
        {
            await group.WriteAsync(title, new[] { "t" });
            await group.WriteAsync(body, new[] { "x" });
        });
        foreach (var options in new[] { new TextReadOptions { LabelsField = "title" }, new TextReadOptions { TitleField = "" } })
            Assert.Equal(("", "x"), (TextFile.Read(path, options).Single().Title, TextFile.Read(path, options).Single().Text));
        Assert.Equal(("", "t"), (TextFile.Read(path, new TextReadOptions { TextField = "Title" }).Single().Title, TextFile.Read(path, new TextReadOptions { TextField = "Title" }).Single().Text));
        Assert.Throws<DataFormatException>(() => TextFile.Read(path, new TextReadOptions { TextField = "none" }).ToList());
        Assert.Equal(["x"], TextFile.Read(path, new TextReadOptions { LabelsField = "body", TitleField = "", ForLabels = true }).Single().Labels);
    }

    private static List<TextDocument> Read(string path) => [.. TextFile.Read(path)];

    private static async Task Write(string path, Field[] fields, int groups, Func<ParquetRowGroupWriter, Task> write)
    {
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (var group = 0; group < groups; group++)
        {
            using var rows = writer.CreateRowGroup();
            await write(rows);
        }
    }
}
