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

    // Of a known word that was met, where in _parts the columns of its runs begin, behind their number; 0 of others.
    private readonly int[] _partsOfWord = new int[vocabulary.SubwordCount > 0 ? vocabulary.WordCount : 0];
    private readonly List<int> _parts = [0];

    public ReadOnlySpan<int> Of(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
    {
        _words.Clear();
        _columns.Clear();
        var sink = new WordSink(this);
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

    private void Add(ReadOnlySpan<byte> token)
    {
        var word = vocabulary.FindWord(token);
        _words.Add(word);
        if (_subwords is null)
            return;
        if (word < 0)
        {
            AddParts(token, _columns);
            return;
        }

        if (_partsOfWord[word] == 0)
        {
            var start = _parts.Count;
            _parts.Add(0);
            AddParts(token, _parts);
            _parts[start] = _parts.Count - start - 1;
            _partsOfWord[word] = start;
        }

        var known = CollectionsMarshal.AsSpan(_parts)[_partsOfWord[word]..];
        _columns.AddRange(known.Slice(1, known[0]));
    }

    private void AddParts(ReadOnlySpan<byte> token, List<int> columns)
    {
        var sink = new PartSink(vocabulary, columns);
        _subwords!.Of(token, ref sink);
    }

    private readonly struct WordSink(VocabularyColumns columns) : ITokenSink
    {
        public void Add(ReadOnlySpan<byte> token) => columns.Add(token);
    }

    private readonly struct PartSink(Vocabulary vocabulary, List<int> columns) : ISubwordSink
    {
        public void AddSubword(ReadOnlySpan<byte> run)
        {
            if (vocabulary.ColumnOfSubword(run) is >= 0 and var column)
                columns.Add(column);
        }
    }
}
