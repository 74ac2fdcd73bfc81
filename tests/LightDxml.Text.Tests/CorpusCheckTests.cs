using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class CorpusCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_CountsWhatItShould_AndNamesPlaces()
    {
        var train = _folder.Write("train.jsonl", """
            {"text": "One two three", "labels": ["a", "b"]}
            {"text": "one, TWO three!", "labels": ["b", "a"]}
            {"title": "one two", "text": "three", "labels": ["a"]}
            {"text": "...", "labels": []}
            {"text": "three two one", "labels": ["c"]}
            """);
        var test = _folder.Write("test.jsonl", """
            {"text": "three two one", "labels": ["d", "a"]}
            {"text": "three two one", "labels": ["d", "a"]}
            {"text": "new", "labels": ["d", "e"]}
            {"text": "new", "labels": ["d", "e"]}
            """);
        var report = CorpusCheck.Run(train, test, new TextReadOptions());
        var (first, second) = (report.Splits[0], report.Splits[1]);
        Assert.Equal((5, 2, 1, 1), (first.Documents, first.Duplicates.Count, first.Empty.Count, first.WithoutLabels.Count));
        Assert.Equal((4, 2, 0, 0), (second.Documents, second.Duplicates.Count, second.Empty.Count, second.WithoutLabels.Count));
        Assert.Equal(2, report.TestInTrain.Count);
        Assert.Equal(3, report.OtherLabels.Count);
        Assert.Equal((2, 6, 8), (report.UnseenLabels.Count, report.UnseenPairs, report.TestPairs));
        Assert.Equal(["d (4 times)", "e (2 times)"], report.UnseenLabels.Examples);
        Assert.Equal($"{train}(2) has the text of {train}(1)", first.Duplicates.Examples[0]);
        Assert.Equal($"{test}(1) has the text of {train}(5)", report.TestInTrain.Examples[0]);
    }

    [Fact]
    public void Run_OfOneFile_HasNoTestFindings()
    {
        var report = CorpusCheck.Run(_folder.Write("docs.tab", "a b\tx\na b\ty\n"), null, new TextReadOptions());
        Assert.Equal((1L, 1L, 0L), (report.Splits.Single().Duplicates.Count, report.OtherLabels.Count, report.TestInTrain.Count));
    }
}
