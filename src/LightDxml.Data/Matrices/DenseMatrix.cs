using System.Runtime.InteropServices;

namespace LightDxml.Data;

/// <summary>
/// A dense row-major matrix of floats whose rows start at 64-byte boundaries: the stride is the dimension rounded up to
/// 16 floats. The padding is zero and kernels keep it so. Rows × stride must stay below 2³¹.
/// </summary>
internal sealed class DenseMatrix
{
    private const int FloatsPerLine = 16;
    private readonly float[] _storage;
    private readonly int _start;

    /// <exception cref="LightDxmlException">Rows × stride reaches 2³¹.</exception>
    public DenseMatrix(int rowCount, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        RowCount = rowCount;
        Dimensions = dimensions;
        Stride = StrideOf(dimensions);
        var length = (long)rowCount * Stride + FloatsPerLine;
        if (length > Array.MaxLength)
            throw new LightDxmlException($"A matrix of {rowCount} rows × {Stride} floats is larger than the {Array.MaxLength} floats that one matrix can hold.");
        _storage = GC.AllocateArray<float>((int)length, pinned: true);
        var address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_storage, 0);
        _start = (int)((64 - address % 64) % 64 / sizeof(float));
    }

    public int RowCount { get; }

    public int Dimensions { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>All rows with their padding, [rows × stride].</summary>
    public Span<float> Span => _storage.AsSpan(_start, RowCount * Stride);

    /// <summary>The stride of rows of <paramref name="dimensions"/> floats.</summary>
    public static int StrideOf(int dimensions) => (dimensions + FloatsPerLine - 1) / FloatsPerLine * FloatsPerLine;

    /// <summary>One row without its padding.</summary>
    public Span<float> Row(int row) => _storage.AsSpan(_start + row * Stride, Dimensions);

    /// <summary>Rows from <paramref name="first"/> on, with their padding.</summary>
    public Span<float> Rows(int first, int count) => _storage.AsSpan(_start + first * Stride, count * Stride);

    /// <summary>Copies of the given rows, side by side.</summary>
    public DenseMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        var selected = new DenseMatrix(rows.Length, Dimensions);
        for (var i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(selected.Row(i));
        return selected;
    }

    /// <summary>Puts the rows into another order, in place: row i becomes what row <paramref name="order"/>[i] was.</summary>
    /// <param name="order">Every row once.</param>
    public void ReorderRows(ReadOnlySpan<int> order)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(order.Length, RowCount);
        var placed = new bool[RowCount];
        var first = new float[Dimensions];
        for (var start = 0; start < RowCount; start++)
        {
            if (placed[start])
                continue;
            Row(start).CopyTo(first);
            var row = start;
            for (; order[row] != start; row = order[row])
            {
                Row(order[row]).CopyTo(Row(row));
                placed[row] = true;
            }

            first.CopyTo(Row(row));
            placed[row] = true;
        }
    }

    /// <summary>A copy of the first columns of every row.</summary>
    public DenseMatrix FirstColumns(int count)
    {
        var first = new DenseMatrix(RowCount, count);
        for (var row = 0; row < RowCount; row++)
            Row(row)[..count].CopyTo(first.Row(row));
        return first;
    }

    public DenseMatrix Clone()
    {
        var copy = new DenseMatrix(RowCount, Dimensions);
        Span.CopyTo(copy.Span);
        return copy;
    }
}
