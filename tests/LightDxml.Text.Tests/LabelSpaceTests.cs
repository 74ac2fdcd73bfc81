using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class LabelSpaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_AddAncestors_GivesEveryDocumentTheLabelsAboveItsOwn_Once()
    {
        var catalog = new LabelCatalog([new("root", "Root", [], []), new("mid", "Mid", [], ["root"]), new("leaf", "Leaf", [], ["mid"])]);
        var path = _folder.Write("docs.jsonl", """
            {"text": "some words", "labels": ["leaf", "root"]}
            {"text": "some words", "labels": ["other"]}
            """);
        var options = new TextVectorizerOptions { MinDocuments = 1 };
        var fitted = TextDataset.Fit(path, new TextReadOptions(), options, catalog, addAncestors: true);
        Assert.Equal(["leaf", "mid", "other", "root"], fitted.Labels.Ids);
        Assert.Equal(["Leaf", "Mid", "other", "Root"], fitted.Dataset.LabelNames);
        Assert.Equal([0, 1, 3], fitted.Dataset.Labels.RowColumns(0).ToArray());
        Assert.Equal([2], fitted.Dataset.Labels.RowColumns(1).ToArray());

        var plain = TextDataset.Fit(path, new TextReadOptions(), options, catalog);
        Assert.Equal(["leaf", "other", "root"], plain.Labels.Ids);
    }

    [Fact]
    public void With_AppendsWhatIsNew_AndKeepsTheRowsOfTheRest()
    {
        var space = new LabelSpace(["b", "d"]).With(["d", "z", "a"]);
        Assert.Equal(["b", "d", "a", "z"], space.Ids);
        Assert.Equal((1, -1), (space.Find("d"), space.Find("q")));
    }

    [Fact]
    public void Read_LabelsThatTheSpaceLacks_AreLeftOut()
    {
        var path = _folder.Write("docs.jsonl", """{"text": "some words", "labels": ["x", "b"]}""");
        var vectorizer = TextVectorizer.Fit(TextFile.Read(path), new TextVectorizerOptions { MinDocuments = 1 });
        Assert.Equal([1], TextDataset.Read(path, new TextReadOptions(), vectorizer, new LabelSpace(["a", "b"])).Dataset.Labels.RowColumns(0).ToArray());
    }

    [Fact]
    public void Fit_OfTermsThatAreAllTooRare_IsAStatedError() =>
        Assert.Contains("text.minDocuments", Assert.Throws<LightDxmlException>(() =>
            TextDataset.Fit(_folder.Write("docs.jsonl", """{"text": "some words"}"""), new TextReadOptions(), new TextVectorizerOptions())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    public void IdWithALineBreak_IsAnError_ForAModelWouldTakeItForAnother(string id) =>
        Assert.Contains("line break", Assert.Throws<LightDxmlException>(() => new LabelSpace(["a b", id])).Message, StringComparison.Ordinal);
}
