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
    private float[] _dense = [];

    // Of each row the last pair that chose it, of each pair the one before; _rows are the rows that were chosen at all.
    private readonly int[] _lastPair = Filled(rowCount);
    private int[] _pairBefore = [];
    private int[] _rows = [];

    private readonly DocumentFeatures _features = new(columnCount);
    private float[] _short = [];
    private int[] _counting = [];

    /// <summary>products[i, j] = ⟨rows[chosen[i, j]], documents[first + i]⟩; 0 where none is chosen (−1).</summary>
    /// <param name="chosen">[count, width].</param>
    /// <param name="products">[count, width], overwritten. A product does not depend on what else is chosen.</param>
    public void Of(WeightedRowSum rows, SparseMatrix documents, int first, int count, ReadOnlySpan<int> chosen, Span<float> products)
    {
        var width = chosen.Length / Math.Max(1, count);
        var distinct = Gather(chosen);
        if (_dense.Length == 0)
            _dense = new float[columnCount];
        products.Clear();
        for (var r = 0; r < distinct; r++)
        {
            var row = _rows[r];
            rows.LayOut(row, _dense);
            for (var pair = _lastPair[row]; pair != None; pair = _pairBefore[pair])
            {
                documents.Row(first + pair / width, out var columns, out var values);
                products[pair] = SparseDot.Of(columns, values, _dense);
            }

            rows.Clear(row, _dense);
            _lastPair[row] = None;
        }
    }

    /// <summary>The same for one document, the same bits: of each row, only what it has at the document's features is read.</summary>
    /// <param name="columns">Below the rows' column count; not checked.</param>
    public void Of(WeightedRowSum rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<int> chosen, Span<float> products)
    {
        Reserve(columns.Length);
        _features.Set(columns);
        for (var j = 0; j < chosen.Length; j++)
        {
            var weights = _short.AsSpan(0, columns.Length);
            weights.Clear();
            if (chosen[j] >= 0)
                rows.Read(chosen[j], columns, _features, weights);
            products[j] = SparseDot.Of(_counting.AsSpan(0, columns.Length), values, _short);
        }

        _features.Clear(columns);
    }

    private void Reserve(int slots)
    {
        if (_short.Length >= slots)
            return;
        _short = new float[2 * slots];
        _counting = [.. Enumerable.Range(0, 2 * slots)];
    }

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
