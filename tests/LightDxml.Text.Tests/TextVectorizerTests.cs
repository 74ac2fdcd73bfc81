using LightDxml.Configuration;
using LightDxml.TestKit;

namespace LightDxml.Text.Tests;

public sealed class TextVectorizerTests : IDisposable
{
    private static readonly TextVectorizerOptions All = new() { MinDocuments = 1, MaxFeatures = 0, Subwords = SubwordUse.None };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Don't panic", new[] { "don", "don panic", "panic" })]
    [InlineData("x\u00ADy a\u00ADb", new[] { "ab", "xy", "xy ab" })]
    [InlineData("हिन्दी भाषा", new[] { "भाषा", "हिन्दी", "हिन्दी भाषा" })]
    [InlineData("e\u0301te\u0301 q\u0301", new[] { "q\u0301", "\u00E9t\u00E9", "\u00E9t\u00E9 q\u0301" })]
    [InlineData("𝒳𝒴 ok", new[] { "ok", "𝒳𝒴", "𝒳𝒴 ok" })]
    [InlineData("... -- !", new string[0])]
    [InlineData("ΣΊΣΥΦΟΣ Σίσυφος", new[] { "σίσυφος", "σίσυφος σίσυφος" })]
    [InlineData("İŞ iş I\u0307\u015F", new[] { "i\u015F", "i\u015F i\u015F" })]
    [InlineData("Vi\u00EA\u0323t Vi\u1EB9\u0302t Vi\u1EC7t", new[] { "vi\u1EC7t", "vi\u1EC7t vi\u1EC7t" })]
    public void Words_AreRunsOfLettersDigitsAndMarks(string text, string[] terms) =>
        Assert.Equal(terms, Fit(All, text).Terms());

    [Fact]
    public void BytesThatAreNotUtf8_PartWords()
    {
        byte[] text = [(byte)'a', (byte)'b', 0xFF, (byte)'c', (byte)'d', 0xC3, (byte)' ', (byte)'e', (byte)'f', 0xE2, 0x82];
        var vectorizer = Fit(All with { MaxNgram = 1 }, "ab abcd cd ef");
        var (columns, _) = vectorizer.RowScratch.Get().Row(default, text);
        Assert.Equal(["ab", "cd", "ef"], columns.ToArray().Select(column => vectorizer.TermOf(column)!));
    }

    [Fact]
    public void ShortWords_ArePassedOver_AndTheirNeighboursMeet() =>
        Assert.Equal(["big", "big house", "house"], Fit(All, "big a house").Terms());

    [Fact]
    public void FoldAccents_MeetsComposedAndDecomposedLetters() =>
        Assert.Equal(["ete", "istanbul"], Fit(All with { FoldAccents = true, MaxNgram = 1 }, "été e\u0301te\u0301 İstanbul istanbul").Terms());

    [Fact]
    public void Title_ComesBeforeTheText_AndItsLastWordMeetsTheFirst()
    {
        var vectorizer = TextVectorizer.Fit([new("", "one two", "three", [])], All);
        Assert.Contains("two three", vectorizer.Terms()!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void TitleWeight_AddsTheTfOfTheTitle(int hashBits)
    {
        // Each term is in every document, so that weights are tf alone: "red wine red" as title, then "wine".
        TextDocument[] documents = [new("", "red wine red", "wine", [])];
        double[] Weights(double titleWeight)
        {
            var vectorizer = TextVectorizer.Fit(documents, All with { TitleWeight = titleWeight, HashBits = hashBits });
            var plain = TextVectorizer.Fit(documents, All with { HashBits = hashBits });
            var (columns, values) = (vectorizer.Transform(documents).RowColumns(0).ToArray(), vectorizer.Transform(documents).RowValues(0).ToArray());
            double Of(string term) => values[Array.IndexOf(columns, plain.Transform(term).Columns.Except(term.Split(' ').SelectMany(word => word == term ? [] : plain.Transform(word).Columns)).Single())];
            return [Of("red") / Of("wine"), Of("red wine") / Of("wine"), Of("wine red") / Of("wine")];
        }

        var twice = 1 + Math.Log(2);
        double[] expected = [1, 1, 1 / twice];
        Assert.All(Weights(0).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));

        // In document and title "red" is twice and twice, "wine" twice and once, "red wine" twice and once, since the title's last word meets the text's first, and "wine red" once and once.
        expected = [(twice + 3 * twice) / (twice + 3), 1, (1.0 + 3) / (twice + 3)];
        Assert.All(Weights(3).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void TitleWeight_OfTitlesAlone_ChangesNothing()
    {
        TextDocument[] documents = [new("", "red wine red", "", []), new("", "white wine", "", [])];
        var plain = TextVectorizer.Fit(documents, All).Transform(documents);
        var weighted = TextVectorizer.Fit(documents, All with { TitleWeight = 3 }).Transform(documents);
        for (var row = 0; row < 2; row++)
            Assert.All(plain.RowValues(row).ToArray().Zip(weighted.RowValues(row).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void MaxFeatures_Pairs_ComeAfterAllWordsHoweverRare()
    {
        // The pairs "red wine" and "wine cellar" are in more documents than the words "oak" and "tap".
        string[] texts = ["red wine cellar", "red wine cellar", "red wine oak", "tap"];
        string[] Names(int most) => [.. Fit(All with { MaxFeatures = most }, texts).Terms()!];
        Assert.Equal(["red", "wine", "cellar", "oak", "tap"], Names(5));
        Assert.Equal(["red", "red wine", "wine", "cellar", "oak", "tap"], Names(6));
        Assert.Equal(["red", "wine"], Names(2));
    }

    [Fact]
    public void MaxFeatures_KeepsTheTermsOfMostDocuments_TiesByTheirBytes()
    {
        var options = All with { MaxNgram = 1, MaxFeatures = 3 };
        Assert.Equal(["dd", "zz", "bb"], Fit(options, "zz dd", "zz ee", "bb", "bb dd", "zz cc", "dd").Terms());
        Assert.Equal(["zz", "aa", "bb"], Fit(options, "zz cc", "zz bb", "dd aa").Terms());
    }

    [Fact]
    public void DocumentLimits_AreInclusive()
    {
        string[] texts = ["aa bb cc", "aa bb", "aa", "aa dd"];
        Assert.Equal(["bb"], Fit(All with { MaxNgram = 1, MinDocuments = 2, MaxDocumentShare = 0.5 }, texts).Terms());
        Assert.Equal(["aa", "bb"], Fit(All with { MaxNgram = 1, MinDocuments = 2 }, texts).Terms());
    }

    [Fact]
    public void Rows_AreOfUnitLength_AndThoseOfNoKnownTermAreEmpty()
    {
        var vectorizer = Fit(All, "one two three", "two three three four");
        var (columns, values) = vectorizer.Transform("two two four unknown");
        Assert.Equal(["two", "four"], columns.Select(vectorizer.TermOf));
        Assert.Equal(1, values.Sum(value => value * value), 1e-6);
        Assert.Empty(vectorizer.Transform("unknown words").Columns);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(65)]
    public void Rows_OfAFewDocuments_AreThoseOfMany(int count)
    {
        TextDocument[] documents = [.. RandomDocuments.Create(count, seed: 4), new("", "A title", "", []), new("", "", "\ud800 nothing known", [])];
        var vectorizer = TextVectorizer.Fit(documents[..count], All);
        SparseMatrixSamples.AssertEqual(vectorizer.Transform(Streamed()), vectorizer.Transform(documents));

        // Nobody can tell how many documents come.
        IEnumerable<TextDocument> Streamed()
        {
            foreach (var document in documents)
                yield return document;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void FitAndRead_GiveTheSameBits_ForEveryThreadCount(int hashBits)
    {
        var path = _folder["docs.jsonl"];
        // More than one block of lines, so that threads share the work.
        TextFile.Write(RandomDocuments.Create(6000, seed: 1), path);
        Assert.True(new FileInfo(path).Length > 5 << 20);
        var options = new TextVectorizerOptions { HashBits = hashBits };
        var one = TextDataset.Fit(path, new TextReadOptions { Threads = 1 }, options);
        var three = TextDataset.Fit(path, new TextReadOptions { Threads = 3 }, options);
        Assert.Equal(one.Vectorizer.Terms(), three.Vectorizer.Terms());
        Assert.Equal(one.Labels.Ids, three.Labels.Ids);
        SparseMatrixSamples.AssertEqual(one.Dataset.Features, three.Dataset.Features);
        SparseMatrixSamples.AssertEqual(one.Dataset.Labels, three.Dataset.Labels);
        SparseMatrixSamples.AssertEqual(one.Dataset.Features, one.Vectorizer.Transform(TextFile.Read(path), threads: 2));
    }

    [Fact]
    public void MaxCountedTerms_BoundsTheCounter_AndFrequentTermsStay()
    {
        // 128 MiB of text are a round of counting; the limit is looked at after each, and here after the only one.
        var documents = RandomDocuments.Create(2000, seed: 2);
        var whole = TextVectorizer.Fit(documents, All with { MaxNgram = 3, MaxFeatures = 100 });
        var bounded = TextVectorizer.Fit(documents, All with { MaxNgram = 3, MaxCountedTerms = 2000 });
        Assert.True(bounded.FeatureCount <= 1000);
        Assert.Superset(whole.Terms()!.ToHashSet(), bounded.Terms()!.ToHashSet());
        for (var column = 0; column < bounded.FeatureCount; column++)
            Assert.True(bounded.DocumentFrequencies[column] >= 2);
    }

    [Fact]
    public void Hashed_RowsDependOnTermsOnly_AndRareColumnsAreEmpty()
    {
        var vectorizer = Fit(All with { HashBits = 20, MinDocuments = 2 }, "one two", "one two", "one four");
        Assert.Equal(1 << 20, vectorizer.FeatureCount);
        Assert.Null(vectorizer.Terms());
        Assert.Equal(3, vectorizer.Transform("one two").Columns.Length);
        Assert.Equal(vectorizer.Transform("one").Columns, vectorizer.Transform("one four").Columns);
    }

    [Theory]
    [InlineData("😀\u200D\nx", new[] { "x", "😀" })]
    [InlineData("😀\u200D\tx", new[] { "x", "😀" })]
    [InlineData("😀\u200D x", new[] { "x", "😀" })]
    [InlineData("😀\u200Dx 😀\u200D", new[] { "x", "😀" })]
    [InlineData("👩\u200D⚕\uFE0F 🙂\u200D↔\uFE0F", new[] { "👩\u200D⚕\uFE0F", "🙂\u200D↔\uFE0F" })]
    [InlineData("\uFFFD x", new[] { "x" })]
    public void Symbols_JoinedToSymbolsAlone_AreTermsThatAFileKeeps(string text, string[] terms)
    {
        var options = All with { Symbols = true, MaxNgram = 1, MinWordLength = 1 };
        var vectorizer = Fit(options, text);
        Assert.Equal(terms, vectorizer.Terms());

        using var file = new MemoryStream();
        vectorizer.Write(file);
        file.Position = 0;
        var read = TextVectorizer.Read(file, "vocabulary.txt", options, vectorizer.FeatureCount);
        TextDocument[] documents = [new("", "", text, [])];
        SparseMatrixSamples.AssertEqual(vectorizer.Transform(documents), read.Transform(documents));
    }

    [Theory]
    [InlineData("text.minNgram=0")]
    [InlineData("text.maxNgram=0")]
    [InlineData("text.hashBits=40")]
    [InlineData("text.maxCountedTerms=300000000")]
    [InlineData("text.maxDocumentShare=1.5")]
    public void Options_OutOfRange_AreStatedErrors(string assignment) =>
        Assert.Contains(assignment.Split('=')[0], Assert.Throws<OptionsException>(() => Settings.Apply(new(), assignment).Validate()).Message, StringComparison.Ordinal);

    private static TextVectorizer Fit(TextVectorizerOptions options, params string[] texts) =>
        TextVectorizer.Fit(texts.Select(text => new TextDocument("", "", text, [])), options);
}
