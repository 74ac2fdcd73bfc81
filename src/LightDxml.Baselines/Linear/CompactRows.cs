using LightDxml.Data;

namespace LightDxml.Baselines.Linear;

/// <summary>
/// Some rows of a matrix with the features that occur in them, renumbered: a node's problems read its rows many times, and
/// do so faster where they lie together and the weights are few.
/// </summary>
internal sealed class CompactRows
{
    /// <summary>More non-zeros than one array holds are not copied.</summary>
    private const long MaxNonZeros = 1L << 30;

    private readonly bool _areOwn;

    private CompactRows(SparseMatrix matrix, bool areOwn, int[]? features)
    {
        Matrix = matrix;
        _areOwn = areOwn;
        Features = features;
    }

    /// <summary>[rows, own features].</summary>
    public SparseMatrix Matrix { get; }

    /// <summary>[own features], which feature each one is, ascending; null where they are those of the whole.</summary>
    public int[]? Features { get; }

    /// <param name="rows">Ascending. All rows, or too many for one copy, are taken as they are.</param>
    /// <param name="scratch">[features] zeros, and zeros again on return; one for each thread.</param>
    public static CompactRows Of(SparseMatrix whole, ReadOnlySpan<int> rows, int[] scratch)
    {
        var offsets = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
            offsets[i + 1] = offsets[i] + whole.RowLength(rows[i]);
        if (rows.Length == whole.RowCount || offsets[^1] > MaxNonZeros)
            return new CompactRows(whole, areOwn: false, null);

        var features = new List<int>();
        foreach (var row in rows)
        {
            foreach (var column in whole.RowColumns(row))
            {
                if (scratch[column]++ == 0)
                    features.Add(column);
            }
        }

        features.Sort();
        for (var own = 0; own < features.Count; own++)
            scratch[features[own]] = own;
        var columns = new int[offsets[^1]];
        var values = new float[offsets[^1]];
        for (var i = 0; i < rows.Length; i++)
        {
            var start = (int)offsets[i];
            whole.RowValues(rows[i]).CopyTo(values.AsSpan(start));
            foreach (var column in whole.RowColumns(rows[i]))
                columns[start++] = scratch[column];
        }

        foreach (var feature in features)
            scratch[feature] = 0;
        return new CompactRows(new SparseMatrix(rows.Length, features.Count, offsets, columns, values), areOwn: true, [.. features]);
    }

    /// <summary>Cuts the rows in those of <paramref name="positives"/> and the others, as rows of <see cref="Matrix"/>; both ascend.</summary>
    /// <param name="candidates">All rows, as rows of the whole, ascending.</param>
    /// <param name="positives">Rows of the whole, ascending, each among the candidates.</param>
    /// <param name="own">[candidates], overwritten: positives first, then the others.</param>
    public void Divide(ReadOnlySpan<int> candidates, ReadOnlySpan<int> positives, Span<int> own)
    {
        var (positive, negative) = (0, positives.Length);
        for (var i = 0; i < candidates.Length; i++)
        {
            var isPositive = positive < positives.Length && positives[positive] == candidates[i];
            own[isPositive ? positive++ : negative++] = _areOwn ? i : candidates[i];
        }
    }
}
