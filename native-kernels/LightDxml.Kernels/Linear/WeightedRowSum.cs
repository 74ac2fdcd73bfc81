using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>Rows f_r · A_r + g · B_r that are never stored: they are laid out with their zeros, or read at a document's features.</summary>
/// <param name="a">[rows, columns].</param>
/// <param name="factors">f, [rows], or null for 1.</param>
/// <param name="b">[rows, columns], or null.</param>
internal sealed class WeightedRowSum(SparseMatrix a, float[]? factors = null, SparseMatrix? b = null, float g = 0)
{
    // Who lays rows out needs no tables.
    private readonly Lazy<RowLookup> _lookup = new(() => new RowLookup(a));

    /// <param name="dense">[columns], zeros; afterwards the row.</param>
    public unsafe void LayOut(int row, Span<float> dense)
    {
        a.Row(row, out var columns, out var values);
        var factor = Factor(row);
        fixed (float* target = dense, value = values)
        fixed (int* column = columns)
        {
            for (var j = 0; j < columns.Length; j++)
                target[column[j]] = factor * value[j];
        }

        if (b is null)
            return;
        b.Row(row, out columns, out values);
        ScatterAdd.Into(dense, g, columns, values);
    }

    /// <summary>Takes back what <see cref="LayOut"/> wrote.</summary>
    public void Clear(int row, Span<float> dense)
    {
        foreach (var column in a.RowColumns(row))
            dense[column] = 0;
        if (b is null)
            return;
        foreach (var column in b.RowColumns(row))
            dense[column] = 0;
    }

    /// <summary>What the row has at a document's features.</summary>
    /// <param name="documentColumns">The document's features.</param>
    /// <param name="features">The same features, set.</param>
    /// <param name="weights">[document's features], zeros; afterwards the row's weights.</param>
    public void Read(int row, ReadOnlySpan<int> documentColumns, DocumentFeatures features, Span<float> weights)
    {
        a.Row(row, out var columns, out var values);
        var factor = Factor(row);
        if (_lookup.Value.Holds(row))
        {
            _lookup.Value.Read(row, values, factor, documentColumns, weights);
        }
        else
        {
            foreach (var j in features.In(columns))
                weights[features.Place(columns[j])] = factor * values[j];
        }

        if (b is null)
            return;
        b.Row(row, out columns, out values);
        foreach (var j in features.In(columns))
            weights[features.Place(columns[j])] += g * values[j];
    }

    private float Factor(int row) => factors is null ? 1 : factors[row];
}
