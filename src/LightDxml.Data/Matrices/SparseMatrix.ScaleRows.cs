using System.Numerics.Tensors;

namespace LightDxml.Data;

public sealed partial class SparseMatrix
{
    /// <summary>Each row times the factor that <paramref name="factor"/> gives for its values; the columns are shared, not copied.</summary>
    public SparseMatrix ScaleRows(Func<ReadOnlySpan<float>, float> factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        if (_storedRows is not null)
            return SelectRows([.. Enumerable.Range(0, RowCount)], MaxBlockNonZeros).ScaleRows(factor);
        var blocks = new Block[_blocks.Length];
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = _blocks[b];
            var values = block.Values.ToArray();
            var endRow = b + 1 < blocks.Length ? _blocks[b + 1].FirstRow : RowCount;
            for (var row = block.FirstRow; row < endRow; row++)
            {
                var start = (int)(RowOffsets[row] - RowOffsets[block.FirstRow]);
                var scaled = values.AsSpan(start, RowLength(row));
                TensorPrimitives.Multiply(scaled, factor(scaled), scaled);
            }

            blocks[b] = new Block(block.FirstRow, block.Columns, values);
        }

        return OfChecked(RowCount, ColumnCount, _rowOffsets, blocks);
    }
}
