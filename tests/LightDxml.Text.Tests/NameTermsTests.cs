using System.Globalization;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

/// <summary>A labels file far larger than the labels in use costs no more than documents do.</summary>
public sealed class NameTermsTests : IDisposable
{
    private const int Least = 20_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(Least, Least)]
    [InlineData(25_000, Least)]
    public void TermsOfNames_AreAsManyAsTheyMayBe(int names, int taken)
    {
        var vectorizer = Fit(Enumerable.Range(0, names).Select(Word), maxNgram: 1);
        // The documents' own: "apple", "banana".
        Assert.Equal(2 + taken, vectorizer.FeatureCount);
    }

    [Theory]
    [InlineData("apple banana")]
    [InlineData("shared")]
    [InlineData("zz")]
    public void TermsOfDocumentsComeFirst_ThenShorterOnes_ThenThoseOfMostNames(string term)
    {
        // Beyond the limit by 5,000 pairs of words: "apple banana" is in a document, and words come before pairs.
        var vectorizer = Fit(Enumerable.Range(0, 25_000).Select(i => $"{Word(i % 12_000)} {Word(i / 2)} shared").Append("apple banana").Append("zz zz"), maxNgram: 2);
        Assert.Contains(term, vectorizer.Terms()!);
        Assert.Equal(2 + Least, vectorizer.FeatureCount);
    }

    // "apple" and "banana" are in three of the five documents each.
    [Theory]
    [InlineData(0.5, new[] { "apple tart", "tart" })]
    [InlineData(0.6, new[] { "apple", "banana", "apple tart", "tart" })]
    [InlineData(1, new[] { "apple", "banana", "apple tart", "tart" })]
    public void TermsOfNames_InMoreDocumentsThanTheShare_StayOut(double share, string[] terms) =>
        Assert.Equal(terms, Fit(["apple tart"], maxNgram: 2, share).Terms());

    private TextVectorizer Fit(IEnumerable<string> names, int maxNgram, double share = 1)
    {
        var path = _folder.Write("a.jsonl", string.Concat(Enumerable.Repeat("{\"text\":\"apple\",\"labels\":[\"l\"]}\n{\"text\":\"banana\",\"labels\":[\"l\"]}\n", 2)) + "{\"text\":\"apple banana\",\"labels\":[\"l\"]}\n");
        var catalog = new LabelCatalog(names.Select((name, label) => new LabelEntry($"{label}", name, [], [])));
        return TextDataset.Fit(path, new TextReadOptions(), new TextVectorizerOptions { MinDocuments = 2, MaxNgram = maxNgram, MaxDocumentShare = share }, catalog, nameSource: LabelNameSource.Catalog).Vectorizer;
    }

    private static string Word(int number) => string.Concat(number.ToString("D5", CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));
}
