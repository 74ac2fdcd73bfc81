using LightDxml.Text.Tokens;
namespace LightDxml.Encoders.Tokens;

/// <summary>
/// WordPiece, as BERT: a word is cut into the longest pieces of the vocabulary from its start on; pieces after the first are marked
/// by <c>##</c>. A word that cannot be cut whole is one unknown token.
/// </summary>
internal sealed class WordPieceTokenizer : ITextTokenizer
{
    /// <summary>Longer words are unknown.</summary>
    public const int LongestWord = 100;

    private const string Continuation = "##";

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _pieces;
    private readonly BertWords _words;
    private readonly int _unknown;

    public WordPieceTokenizer(Dictionary<string, int> vocabulary, BertWords words, int unknown, IReadOnlyList<int> prefix, IReadOnlyList<int> suffix)
    {
        Size = TokenizerJson.SizeOf(vocabulary);
        _pieces = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _words = words;
        _unknown = unknown;
        Prefix = prefix;
        Suffix = suffix;
    }

    public int Size { get; }

    public IReadOnlyList<int> Prefix { get; }

    public IReadOnlyList<int> Suffix { get; }

    /// <summary>From a file with one token a line, as BERT has it.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="LightDxmlException">The vocabulary lacks [UNK], [CLS] or [SEP], or has a token twice.</exception>
    public static WordPieceTokenizer Read(TextReader reader, BertWords words, string source)
    {
        var vocabulary = ReadVocabulary(reader, source);
        return new WordPieceTokenizer(vocabulary, words, Mark("[UNK]"), [Mark("[CLS]")], [Mark("[SEP]")]);

        int Mark(string token) => vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new LightDxmlException($"{source}: the vocabulary has no {token}; a WordPiece vocabulary, one token a line, with [UNK], [CLS] and [SEP] was expected.");
    }

    public void Tokenize(ReadOnlySpan<byte> text, int most, List<int> ids)
    {
        // The piece, with room for the mark of continuation before it.
        Span<char> buffer = stackalloc char[Continuation.Length + LongestWord + 2];
        Continuation.CopyTo(buffer);
        var word = buffer[Continuation.Length..];
        while (ids.Count < most && _words.Next(ref text, word) is > 0 and var length)
            AddPieces(buffer[..(Continuation.Length + length)], most, ids);
    }

    private static Dictionary<string, int> ReadVocabulary(TextReader reader, string source)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; reader.ReadLine() is { } token; id++)
        {
            if (token.Length > 0 && !vocabulary.TryAdd(token, id))
                throw new LightDxmlException($"{source}({id + 1}): the token '{token}' stands in line {vocabulary[token] + 1} already; a vocabulary has each token once.");
        }

        return vocabulary;
    }

    /// <param name="marked">The word with the mark of continuation before it; overwritten.</param>
    private void AddPieces(Span<char> marked, int most, List<int> ids)
    {
        var before = ids.Count;
        var end = marked.Length;
        if (end - Continuation.Length > LongestWord)
        {
            ids.Add(_unknown);
            return;
        }

        for (var start = Continuation.Length; start < end;)
        {
            // The mark is written over the characters that are done.
            var from = start == Continuation.Length ? start : start - Continuation.Length;
            if (from != start)
                Continuation.CopyTo(marked[from..]);
            var length = end - from;
            var id = _unknown;
            while (length > start - from && !_pieces.TryGetValue(marked.Slice(from, length), out id))
                length--;
            if (length == start - from)
            {
                ids.RemoveRange(before, ids.Count - before);
                ids.Add(_unknown);
                return;
            }

            ids.Add(id);
            start = from + length;
        }

        if (ids.Count > most)
            ids.RemoveRange(most, ids.Count - most);
    }
}
