using LightDxml.Encoders.Sources;
using LightDxml.Encoders.Tokens;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Tests;

public sealed class WordPieceTokenizerTests
{
    /// <summary>The vocabulary of BERT's own test of its tokenizer.</summary>
    private const string BertTestVocabulary = "[UNK]\n[CLS]\n[SEP]\nwant\n##want\n##ed\nwa\nun\nrunn\n##ing\n,\n";

    private static readonly ITextTokenizer Uncased = BuiltInEncoder.Find("minilm")!.Open(new TextEncoderOptions { Name = "minilm" }).Tokenizer;

    [Theory]
    [InlineData("UNwant\u00E9d,running", new[] { 7, 4, 5, 10, 8, 9 })]
    [InlineData("unwanted running", new[] { 7, 4, 5, 8, 9 })]
    [InlineData("unwantedX running", new[] { 0, 8, 9 })]
    [InlineData("", new int[0])]
    public void Pieces_AreThoseOfBert(string text, int[] expected) => Assert.Equal(expected, Ids(Bert(), text));

    [Theory]
    [InlineData("hello world", new[] { 7592, 2088 })]
    [InlineData("  HELLO\tworld\r\n", new[] { 7592, 2088 })]
    [InlineData("unaffable", new[] { 14477, 20961, 3468 })]
    [InlineData("Hello, world!", new[] { 7592, 1010, 2088, 999 })]
    public void Ids_OfBertUncased_AreKnown(string text, int[] expected)
    {
        Assert.Equal(expected, Ids(Uncased, text));
        Assert.Equal([101], Uncased.Prefix);
        Assert.Equal([102], Uncased.Suffix);
    }

    [Theory]
    [InlineData("Café", "cafe")]
    [InlineData("Cafe\u0301", "cafe")]
    [InlineData("İstanbul ÜNÏTED", "istanbul united")]
    [InlineData("東京tower", "東 京 tower")]
    [InlineData("don't stop-it", "don ' t stop - it")]
    [InlineData("so\u00adft \u200bhy\u0000phen", "soft hyphen")]
    [InlineData("[SEP]", "[ sep ]")]
    public void Texts_ThatBertNormalizesAlike_HaveTheSameTokens(string text, string same)
    {
        Assert.Equal(Ids(Uncased, same), Ids(Uncased, text));
        Assert.DoesNotContain(100, Ids(Uncased, text));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    [InlineData(5000, true)]
    public void Words_OfMoreThanAHundredCharacters_AreUnknown(int length, bool unknown) =>
        Assert.Equal(unknown, Ids(Uncased, new string('a', length)) is [100]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Tokens_StopAtTheLimit_WithinAWordToo(int most) =>
        Assert.Equal(Ids(Uncased, "unaffable hello unaffable")[..most], Ids(Uncased, "unaffable hello unaffable", most));

    [Fact]
    public void Size_VocabularyWithEmptyLines_IsAboveEveryId()
    {
        var tokenizer = WordPieceTokenizer.Read(new StringReader("[UNK]\n[CLS]\n[SEP]\n\n\nred\n\n"), new BertWords(true, true, true), "v.txt");
        Assert.Equal([5], Ids(tokenizer, "red"));
        Assert.Equal(6, tokenizer.Size);
    }

    [Theory]
    [InlineData("a\nb\n", "no [UNK]")]
    [InlineData("[UNK]\n[CLS]\n", "no [SEP]")]
    [InlineData("[UNK]\n[CLS]\n[SEP]\nred\nred\n", "v.txt(5): the token 'red' stands in line 4 already")]
    public void BadVocabularies_AreRefused(string vocabulary, string message) => Assert.Contains(message,
        Assert.Throws<LightDxmlException>(() => WordPieceTokenizer.Read(new StringReader(vocabulary), new BertWords(true, true, true), "v.txt")).Message, StringComparison.Ordinal);

    private static WordPieceTokenizer Bert() => WordPieceTokenizer.Read(new StringReader(BertTestVocabulary), new BertWords(true, true, true), "v.txt");

    private static int[] Ids(ITextTokenizer tokenizer, string text, int most = int.MaxValue)
    {
        var ids = new List<int>();
        tokenizer.Tokenize(System.Text.Encoding.UTF8.GetBytes(text), most, ids);
        return [.. ids];
    }
}
