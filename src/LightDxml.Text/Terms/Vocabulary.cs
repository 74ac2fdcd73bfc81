using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>The terms that are features: column c is the c-th term. Immutable, safe for many threads.</summary>
internal sealed class Vocabulary
{
    private readonly WordTable _words = new();
    private readonly WordTable _subwords = new();
    private readonly int[] _wordColumns;
    private readonly int[] _subwordColumns;
    private readonly NgramTable[] _ngrams;
    private readonly int[][] _ngramColumns;

    /// <param name="terms">Terms of one word or of words that a blank parts; of characters, terms that are one word each.</param>
    public Vocabulary(IReadOnlyList<byte[]> terms, TermUnit unit)
    {
        Terms = terms;
        var longest = unit == TermUnit.Characters ? 1 : terms.Max(term => (int?)term.AsSpan().Count((byte)' ') + 1) ?? 1;
        _ngrams = [.. Enumerable.Range(0, longest - 1).Select(_ => new NgramTable())];
        var (columns, subwordColumns) = (new List<int>[longest], new List<int>());
        for (var n = 0; n < longest; n++)
            columns[n] = [];
        for (var column = 0; column < terms.Count; column++)
        {
            if (unit == TermUnit.Words && Subwords.IsSubword(terms[column]))
                Set(subwordColumns, _subwords.GetOrAdd(terms[column]), column);
            else
                Add(terms[column], column, unit, columns);
        }

        _subwordColumns = Filled(subwordColumns, _subwords.Count);
        _wordColumns = Filled(columns[0], _words.Count);
        _ngramColumns = [.. _ngrams.Select((table, i) => Filled(columns[i + 1], table.Count))];
    }

    public IReadOnlyList<byte[]> Terms { get; }

    /// <summary>Words of the longest term.</summary>
    public int LongestNgram => _ngrams.Length + 1;

    /// <summary>Words that a term begins with or has.</summary>
    public int WordCount => _words.Count;

    /// <summary>Terms that are subwords.</summary>
    public int SubwordCount => _subwords.Count;

    /// <summary>A word's number where a term begins with it or has it, else −1.</summary>
    public int FindWord(ReadOnlySpan<byte> word) => _words.Find(word);

    public int ColumnOfWord(int word) => _wordColumns[word];

    /// <summary>The column of a subword, −1 where it is not a term.</summary>
    public int ColumnOfSubword(ReadOnlySpan<byte> run) => _subwords.Find(run) is >= 0 and var number ? _subwordColumns[number] : -1;

    /// <summary>The number of an n-gram from that of its first words and of its last, −1 where no term begins with it.</summary>
    public int FindNgram(int n, int prefix, int word) => _ngrams[n - 2].Find(NgramTable.Key(prefix, word));

    public int ColumnOfNgram(int n, int ngram) => _ngramColumns[n - 2][ngram];

    public string Name(int column) => Encoding.UTF8.GetString(Terms[column]);

    private void Add(byte[] term, int column, TermUnit unit, List<int>[] columns)
    {
        if (unit == TermUnit.Characters)
        {
            Set(columns[0], _words.GetOrAdd(term), column);
            return;
        }

        var (n, number) = (0, 0);
        foreach (var range in term.AsSpan().Split((byte)' '))
        {
            var word = _words.GetOrAdd(term.AsSpan(range));
            number = ++n == 1 ? word : _ngrams[n - 2].GetOrAdd(NgramTable.Key(number, word));
        }

        Set(columns[n - 1], number, column);
    }

    private static void Set(List<int> columns, int number, int column)
    {
        while (columns.Count <= number)
            columns.Add(-1);
        columns[number] = column;
    }

    private static int[] Filled(List<int> columns, int count) => [.. columns, .. Enumerable.Repeat(-1, count - columns.Count)];
}
