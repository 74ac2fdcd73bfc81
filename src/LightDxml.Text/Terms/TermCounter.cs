using System.Runtime.InteropServices;

namespace LightDxml.Text.Terms;

/// <summary>
/// Counts the documents of every term, as one thread meets them. Counters of several threads are added up afterwards;
/// sums do not depend on who counted what.
/// </summary>
internal sealed class TermCounter
{
    private readonly int _maxNgram;
    private readonly NgramTable[] _ngrams;
    private readonly Counts[] _counts;
    private Counts _subwordCounts = new();
    private Subwords? _cut;

    // The subwords of word w are _subwordsOfWords[_subwordStarts[w].._subwordStarts[w + 1]].
    private readonly List<int> _subwordsOfWords = [];
    private readonly List<int> _subwordStarts = [0];
    private int[] _prefixes = [];
    private ulong[] _keys = [];

    /// <param name="maxNgram">Words of a term at most; 1 where terms are runs of characters.</param>
    /// <param name="subwords">Cuts the subwords that are counted, too; null where none are.</param>
    public TermCounter(int maxNgram, Subwords? subwords = null)
    {
        (_maxNgram, _cut) = (maxNgram, subwords);
        _ngrams = [.. Enumerable.Range(0, maxNgram - 1).Select(_ => new NgramTable())];
        _counts = [.. Enumerable.Range(0, maxNgram).Select(_ => new Counts())];
    }

    public WordTable Words { get; } = new();

    /// <summary>Runs of characters within words.</summary>
    public WordTable Subwords { get; private set; } = new();

    public long TermCount => Words.Count + Subwords.Count + _ngrams.Sum(table => (long)table.Count);

    public int DocumentCount { get; private set; }

    /// <summary>The n-grams of <paramref name="n"/> ≥ 2 words.</summary>
    public NgramTable Ngrams(int n) => _ngrams[n - 2];

    /// <summary>Documents that have a term of <paramref name="n"/> words, or, where that is 0, a subword.</summary>
    public int Documents(int n, int term) => n == 0 ? _subwordCounts.Documents(term) : _counts[n - 1].Documents(term);

    /// <summary>Documents that have a term, 0 where it was not met.</summary>
    /// <param name="words">The term's words, no more than are counted together.</param>
    public int Documents(ReadOnlySpan<byte[]> words)
    {
        var term = Words.Find(words[0]);
        for (var n = 2; n <= words.Length && term >= 0; n++)
            term = Words.Find(words[n - 1]) is >= 0 and var word ? Ngrams(n).Find(NgramTable.Key(term, word)) : -1;
        return term < 0 ? 0 : Documents(words.Length, term);
    }

    /// <param name="tokens">The document's tokens as numbers of <see cref="Words"/>.</param>
    public void CountDocument(ReadOnlySpan<int> tokens)
    {
        var stamp = ++DocumentCount;
        _counts[0].EnsureCapacity(Words.Count);
        CutNewWords();
        foreach (var token in tokens)
        {
            if (_counts[0].Count(token, stamp) && _cut is not null)
                CountSubwords(token, stamp);
        }

        if (_maxNgram == 1)
            return;
        if (_prefixes.Length < tokens.Length)
        {
            _prefixes = new int[tokens.Length * 2];
            _keys = new ulong[tokens.Length * 2];
        }

        tokens.CopyTo(_prefixes);
        for (var n = 2; n <= _maxNgram && n <= tokens.Length; n++)
            CountNgrams(n, tokens, stamp);
    }

    /// <summary>Adds the counts of another counter, of other documents.</summary>
    /// <param name="leastDocuments">Terms of the other with fewer documents are left out.</param>
    public void Add(TermCounter other, int leastDocuments = 1)
    {
        DocumentCount += other.DocumentCount;
        var words = new int[other.Words.Count];
        for (var word = 0; word < words.Length; word++)
        {
            var documents = other.Documents(1, word);
            words[word] = documents < leastDocuments ? -1 : Words.GetOrAdd(other.Words[word]);
            _counts[0].EnsureCapacity(Words.Count);
            if (words[word] >= 0)
                _counts[0].Add(words[word], documents);
        }

        for (var subword = 0; subword < other.Subwords.Count; subword++)
        {
            var documents = other.Documents(0, subword);
            if (documents < leastDocuments)
                continue;
            var number = Subwords.GetOrAdd(other.Subwords[subword]);
            _subwordCounts.EnsureCapacity(Subwords.Count);
            _subwordCounts.Add(number, documents);
        }

        var prefixes = words;
        for (var n = 2; n <= _maxNgram; n++)
            prefixes = AddNgrams(n, other, prefixes, words, leastDocuments);
    }

    /// <summary>The counter without the rarest terms, so many that at most <paramref name="most"/> remain.</summary>
    /// <remarks>A term's prefix is in every document that the term is in, so it is never dropped before the term.</remarks>
    public TermCounter Prune(long most)
    {
        var least = 2;
        while (CountFrom(least) > most)
            least++;
        var kept = new TermCounter(_maxNgram, _cut);
        kept.Add(this, least);
        return kept;
    }

    /// <summary>Forgets subwords, and counts none from now on.</summary>
    public void DropSubwords() => (Subwords, _subwordCounts, _cut) = (new WordTable(), new Counts(), null);

    /// <summary>
    /// The share of words in further documents that none of these has, as Good and Turing estimate it: of the words of documents, those that
    /// one document alone has (Good, Biometrika 40, 1953).
    /// </summary>
    public double UnseenShare()
    {
        var (once, all) = (0L, 0L);
        for (var word = 0; word < Words.Count; word++)
        {
            var documents = Documents(1, word);
            once += documents == 1 ? 1 : 0;
            all += documents;
        }

        return all == 0 ? 0 : (double)once / all;
    }

    /// <summary>Finds the subwords of words that were met for the first time.</summary>
    private void CutNewWords()
    {
        if (_cut is null)
            return;
        var sink = new Sink(Subwords, _subwordsOfWords);
        for (var word = _subwordStarts.Count - 1; word < Words.Count; word++)
        {
            _cut.Of(Words[word], ref sink);
            _subwordStarts.Add(_subwordsOfWords.Count);
        }

        _subwordCounts.EnsureCapacity(Subwords.Count);
    }

    private void CountSubwords(int word, int stamp)
    {
        foreach (var subword in CollectionsMarshal.AsSpan(_subwordsOfWords)[_subwordStarts[word].._subwordStarts[word + 1]])
            _subwordCounts.Count(subword, stamp);
    }

    private void CountNgrams(int n, ReadOnlySpan<int> tokens, int stamp)
    {
        const int Ahead = 16;
        var table = _ngrams[n - 2];
        var counts = _counts[n - 1];
        var count = tokens.Length - n + 1;
        var (prefixes, keys) = (_prefixes, _keys);
        for (var i = 0; i < count; i++)
            keys[i] = NgramTable.Key(prefixes[i], tokens[i + n - 1]);
        for (var i = 0; i < count; i++)
        {
            if (i + Ahead < count)
                table.Prefetch(keys[i + Ahead]);
            var ngram = table.GetOrAdd(keys[i]);
            counts.EnsureCapacity(table.Count);
            counts.Count(ngram, stamp);
            prefixes[i] = ngram;
        }
    }

    private int[] AddNgrams(int n, TermCounter other, int[] prefixes, int[] words, int leastDocuments)
    {
        var (table, counts, theirs) = (Ngrams(n), _counts[n - 1], other.Ngrams(n));
        var numbers = new int[theirs.Count];
        for (var ngram = 0; ngram < numbers.Length; ngram++)
        {
            numbers[ngram] = -1;
            var documents = other.Documents(n, ngram);
            var (prefix, word) = (prefixes[theirs.Prefix(ngram)], words[theirs.LastWord(ngram)]);
            if (documents < leastDocuments || prefix < 0 || word < 0)
                continue;
            numbers[ngram] = table.GetOrAdd(NgramTable.Key(prefix, word));
            counts.EnsureCapacity(table.Count);
            counts.Add(numbers[ngram], documents);
        }

        return numbers;
    }

    private long CountFrom(int leastDocuments)
    {
        var count = _subwordCounts.From(leastDocuments, Subwords.Count);
        for (var n = 1; n <= _maxNgram; n++)
            count += _counts[n - 1].From(leastDocuments, n == 1 ? Words.Count : Ngrams(n).Count);
        return count;
    }

    private readonly struct Sink(WordTable subwords, List<int> found) : ISubwordSink
    {
        public void AddSubword(ReadOnlySpan<byte> run) => found.Add(subwords.GetOrAdd(run));
    }

    /// <summary>Of every term of one length its documents, and the last document that counted it.</summary>
    private sealed class Counts
    {
        private (int Documents, int Stamp)[] _terms = new (int, int)[1 << 10];

        public int Documents(int term) => _terms[term].Documents;

        public void EnsureCapacity(int count)
        {
            if (count > _terms.Length)
                Array.Resize(ref _terms, Math.Max(count, _terms.Length * 2));
        }

        /// <returns>Whether the document had not counted it yet.</returns>
        public bool Count(int term, int stamp)
        {
            ref var entry = ref _terms[term];
            if (entry.Stamp == stamp)
                return false;
            entry.Stamp = stamp;
            entry.Documents++;
            return true;
        }

        public void Add(int term, int documents) => _terms[term].Documents += documents;

        public long From(int leastDocuments, int count)
        {
            long found = 0;
            foreach (ref readonly var entry in _terms.AsSpan(0, count))
                found += entry.Documents >= leastDocuments ? 1 : 0;
            return found;
        }
    }
}
