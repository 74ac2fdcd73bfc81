using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>
/// Inner products of documents with the rows that were chosen for each, row by row instead of document by document: a row is laid
/// out with its zeros once, and each document that chose it reads its own few features from there. Documents of a block choose
/// many rows in common, and a row has some ten times the entries of a document. Holds one thread's memory.
/// </summary>
/// <param name="rowCount">Rows that can be chosen.</param>
/// <param name="columnCount">Their columns, the documents' features.</param>
internal sealed class PairProducts(int rowCount, int columnCount)
{
    private const int None = -1;
    private const int Chains = 4;

    /// <summary>
    /// Documents of fewer entries in all read what they need of the rows, where these are stored by columns: too few choose a row in common
    /// to pay for laying it out.
    /// </summary>
    private const int FewEntries = 1 << 13;

    /// <summary>So many documents of few entries are short ones, and the next blocks will be: columns are stored for them.</summary>
    private const int ManyDocuments = 128;

    private float[] _dense = [];

    // Of each row the last pair that chose it, of each pair the one before; _rows are the rows that were chosen at all.
    private readonly int[] _lastPair = Filled(rowCount);
    private int[] _pairBefore = [];
    private int[] _rows = [];

    private float[] _sums = [];

    /// <summary>products[i, j] = ⟨rows[chosen[i, j]], documents[first + i]⟩; 0 where none is chosen (−1).</summary>
    /// <param name="chosen">[count, width].</param>
    /// <param name="products">[count, width], overwritten. A product does not depend on what else is chosen.</param>
    public void Of(WeightedRowSum rows, SparseMatrix documents, int first, int count, ReadOnlySpan<int> chosen, Span<float> products)
    {
        var width = chosen.Length / Math.Max(1, count);
        var few = documents.RowOffsets[first + count] - documents.RowOffsets[first] < FewEntries;
        if (few && (count >= ManyDocuments || rows.IsByColumn) && rows.ByColumn is not null)
        {
            for (var i = 0; i < count; i++)
            {
                documents.Row(first + i, out var columns, out var values);
                Of(rows, columns, values, chosen.Slice(i * width, width), products.Slice(i * width, width));
            }

            return;
        }

        var distinct = Gather(chosen);
        var dense = Dense();
        products.Clear();
        for (var r = 0; r < distinct; r++)
        {
            var row = _rows[r];
            rows.LayOut(row, dense);
            for (var pair = _lastPair[row]; pair != None; pair = _pairBefore[pair])
            {
                documents.Row(first + pair / width, out var columns, out var values);
                products[pair] = SparseDot.Of(columns, values, dense);
            }

            rows.Clear(row, dense);
            _lastPair[row] = None;
        }
    }

    /// <summary>The same for one document, the same bits: only what the rows have at the document's features is read.</summary>
    /// <param name="columns">Below the rows' column count; not checked.</param>
    /// <param name="chosen">[width].</param>
    /// <param name="products">[width], overwritten.</param>
    public void Of(WeightedRowSum rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<int> chosen, Span<float> products)
    {
        if (rows.ByColumn is not { } byColumn)
        {
            OneByOne(rows, columns, values, chosen, products);
            return;
        }

        // Of a row that is chosen twice the last place has the sums, and the chains of pairs are free to be written over.
        var (width, distinct) = (chosen.Length, Gather(chosen));
        if (_sums.Length < Chains * width)
            _sums = new float[Chains * width];

        // The four chains of sums that SparseDot has, one after the other.
        var sums = _sums.AsSpan(0, Chains * width);
        sums.Clear();
        var inChains = columns.Length - columns.Length % Chains;
        for (var j = 0; j < columns.Length; j++)
        {
            byColumn.Prefetch(columns[j..]);
            var chain = j < inChains ? j % Chains : 0;
            byColumn.AddTo(columns[j], values[j], _rows.AsSpan(0, distinct), _lastPair, _pairBefore, sums.Slice(chain * width, width));
        }

        for (var j = 0; j < width; j++)
        {
            products[j] = chosen[j] >= 0 && _lastPair[chosen[j]] is var place
                ? sums[place] + sums[width + place] + (sums[2 * width + place] + sums[3 * width + place])
                : 0;
        }

        foreach (var row in _rows.AsSpan(0, distinct))
            _lastPair[row] = None;
    }

    /// <summary>The same where the rows are too many to be stored by columns as well: each is laid out.</summary>
    private void OneByOne(WeightedRowSum rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<int> chosen, Span<float> products)
    {
        var dense = Dense();
        for (var j = 0; j < chosen.Length; j++)
        {
            products[j] = 0;
            if (chosen[j] < 0)
                continue;
            rows.LayOut(chosen[j], dense);
            products[j] = SparseDot.Of(columns, values, dense);
            rows.Clear(chosen[j], dense);
        }
    }

    private float[] Dense() => _dense.Length == 0 ? _dense = new float[columnCount] : _dense;

    /// <summary>Chains the pairs of each row together.</summary>
    /// <returns>How many rows were chosen.</returns>
    private int Gather(ReadOnlySpan<int> chosen)
    {
        if (_pairBefore.Length < chosen.Length)
            (_pairBefore, _rows) = (new int[chosen.Length], new int[chosen.Length]);
        var distinct = 0;
        for (var pair = 0; pair < chosen.Length; pair++)
        {
            var row = chosen[pair];
            if (row < 0)
                continue;
            if (_lastPair[row] == None)
                _rows[distinct++] = row;
            _pairBefore[pair] = _lastPair[row];
            _lastPair[row] = pair;
        }

        return distinct;
    }

    private static int[] Filled(int length)
    {
        var pairs = new int[length];
        Array.Fill(pairs, None);
        return pairs;
    }
}
