namespace LightDxml.Kernels.Linear;

/// <summary>
/// The features of one document, for finding them in rows of many entries: a bit per column, which stays in the first-level cache, tells
/// whether an entry is one of them, and only then its place in the document is looked up. Holds one thread's memory.
/// </summary>
/// <param name="columnCount">Columns of the rows.</param>
internal sealed class DocumentFeatures(int columnCount)
{
    private const int WordBits = 64;
    private readonly ulong[] _bits = new ulong[(columnCount + WordBits - 1) / WordBits];
    private readonly int[] _places = new int[columnCount];
    private int[] _found = [];

    /// <param name="columns">Below the column count; not checked.</param>
    public void Set(ReadOnlySpan<int> columns)
    {
        for (var place = 0; place < columns.Length; place++)
        {
            var column = columns[place];
            _bits[column / WordBits] |= 1UL << column;
            _places[column] = place;
        }
    }

    /// <summary>Takes back what <see cref="Set"/> did.</summary>
    public void Clear(ReadOnlySpan<int> columns)
    {
        foreach (var column in columns)
            _bits[column / WordBits] = 0;
    }

    /// <summary>The document's place of a column that it has.</summary>
    public int Place(int column) => _places[column];

    /// <summary>Which entries of a row the document has, ascending; valid until the next call.</summary>
    /// <param name="columns">The row's columns, below the column count; not checked.</param>
    public unsafe ReadOnlySpan<int> In(ReadOnlySpan<int> columns)
    {
        if (_found.Length < columns.Length)
            _found = new int[2 * columns.Length];
        var count = 0;
        fixed (int* column = columns, found = _found)
        fixed (ulong* bits = _bits)
        {
            // A count and no branch: which entries the document has, nothing could predict.
            for (var j = 0; j < columns.Length; j++)
            {
                found[count] = j;
                count += (int)((bits[(uint)column[j] / WordBits] >> column[j]) & 1);
            }
        }

        return _found.AsSpan(0, count);
    }
}
