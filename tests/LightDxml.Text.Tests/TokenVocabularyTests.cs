using LightDxml.TestKit;
using LightDxml.Text.Tokens;

namespace LightDxml.Text.Tests;

public sealed class TokenVocabularyTests : IDisposable
{
    private static readonly TextVectorizerOptions All = new() { MinDocuments = 1, MaxFeatures = 0 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Documents_HasTheirWordsInOrder_TitleFirst_AndOneNumberForThoseUnknown()
    {
        File.WriteAllLines(_folder["train.jsonl"],
        [
            """{"title": "Red", "text": "a cat, a cat and a dog", "labels": ["x"]}""",
            """{"text": "a cat", "labels": ["y"]}""",
        ]);
        File.WriteAllLines(_folder["new.jsonl"], ["""{"title": "A bird", "text": "red RED dog", "labels": ["x"]}""", """{"text": "", "labels": []}"""]);
        var vocabulary = TokenVocabulary.Fit(_folder["train.jsonl"], new TextReadOptions(), All);
        Assert.Equal(5 + 2, vocabulary.TokenCount);

        var train = vocabulary.Read(_folder["train.jsonl"], new TextReadOptions());
        var numbers = train[0].ToArray();
        Assert.Equal([numbers[1], numbers[2]], train[1].ToArray());
        Assert.Equal([numbers[1], numbers[2], numbers[1], numbers[2]], numbers[1..5]);
        Assert.Equal(8, numbers.Length);
        Assert.Equal(5, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, TokenSequences.FirstWord, vocabulary.TokenCount - 1));

        var fresh = vocabulary.Read(_folder["new.jsonl"], new TextReadOptions());
        Assert.Equal([numbers[1], TokenSequences.Unknown, numbers[0], numbers[0], numbers[7]], fresh[0].ToArray());
        Assert.True(fresh[1].IsEmpty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Read_AnyThreads_IsTheSame(int threads)
    {
        File.WriteAllLines(_folder["train.jsonl"], RandomTexts().Select(text => $$"""{"text": "{{text}}", "labels": ["x"]}"""));
        var read = new TextReadOptions { Threads = threads };
        var documents = TokenVocabulary.Fit(_folder["train.jsonl"], read, All with { MinDocuments = 2 }).Read(_folder["train.jsonl"], read);
        var alone = TokenVocabulary.Fit(_folder["train.jsonl"], read with { Threads = 2 }, All with { MinDocuments = 2 }).Read(_folder["train.jsonl"], read);
        Assert.Equal(alone.Tokens, documents.Tokens);
        Assert.Equal(200, documents.DocumentCount);
    }

    [Fact]
    public void Select_Documents_KeepsTheOrderAskedFor()
    {
        var documents = new TokenSequences([0, 2, 2, 5], [2, 3, 4, 5, 6], 7);
        var some = documents.Select([2, 0, 1]);
        Assert.Equal([4, 5, 6], some[0].ToArray());
        Assert.Equal([2, 3], some[1].ToArray());
        Assert.True(some[2].IsEmpty);
    }

    [Fact]
    public void Read_LongDocument_IsCut()
    {
        File.WriteAllLines(_folder["train.jsonl"], [$$"""{"text": "{{string.Join(' ', Enumerable.Repeat("word", 5000))}}", "labels": ["x"]}"""]);
        Assert.Equal(TokenVocabulary.MostTokens, TokenVocabulary.Fit(_folder["train.jsonl"], new TextReadOptions(), All).Read(_folder["train.jsonl"], new TextReadOptions())[0].Length);
    }

    private static IEnumerable<string> RandomTexts()
    {
        var numbers = new Random(5);
        return Enumerable.Range(0, 200).Select(_ => string.Join(' ', Enumerable.Range(0, numbers.Next(1, 30)).Select(_ => $"w{numbers.Next(60)}")));
    }
}
