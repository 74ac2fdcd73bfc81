using LightDxml.Text.Reading;
using LightDxml.Text.Terms;

namespace LightDxml.Text.Tokens;

/// <summary>The words that have a number of their own, and the reading of documents by them. Immutable, safe for many threads.</summary>
internal sealed class TokenVocabulary
{
    /// <summary>Tokens of a document that are kept: networks read fewer.</summary>
    internal const int MostTokens = 4096;

    private readonly TextVectorizerOptions _options;
    private readonly Vocabulary _words;

    private TokenVocabulary(Vocabulary words, TextVectorizerOptions options) => (_words, _options) = (words, options);

    /// <summary>Words, and the two tokens that are none.</summary>
    public int TokenCount => _words.Terms.Count + TokenSequences.FirstWord;

    /// <summary>The words of a training file: those of enough documents, most frequent first.</summary>
    /// <param name="options">How text is cut into words, and which are kept; pairs and the weights of terms do not count.</param>
    /// <exception cref="LightDxmlException">The file cannot be read, or holds no words that are frequent enough.</exception>
    public static TokenVocabulary Fit(string path, TextReadOptions read, TextVectorizerOptions options)
    {
        options = options with { Unit = TermUnit.Words, MinNgram = 1, MaxNgram = 1, Subwords = SubwordUse.None, HashBits = 0, MinWordLength = 1 };
        var counts = CorpusCounts.Of(DocumentSource.OfFile(path, read), options.Validate(), read.Threads);
        var (words, _) = counts.Select([]);
        return words is { Length: > 0 }
            ? new TokenVocabulary(new Vocabulary(words, TermUnit.Words), options)
            : throw new LightDxmlException($"{path}: {NoTerms.Reason(counts, options)}");
    }

    /// <summary>The documents of a file, title before text; of each its first <see cref="MostTokens"/> tokens.</summary>
    /// <exception cref="LightDxmlException">The file cannot be read, or its tokens are more than 2³¹ − 1.</exception>
    public TokenSequences Read(string path, TextReadOptions read) => DocumentTokens.Read(path, read, TokenCount, () =>
    {
        var reader = new TokenReader(_options);
        return (title, text, found) =>
        {
            var sink = new Sink(_words, found);
            reader.Read(title, text, ref sink);
        };
    });

    private readonly struct Sink(Vocabulary words, List<int> found) : ITokenSink
    {
        public void Add(ReadOnlySpan<byte> token)
        {
            if (found.Count < MostTokens)
                found.Add(words.FindWord(token) is >= 0 and var word ? words.ColumnOfWord(word) + TokenSequences.FirstWord : TokenSequences.Unknown);
        }
    }
}
