using System.Runtime.InteropServices;

namespace LightDxml.Text.Terms;

/// <summary>The columns of terms that a vocabulary holds.</summary>
internal sealed class VocabularyColumns(Vocabulary vocabulary, TextVectorizerOptions options) : ITermColumns
{
    private readonly TokenReader _reader = new(options);
    private readonly Subwords? _subwords = vocabulary.SubwordCount > 0 ? Subwords.Of(options) : null;
    private readonly List<int> _words = [];
    private readonly List<int> _prefixes = [];
    private readonly List<int> _columns = [];
    private readonly List<int> _titleColumns = [];

    // Of a known word that was met, where in _cached the columns of its subwords begin, behind their number; 0 of others.
    private readonly int[] _subwordsOfWord = new int[vocabulary.SubwordCount > 0 ? vocabulary.WordCount : 0];
    private readonly List<int> _cached = [0];

    public ReadOnlySpan<int> Of(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
    {
        _words.Clear();
        _columns.Clear();
        _titleColumns.Clear();
        var sink = new WordSink(this);
        _reader.Read(title, default, ref sink);
        var titleWords = _words.Count;
        _titleColumns.AddRange(_columns);
        _reader.Read(default, text, ref sink);
        var words = CollectionsMarshal.AsSpan(_words);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] >= 0)
                Add(vocabulary.ColumnOfWord(words[i]), isOfTitle: i < titleWords);
        }

        CollectionsMarshal.SetCount(_prefixes, words.Length);
        var prefixes = CollectionsMarshal.AsSpan(_prefixes);
        words.CopyTo(prefixes);
        for (var n = 2; n <= vocabulary.LongestNgram; n++)
            AddNgrams(n, words, prefixes, titleWords);
        return CollectionsMarshal.AsSpan(_columns);
    }

    public ReadOnlySpan<int> OfTitle => CollectionsMarshal.AsSpan(_titleColumns);

    private void AddNgrams(int n, ReadOnlySpan<int> words, Span<int> prefixes, int titleWords)
    {
        for (var i = 0; i <= words.Length - n; i++)
        {
            var word = words[i + n - 1];
            var ngram = prefixes[i] < 0 || word < 0 ? -1 : vocabulary.FindNgram(n, prefixes[i], word);
            prefixes[i] = ngram;
            if (ngram >= 0)
                Add(vocabulary.ColumnOfNgram(n, ngram), isOfTitle: i + n <= titleWords);
        }
    }

    private void Add(int column, bool isOfTitle)
    {
        if (column < 0)
            return;
        _columns.Add(column);
        if (isOfTitle)
            _titleColumns.Add(column);
    }

    private void Add(ReadOnlySpan<byte> token)
    {
        var word = vocabulary.FindWord(token);
        _words.Add(word);
        if (_subwords is null)
            return;
        if (word < 0)
        {
            AddSubwords(token, _columns);
            return;
        }

        if (_subwordsOfWord[word] == 0)
        {
            var start = _cached.Count;
            _cached.Add(0);
            AddSubwords(token, _cached);
            _cached[start] = _cached.Count - start - 1;
            _subwordsOfWord[word] = start;
        }

        var known = CollectionsMarshal.AsSpan(_cached)[_subwordsOfWord[word]..];
        _columns.AddRange(known.Slice(1, known[0]));
    }

    private void AddSubwords(ReadOnlySpan<byte> token, List<int> columns)
    {
        var sink = new SubwordSink(vocabulary, columns);
        _subwords!.Of(token, ref sink);
    }

    private readonly struct WordSink(VocabularyColumns columns) : ITokenSink
    {
        public void Add(ReadOnlySpan<byte> token) => columns.Add(token);
    }

    private readonly struct SubwordSink(Vocabulary vocabulary, List<int> columns) : ISubwordSink
    {
        public void AddSubword(ReadOnlySpan<byte> run)
        {
            if (vocabulary.ColumnOfSubword(run) is >= 0 and var column)
                columns.Add(column);
        }
    }
}
