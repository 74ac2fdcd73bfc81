using System.Runtime.InteropServices;

namespace LightDxml.Text.Terms;

/// <summary>Columns by hash, of every term: no vocabulary, and terms may share a column.</summary>
internal sealed class HashedColumns(TextVectorizerOptions options) : ITermColumns
{
    private readonly TokenReader _reader = new(options);
    private readonly int _shortest = options.Unit == TermUnit.Characters ? 1 : options.MinNgram;
    private readonly List<ulong> _words = [];
    private readonly List<ulong> _prefixes = [];
    private readonly List<int> _columns = [];
    private readonly List<int> _titleColumns = [];

    public ReadOnlySpan<int> Of(ReadOnlySpan<byte> title, ReadOnlySpan<byte> text)
    {
        _words.Clear();
        _columns.Clear();
        _titleColumns.Clear();
        var sink = new Sink(_words, _columns, 64 - options.HashBits);
        _reader.ReadTerms(title, default, ref sink);
        var titleWords = _words.Count;
        _titleColumns.AddRange(_columns);
        _reader.ReadTerms(default, text, ref sink);
        var words = CollectionsMarshal.AsSpan(_words);
        CollectionsMarshal.SetCount(_prefixes, words.Length);
        var prefixes = CollectionsMarshal.AsSpan(_prefixes);
        words.CopyTo(prefixes);
        var shift = 64 - options.HashBits;
        for (var n = 1; n <= _reader.LongestNgram; n++)
        {
            for (var i = 0; i <= words.Length - n; i++)
            {
                if (n > 1)
                    prefixes[i] = WordHash.Of(prefixes[i], words[i + n - 1]);
                if (n < _shortest)
                    continue;
                _columns.Add((int)(prefixes[i] >> shift));
                if (i + n <= titleWords)
                    _titleColumns.Add(_columns[^1]);
            }
        }

        return CollectionsMarshal.AsSpan(_columns);
    }

    public ReadOnlySpan<int> OfTitle => CollectionsMarshal.AsSpan(_titleColumns);

    private readonly struct Sink(List<ulong> words, List<int> columns, int shift) : ITermSink
    {
        public void Add(ReadOnlySpan<byte> token) => words.Add(WordHash.Of(token));

        public void AddSubword(ReadOnlySpan<byte> run) => columns.Add((int)(WordHash.Of(run) >> shift));
    }
}
