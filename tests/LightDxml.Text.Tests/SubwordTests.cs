using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class SubwordTests : IDisposable
{
    private static readonly TextVectorizerOptions Always = new() { MinDocuments = 1, MaxNgram = 1, MaxFeatures = 0, Subwords = SubwordUse.Always };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mango", 4, new[] { "man…", "mango", "…ango…", "…mang…", "…ngo" })]
    [InlineData("mango", 6, new[] { "mango", "mango…", "…mango" })]
    [InlineData("mango", 7, new[] { "mango" })]
    [InlineData("an", 3, new[] { "an", "an…", "…an" })]
    [InlineData("an", 4, new[] { "an" })]
    [InlineData("Ärzte", 4, new[] { "ärz…", "ärzte", "…rzte…", "…zte", "…ärzt…" })]
    [InlineData("𝒳𝒴𝒵", 4, new[] { "…𝒳𝒴𝒵", "𝒳𝒴𝒵", "𝒳𝒴𝒵…" })]
    [InlineData("水果", 4, new[] { "果", "水" })]
    public void Subwords_AreRunsOfAWord_WithAnEllipsisWhereTheyDoNotTakeInItsEnds(string word, int length, string[] terms) =>
        Assert.Equal(terms.Order(StringComparer.Ordinal), Fit(Always with { SubwordLength = length }, word).Terms()!.Order(StringComparer.Ordinal));

    [Fact]
    public void Subwords_AreCountedOncePerDocument_AndWeighedByTheirOccurrences()
    {
        var vectorizer = Fit(Always, "tuner tuned tuner", "tunes");
        var run = vectorizer.Terms()!.ToList().IndexOf("tun…");
        Assert.Equal(2, vectorizer.DocumentFrequencies[run]);

        // "tun…" is in every word of the text, "tuned" in one of them, and every document has "tun…".
        var (columns, values) = vectorizer.Transform("tuned tuner");
        double Of(string term) => values[Array.IndexOf(columns, vectorizer.Terms()!.ToList().IndexOf(term))];
        Assert.Equal((1 + Math.Log(2)) / (1 + Math.Log(3.0 / 2)), Of("tun…") / Of("tuned"), 1e-5);
    }

    [Fact]
    public void UnknownWord_IsKnownByItsSubwords()
    {
        var vectorizer = Fit(Always, "microwave oven");
        var (columns, _) = vectorizer.Transform("microwaveoven");
        Assert.Contains("…wave…", columns.Select(vectorizer.TermOf));
        Assert.Contains("…oven…", columns.Select(vectorizer.TermOf));
        Assert.DoesNotContain("oven", columns.Select(vectorizer.TermOf));
    }

    [Theory]
    [InlineData(98, true)]
    [InlineData(99, false)]
    public void Auto_TakesSubwords_WhereTwoOfAHundredWordsOfNewDocumentsWouldBeUnknown(int known, bool takesSubwords)
    {
        // Of 100 words in documents, two (one) are in one document alone.
        var documents = Enumerable.Range(0, known / 7).Select(_ => "a0 a1 a2 a3 a4 a5 a6").Append(string.Join(' ', Enumerable.Range(0, known % 7).Select(i => $"a{i}")));
        var once = Enumerable.Range(0, 100 - known).Select(i => $"hapax{i}");
        var vectorizer = Fit(new TextVectorizerOptions { MinDocuments = 1, MaxNgram = 1 }, [.. documents, string.Join(' ', once)]);
        Assert.Equal(takesSubwords ? SubwordUse.Always : SubwordUse.None, vectorizer.Options.Subwords);
        Assert.Equal(takesSubwords, vectorizer.Terms()!.Contains("hap…"));
    }

    [Fact]
    public void Auto_WhereRareTermsAreForgotten_GoesByTheWordsBefore()
    {
        // Each document has a word of its own, which is forgotten when its documents are counted.
        TextDocument[] documents = [.. Enumerable.Range(0, 3000).Select(i => new TextDocument("", "", $"common{i % 20} word{i}", []))];
        var whole = TextVectorizer.Fit(documents, new TextVectorizerOptions());
        var bounded = TextVectorizer.Fit(documents, new TextVectorizerOptions { MaxCountedTerms = 2000 });
        Assert.Equal(SubwordUse.Always, whole.Options.Subwords);
        Assert.Equal(SubwordUse.Always, bounded.Options.Subwords);
        Assert.True(bounded.FeatureCount <= 1000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void FitAndRead_GiveTheSameBits_ForEveryThreadCount_AndFromAFile(int hashBits)
    {
        var path = _folder["docs.jsonl"];
        TextFile.Write(RandomDocuments.Create(6000, seed: 1), path);
        var options = new TextVectorizerOptions { Subwords = SubwordUse.Always, HashBits = hashBits };
        var one = TextDataset.Fit(path, new TextReadOptions { Threads = 1 }, options);
        var three = TextDataset.Fit(path, new TextReadOptions { Threads = 3 }, options);
        Assert.Equal(one.Vectorizer.Terms(), three.Vectorizer.Terms());
        SparseMatrixSamples.AssertEqual(one.Dataset.Features, three.Dataset.Features);

        // What is read need not know how subwords were chosen: the vocabulary has them or not.
        using var file = new MemoryStream();
        one.Vectorizer.Write(file);
        file.Position = 0;
        var read = TextVectorizer.Read(file, "vocabulary.txt", hashBits > 0 ? options : options with { Subwords = SubwordUse.Auto }, one.Vectorizer.FeatureCount);
        Assert.Equal(one.Vectorizer.Options, read.Options);
        SparseMatrixSamples.AssertEqual(one.Dataset.Features, read.Transform(TextFile.Read(path), threads: 2));
    }

    [Fact]
    public void Hashed_Subwords_AreColumnsOfTheirOwn()
    {
        var hashed = Fit(Always with { HashBits = 24 }, "mango");
        Assert.Equal(5, hashed.Transform("mango").Columns.Length);
        Assert.Single(Fit(Always with { HashBits = 24, Subwords = SubwordUse.Auto }, "mango").Transform("mango").Columns);
    }

    [Fact]
    public void Auto_SubwordsThatAreNotTaken_CostNoTermItsPlace()
    {
        // 400 words in every order: few are unknown, and with their subwords they come to more terms than may be counted.
        var random = new Random(1);
        TextDocument[] documents = [.. Enumerable.Range(0, 500).Select(_ => new TextDocument("", "", string.Join(' ', Enumerable.Range(0, 20).Select(_ => $"word{random.Next(400)}x")), []))];
        var options = new TextVectorizerOptions { MaxNgram = 1, MaxCountedTerms = 1000 };
        var auto = TextVectorizer.Fit(documents, options);
        Assert.Equal(SubwordUse.None, auto.Options.Subwords);
        Assert.Equal(TextVectorizer.Fit(documents, options with { Subwords = SubwordUse.None }).Terms(), auto.Terms());
        Assert.True(TextVectorizer.Fit(documents, options with { Subwords = SubwordUse.Always }).FeatureCount <= 500);
    }

    [Theory]
    [InlineData("ကို")]
    [InlineData("ក្រី")]
    [InlineData("กี่")]
    public void CharactersOfTextWithoutBlanks_AreNotCut(string text) =>
        Assert.DoesNotContain(Fit(Always, text).Terms()!, term => term.Contains('…', StringComparison.Ordinal));

    [Fact]
    public void Symbols_AreNotCut() =>
        Assert.Equal(["👩‍⚕️"], Fit(Always with { Symbols = true, MinWordLength = 1 }, "👩‍⚕️").Terms());

    [Fact]
    public void MaxFeatures_SubwordsAndWords_ComeBeforePairs_ThoseOfMostDocumentsFirst()
    {
        // "…one" and its like are in all three documents, the pair "old stone" in two.
        var terms = Fit(Always with { MaxNgram = 2, MaxFeatures = 7 }, "old stone", "old stone", "tombstone").Terms()!;
        Assert.Equal(7, terms.Count);
        Assert.DoesNotContain("old stone", terms);
        Assert.Contains("…one", terms);
        Assert.Contains("old stone", Fit(Always with { MaxNgram = 2 }, "old stone", "old stone", "tombstone").Terms()!);
    }

    [Theory]
    [InlineData("text.subwordLength=1")]
    [InlineData("text.subwordLength=65")]
    public void Length_OutOfRange_IsAStatedError(string assignment) =>
        Assert.Contains("text.subwordLength", Assert.Throws<OptionsException>(() => Settings.Apply(new(), assignment).Validate()).Message, StringComparison.Ordinal);

    [Fact]
    public void CharactersAsTerms_HaveNoSubwords()
    {
        Assert.Throws<OptionsException>(() => (Always with { Unit = TermUnit.Characters }).Validate());
        Assert.Equal(SubwordUse.None, Fit(new TextVectorizerOptions { Unit = TermUnit.Characters, MinDocuments = 1 }, "mango").Options.Subwords);
    }

    [Fact]
    public void Groups_AreWordsWithTheirSubwords_UnknownOnesToo_AndPairsAlone()
    {
        var vectorizer = Fit(Always with { MaxNgram = 2 }, "old stone", "mango");
        var document = new TextDocument("", "Old", "stone mangos xy", []);
        var (columns, _) = vectorizer.Transform("old stone mangos xy");
        var groups = vectorizer.TermGroups(document, columns);
        Assert.Equal(["old", "stone", "mangos", "old stone"], groups.Select(group => group.Term));
        Assert.Equal(["…mang…", "…ango…", "man…"], groups[2].Columns.Select(column => vectorizer.TermOf(column)!).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(columns.Order(), groups.SelectMany(group => group.Columns).Distinct().Order());
    }

    private static TextVectorizer Fit(TextVectorizerOptions options, params string[] texts) =>
        TextVectorizer.Fit(texts.Select(text => new TextDocument("", "", text, [])), options);
}
