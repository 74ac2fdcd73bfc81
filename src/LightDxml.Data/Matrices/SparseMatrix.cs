using System.Runtime.InteropServices;

namespace LightDxml.Data;

/// <summary>
/// An immutable sparse matrix in compressed rows (CSR): of each row the columns, ascending, and their values. Row offsets
/// are 64-bit and the non-zeros lie in blocks that end at row boundaries, so that more than 2³¹ of them can be held.
/// A label matrix has no values: every entry counts 1. Kernels read rows without a check of their own, so a matrix from outside
/// is checked once, when it is made; the memory it is made of must not be changed afterwards.
/// </summary>
public sealed partial class SparseMatrix
{
    private readonly ReadOnlyMemory<long> _rowOffsets;
    private readonly Block[] _blocks;

    // Of a view: the rows of the blocks that its rows are, and the offsets of the blocks' rows.
    private readonly int[]? _storedRows;
    private readonly ReadOnlyMemory<long> _storedOffsets;

    /// <param name="rowOffsets">[rows + 1], ascending from 0.</param>
    /// <param name="blocks">The non-zeros, cut at row boundaries; the first block starts at row 0.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, offsets do not ascend, or a row's columns do not ascend within [0, columns).</exception>
    public SparseMatrix(int rowCount, int columnCount, ReadOnlyMemory<long> rowOffsets, IReadOnlyList<Block> blocks)
        : this(rowCount, columnCount, rowOffsets, blocks, areChecked: false)
    {
    }

    private SparseMatrix(int rowCount, int columnCount, ReadOnlyMemory<long> rowOffsets, IReadOnlyList<Block> blocks, bool areChecked)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(columnCount);
        ArgumentNullException.ThrowIfNull(blocks);
        if (rowOffsets.Length != rowCount + 1)
            throw new ArgumentException($"{rowCount} rows need {rowCount + 1} offsets, but there are {rowOffsets.Length}.", nameof(rowOffsets));
        RowCount = rowCount;
        ColumnCount = columnCount;
        _rowOffsets = _storedOffsets = rowOffsets;
        _blocks = [.. blocks];
        HasValues = _blocks.Any(block => !block.Values.IsEmpty);
        CheckBlocks();
        if (!areChecked)
            CheckEntries();
        GC.KeepAlive(this);
    }

    /// <summary>A matrix in one block.</summary>
    /// <exception cref="ArgumentException">Sizes do not fit, offsets do not ascend, or a row's columns do not ascend within [0, columns).</exception>
    public SparseMatrix(int rowCount, int columnCount, long[] rowOffsets, int[] columns, float[]? values = null)
        : this(rowCount, columnCount, rowOffsets, [new Block(0, columns, values)])
    {
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Number of columns; column numbers are below it.</summary>
    public int ColumnCount { get; }

    /// <summary>Whether entries carry values; label matrices do not.</summary>
    public bool HasValues { get; }

    /// <summary>Number of entries that are stored.</summary>
    public long NonZeroCount => _rowOffsets.Span[^1];

    /// <summary>The first non-zero of each row, [rows + 1].</summary>
    public ReadOnlySpan<long> RowOffsets => _rowOffsets.Span;

    /// <summary>The number of entries of a row.</summary>
    public int RowLength(int row)
    {
        var offsets = _rowOffsets.Span;
        return (int)(offsets[row + 1] - offsets[row]);
    }

    /// <summary>The columns of a row, ascending. They may lie in a mapped file: valid while the matrix is in use, which the span alone does not show.</summary>
    public ReadOnlySpan<int> RowColumns(int row)
    {
        var (block, start, length) = Locate(row);
        return block.Columns.Span.Slice(start, length);
    }

    /// <summary>The values of a row, empty where the matrix has none. Valid while the matrix is in use, as columns are.</summary>
    public ReadOnlySpan<float> RowValues(int row)
    {
        if (!HasValues)
            return default;
        var (block, start, length) = Locate(row);
        return block.Values.Span.Slice(start, length);
    }

    /// <summary>The columns and the values of a row, found at once.</summary>
    internal void Row(int row, out ReadOnlySpan<int> columns, out ReadOnlySpan<float> values)
    {
        var (block, start, length) = Locate(row);
        columns = block.Columns.Span.Slice(start, length);
        values = HasValues ? block.Values.Span.Slice(start, length) : default;
    }

    private (Block Block, int Start, int Length) Locate(int row)
    {
        row = _storedRows is null ? row : _storedRows[row];
        var offsets = _storedOffsets.Span;
        var block = _blocks[0];
        if (_blocks.Length > 1)
        {
            int low = 0, high = _blocks.Length - 1;
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (_blocks[middle].FirstRow <= row)
                    low = middle;
                else
                    high = middle - 1;
            }

            block = _blocks[low];
        }

        return (block, (int)(offsets[row] - offsets[block.FirstRow]), (int)(offsets[row + 1] - offsets[row]));
    }

    /// <summary>A matrix whose offsets and columns the caller has checked or made: only sizes are looked at.</summary>
    internal static SparseMatrix OfChecked(int rowCount, int columnCount, ReadOnlyMemory<long> rowOffsets, IReadOnlyList<Block> blocks) =>
        new(rowCount, columnCount, rowOffsets, blocks, areChecked: true);

    /// <summary>Every block starts at a row that follows the last, and holds the non-zeros that the offsets promise.</summary>
    private void CheckBlocks()
    {
        if (_blocks.Length == 0 ? NonZeroCount != 0 || RowCount > 0 : _blocks[0].FirstRow != 0)
            throw new ArgumentException("The first block must start at row 0.", nameof(_blocks));
        for (var b = 0; b < _blocks.Length; b++)
        {
            var block = _blocks[b];
            var end = b + 1 < _blocks.Length ? _blocks[b + 1].FirstRow : RowCount;
            if (end < block.FirstRow)
                throw new ArgumentException($"Block {b} starts at row {block.FirstRow}, after the block that follows it.", nameof(_blocks));
            var promised = _rowOffsets.Span[end] - _rowOffsets.Span[block.FirstRow];
            if (block.Columns.Length < promised || promised < 0 || (HasValues && block.Values.Length < promised))
                throw new ArgumentException($"Block {b} needs {promised} non-zeros, but has {block.Columns.Length} columns and {block.Values.Length} values.", nameof(_blocks));
        }
    }

    /// <summary>Some rows of another matrix, in place: 12 bytes per row, whatever the rows hold.</summary>
    private SparseMatrix(SparseMatrix whole, ReadOnlySpan<int> rows)
    {
        RowCount = rows.Length;
        ColumnCount = whole.ColumnCount;
        HasValues = whole.HasValues;
        _blocks = whole._blocks;
        _storedOffsets = whole._storedOffsets;
        _storedRows = rows.ToArray();
        var offsets = new long[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            offsets[i + 1] = offsets[i] + whole.RowLength(rows[i]);
            _storedRows[i] = whole._storedRows is null ? rows[i] : whole._storedRows[rows[i]];
        }

        _rowOffsets = offsets;
    }

    private SparseMatrix(SparseMatrix whole, int columnCount)
    {
        RowCount = whole.RowCount;
        ColumnCount = columnCount;
        HasValues = whole.HasValues;
        _blocks = whole._blocks;
        _rowOffsets = whole._rowOffsets;
        _storedOffsets = whole._storedOffsets;
        _storedRows = whole._storedRows;
    }

    /// <summary>Whether the entries lie outside the managed memory, in a mapped file: then rows are selected in place.</summary>
    internal bool IsMapped => _blocks.Any(block => !block.Columns.IsEmpty && !MemoryMarshal.TryGetArray(block.Columns, out _));

    /// <summary>The same entries among at least as many columns.</summary>
    internal SparseMatrix WithColumnCount(int columnCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, ColumnCount);
        return columnCount == ColumnCount ? this : new SparseMatrix(this, columnCount);
    }

    /// <summary>Non-zeros of one block at most, so that its arrays stay well below the runtime's limit: 2³⁰.</summary>
    internal const long MaxBlockNonZeros = 1L << 30;

    /// <summary>
    /// Cuts rows into ranges of at most <paramref name="maxNonZeros"/> non-zeros. A row that is longer is a range of its own;
    /// no rows at all give one empty range.
    /// </summary>
    /// <param name="rowOffsets">[rows + 1], ascending from 0.</param>
    internal static List<(int First, int End)> CutRows(ReadOnlySpan<long> rowOffsets, long maxNonZeros)
    {
        var rowCount = rowOffsets.Length - 1;
        var ranges = new List<(int First, int End)>();
        var first = 0;
        for (var row = 0; row < rowCount; row++)
        {
            if (row > first && rowOffsets[row + 1] - rowOffsets[first] > maxNonZeros)
            {
                ranges.Add((first, row));
                first = row;
            }
        }

        ranges.Add((first, rowCount));
        return ranges;
    }

    /// <summary>The non-zeros of consecutive rows from <paramref name="FirstRow"/> on.</summary>
    /// <param name="Values">As many as columns, or empty in a matrix without values.</param>
    public sealed record Block(int FirstRow, ReadOnlyMemory<int> Columns, ReadOnlyMemory<float> Values);
}
