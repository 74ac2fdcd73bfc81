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

    private static RowsByColumn ByColumns(SparseMatrix a, float[]? factors, SparseMatrix? b, float g)
    {
        var offsets = new long[a.ColumnCount + 1];
        for (var row = 0; row < a.RowCount; row++)
        {
            foreach (var (column, _) in new JointRow(a, row, 1, b, g))
                offsets[column + 1]++;
        }

        for (var column = 0; column < a.ColumnCount; column++)
            offsets[column + 1] += offsets[column];
        var next = offsets.AsSpan(0, a.ColumnCount).ToArray();
        var (rows, weights) = (new int[offsets[^1]], new float[offsets[^1]]);
        for (var row = 0; row < a.RowCount; row++)
        {
            foreach (var (column, weight) in new JointRow(a, row, factors is null ? 1 : factors[row], b, g))
            {
                var entry = next[column]++;
                (rows[entry], weights[entry]) = (row, weight);
            }
        }

        return new RowsByColumn(a.RowCount, offsets, rows, weights);
    }

    /// <summary>Walks f · A_r and g · B_r together, by column; the same operations as laying the row out, so the same bits.</summary>
    private ref struct JointRow
    {
        private readonly ReadOnlySpan<int> _columns;
        private readonly ReadOnlySpan<float> _values;
        private readonly float _factor;
        private readonly ReadOnlySpan<int> _otherColumns;
        private readonly ReadOnlySpan<float> _otherValues;
        private readonly float _otherFactor;
        private int _next;
        private int _otherNext;

        public JointRow(SparseMatrix a, int row, float factor, SparseMatrix? b, float g)
        {
            (_factor, _otherFactor) = (factor, g);
            a.Row(row, out _columns, out _values);
            if (b is not null)
                b.Row(row, out _otherColumns, out _otherValues);
        }

        public (int Column, float Weight) Current { get; private set; }

        public readonly JointRow GetEnumerator() => this;

        public bool MoveNext()
        {
            var column = _next < _columns.Length ? _columns[_next] : int.MaxValue;
            var other = _otherNext < _otherColumns.Length ? _otherColumns[_otherNext] : int.MaxValue;
            if (column == int.MaxValue && other == int.MaxValue)
                return false;
            Current = column < other ? (column, _factor * _values[_next++])
                : other < column ? (other, _otherFactor * _otherValues[_otherNext++])
                : (column, _factor * _values[_next++] + _otherFactor * _otherValues[_otherNext++]);
            return true;
        }
    }
}
