using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>Rows f_r · A_r + g · B_r: they are laid out with their zeros one by one, or stored by columns for documents that come alone.</summary>
/// <param name="a">[rows, columns].</param>
/// <param name="factors">f, [rows], or null for 1.</param>
/// <param name="b">[rows, columns], or null.</param>
/// <param name="mostStored">Entries up to which the rows are stored by columns too; 256 MB unless another number is given.</param>
internal sealed class WeightedRowSum(SparseMatrix a, float[]? factors = null, SparseMatrix? b = null, float g = 0, long mostStored = 1L << 25)
{
    // Who predicts in batches needs no columns.
    private readonly Lazy<RowsByColumn?> _byColumn = new(() => a.NonZeroCount + (b?.NonZeroCount ?? 0) > mostStored ? null : ByColumns(a, factors, b, g));

    /// <summary>The rows by columns, stored at the first call; null where they are too many.</summary>
    public RowsByColumn? ByColumn => _byColumn.Value;

    /// <summary>Whether the rows are stored by columns already.</summary>
    public bool IsByColumn => _byColumn is { IsValueCreated: true, Value: not null };

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

    private float Factor(int row) => factors is null ? 1 : factors[row];

    /// <summary>The same operations as laying a row out, so the same bits.</summary>
    private static RowsByColumn ByColumns(SparseMatrix a, float[]? factors, SparseMatrix? b, float g)
    {
        var most = a.NonZeroCount + (b?.NonZeroCount ?? 0);
        var (offsets, columns, values, count) = (new long[a.RowCount + 1], new int[most], new float[most], 0);
        for (var row = 0; row < a.RowCount; row++)
        {
            ReadOnlySpan<int> otherColumns = [];
            ReadOnlySpan<float> otherValues = [];
            a.Row(row, out var ownColumns, out var ownValues);
            b?.Row(row, out otherColumns, out otherValues);
            var factor = factors is null ? 1 : factors[row];
            for (int i = 0, j = 0; i < ownColumns.Length || j < otherColumns.Length; count++)
            {
                var (own, other) = (i < ownColumns.Length ? ownColumns[i] : int.MaxValue, j < otherColumns.Length ? otherColumns[j] : int.MaxValue);
                columns[count] = Math.Min(own, other);
                values[count] = own < other ? factor * ownValues[i++]
                    : other < own ? g * otherValues[j++]
                    : factor * ownValues[i++] + g * otherValues[j++];
            }

            offsets[row + 1] = count;
        }

        var rows = SparseMatrix.OfChecked(a.RowCount, a.ColumnCount, offsets, [new SparseMatrix.Block(0, columns.AsMemory(0, count), values.AsMemory(0, count))]);
        return new RowsByColumn(rows.Transpose());
    }
}
