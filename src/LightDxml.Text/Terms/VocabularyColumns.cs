using System.Runtime.InteropServices;

namespace LightDxml.Text.Terms;

/// <summary>The columns of terms that a vocabulary holds.</summary>
internal sealed class VocabularyColumns(Vocabulary vocabulary, TextVectorizerOptions options) : ITermColumns
{
    private readonly TokenReader _reader = new(options);
    private readonly List<int> _words = [];
    private readonly List<int> _prefixes = [];
    private readonly List<int> _columns = [];

    public ReadOnlySpan<int> Of(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
    {
        _words.Clear();
        _columns.Clear();
        var sink = new Sink(vocabulary, _words);
        _reader.Read(title, text, ref sink);
        var words = CollectionsMarshal.AsSpan(_words);
        foreach (var word in words)
        {
            if (word >= 0 && vocabulary.ColumnOfWord(word) is >= 0 and var column)
                _columns.Add(column);
        }

        CollectionsMarshal.SetCount(_prefixes, words.Length);
        var prefixes = CollectionsMarshal.AsSpan(_prefixes);
        words.CopyTo(prefixes);
        for (var n = 2; n <= vocabulary.LongestNgram; n++)
            AddNgrams(n, words, prefixes);
        return CollectionsMarshal.AsSpan(_columns);
    }

    private void AddNgrams(int n, ReadOnlySpan<int> words, Span<int> prefixes)
    {
        for (var i = 0; i <= words.Length - n; i++)
        {
            var word = words[i + n - 1];
            var ngram = prefixes[i] < 0 || word < 0 ? -1 : vocabulary.FindNgram(n, prefixes[i], word);
            prefixes[i] = ngram;
            if (ngram >= 0 && vocabulary.ColumnOfNgram(n, ngram) is >= 0 and var column)
                _columns.Add(column);
        }
    }

    private readonly struct Sink(Vocabulary vocabulary, List<int> words) : ITokenSink
    {
        public void Add(ReadOnlySpan<byte> token) => words.Add(vocabulary.FindWord(token));
    }
}
