using LightDxml.Names;
using LightDxml.Text;

namespace LightDxml.Tests.Names;

public sealed class NameIndexTests
{
    private static readonly TextVectorizer Vectorizer = TextVectorizer.Fit(
        [.. new[] { "red wine and tariffs", "white wine", "banana import", "bananas of the islands", "tariff law" }.Select(text => new TextDocument("", "", text, []))],
        new TextVectorizerOptions { MinDocuments = 1, MaxDocumentShare = 1, MaxNgram = 2 });

    [Fact]
    public void Match_SimilarityIsCosineTimesCoverage_ByHand()
    {
        // "wine" is in two of five documents, "white" in one, as is the pair: rarities 1 + ln 2, 1 + ln 3, 1 + ln 3.
        var matcher = Matcher([["white wine"]]);
        var (wine, white) = (1 + Math.Log(2), 1 + Math.Log(3));
        var norm = Math.Sqrt(wine * wine + 2 * white * white);

        matcher.Match(Columns("wine"), [0.5f]);
        var share = wine * wine / (norm * norm);
        Assert.Equal(wine / norm * share, matcher[0].Similarity, 1e-5);
        Assert.Equal(share, matcher[0].Coverage, 1e-5);
        Assert.Equal(share * norm, matcher[0].Information, 1e-4);
    }

    [Fact]
    public void Match_AllTermsOfAName_CoverItWhole_WhateverElseTheDocumentHas()
    {
        var matcher = Matcher([["white wine"], ["law"]]);
        matcher.Match(Columns("white", "wine", "white wine", "banana"), [1, 1, 1, 1]);
        Assert.Equal(1, matcher[0].Coverage, 1e-5);
        Assert.Equal([0], matcher.Labels);
        Assert.Equal(default, matcher[1]);
    }

    // "quantum" is in none of five documents, "banana" in one: rarities 1 + ln 6 and 1 + ln 3.
    [Fact]
    public void Match_NameWithAWordThatNoDocumentHas_IsNeverFoundWhole()
    {
        var matcher = Matcher([["quantum banana"]]);
        matcher.Match(Columns("banana"), [1]);
        var (quantum, banana) = (1 + Math.Log(6), 1 + Math.Log(3));
        Assert.Equal(banana * banana / (banana * banana + quantum * quantum), matcher[0].Coverage, 1e-5);
    }

    [Fact]
    public void Match_SeveralNames_TheBestCounts()
    {
        var alone = Matcher([["tariff law"]]);
        var both = Matcher([["tariff law", "law"]]);
        foreach (var matcher in new[] { alone, both })
            matcher.Match(Columns("law"), [1]);
        Assert.True(alone[0].Coverage < 1);
        Assert.Equal(1, both[0].Coverage, 1e-5);
    }

    [Theory]
    [InlineData(WordEndings.None, "banana", false)]
    [InlineData(WordEndings.Plural, "banana", true)]
    [InlineData(WordEndings.Plural, "tariffs", true)]
    [InlineData(WordEndings.Prefix, "banana", true)]
    [InlineData(WordEndings.Prefix, "tariffs", true)]
    [InlineData(WordEndings.Alike, "banana", true)]
    [InlineData(WordEndings.Alike, "tariffs", true)]
    public void Match_EndingsThatDoNotCount(WordEndings endings, string word, bool found)
    {
        var matcher = Matcher([["bananas"], ["tariff"]], endings);
        matcher.Match(Columns(word), [1]);
        Assert.Equal(found, matcher.Labels.Count == 1);
    }

    [Fact]
    public void Match_WordsThatAreMerelyAlike_CountLess_AndAsMuchAsTheSameWithPrefix()
    {
        var matcher = Matcher([["banana"], ["bananas"]], WordEndings.Alike);
        matcher.Match(Columns("bananas"), [1]);
        Assert.Equal((0.6f, 0.36f), (matcher[0].Coverage, matcher[0].Similarity), Near);
        Assert.Equal((1f, 1f), (matcher[1].Coverage, matcher[1].Similarity), Near);
        matcher.Match(Columns("banana", "bananas"), [1, 2]);
        Assert.Equal(1, matcher[0].Similarity, 1e-5);
        matcher.Match(Columns("banana"), [1]);
        Assert.Equal((1f, 0.36f), (matcher[0].Similarity, matcher[1].Similarity), Near);
        var prefix = Matcher([["banana"], ["bananas"]], WordEndings.Prefix);
        prefix.Match(Columns("bananas"), [1]);
        Assert.Equal(prefix[0], prefix[1]);
    }

    [Fact]
    public void Match_WordOfANameThatIsMerelyAlike_CountsLess_WhereTheNameHasOthers()
    {
        var matcher = Matcher([["tariff law"], ["tariffs law"]], WordEndings.Alike);
        matcher.Match(Columns("tariffs", "law"), [1, 1]);
        Assert.True(matcher[1].Similarity > matcher[0].Similarity);
        Assert.InRange(matcher[0].Coverage, 0.3f, 0.9f);
    }

    private static bool Near((float, float) one, (float, float) other) => Math.Abs(one.Item1 - other.Item1) < 1e-5 && Math.Abs(one.Item2 - other.Item2) < 1e-5;

    [Theory]
    [InlineData("glass", "glass")]
    [InlineData("gas", "gas")]
    [InlineData("laws", "law")]
    public void Plural_LeavesShortWordsAndDoubleSAlone(string word, string without) =>
        Assert.Equal(without, NameIndex.WithoutEnding(word, WordEndings.Plural));

    [Fact]
    public void Match_OneDocumentAfterTheOther_LeavesNothingBehind()
    {
        var fresh = Matcher([["white wine"], ["banana"]]);
        var used = Matcher([["white wine"], ["banana"]]);
        used.Match(Columns("wine", "white", "import"), [1, 2, 3]);
        foreach (var matcher in new[] { fresh, used })
            matcher.Match(Columns("banana"), [1]);
        Assert.Equal(fresh.Labels, used.Labels);
        Assert.Equal((fresh[0], fresh[1]), (used[0], used[1]));
    }

    [Fact]
    public void Best_IsSortedAndKeepsToTheRange_TiesByRow()
    {
        var matcher = Matcher([["law"], ["white wine"], ["law"], ["wine"]]);
        matcher.Match(Columns("wine", "law"), [1, 2]);
        var (labels, scores) = (new int[4], new float[4]);
        matcher.Best(labels, scores);
        Assert.Equal([0, 2, 3, 1], labels);
        Assert.Equal(scores.OrderDescending(), scores);
        matcher.Best(labels, scores, first: 1, end: 3);
        Assert.Equal([2, 1, -1, -1], labels);
    }

    [Fact]
    public void Match_NothingInCommon_OrNoFeatures_GivesNoLabels()
    {
        var matcher = Matcher([["law"], [], ["   "], ["unheard of"]]);
        matcher.Match(Columns("banana"), [1]);
        Assert.Empty(matcher.Labels);
        matcher.Match([], []);
        Assert.Empty(matcher.Labels);
    }

    private static NameMatcher Matcher(string[][] names, WordEndings endings = WordEndings.None) => new(NameIndex.Build(new LabelTexts(names), Vectorizer, endings));

    private static int[] Columns(params string[] terms) => [.. terms.Select(term => Vectorizer.Terms()!.ToList().IndexOf(term)).Order()];
}
