using System.Runtime.CompilerServices;

namespace LightDxml.Data.Parsing;

/// <summary>Collects rows entry by entry, in any order of columns, and gives them as chunks with ascending columns. Its arrays are reused.</summary>
internal sealed class RowCollector(bool withValues)
{
    private readonly RowSorter _sorter = new();
    private readonly List<int> _rowLengths = [];
    private int[] _columns = new int[1 << 12];
    private float[] _values = withValues ? new float[1 << 12] : [];
    private int _count;
    private int _rowStart;
    private int _lastColumn = -1;
    private bool _ascending = true;
    private int _maxColumn = -1;

    /// <summary>Adds an entry to the row that is open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int column, float value = 1)
    {
        if (_count == _columns.Length)
            Grow();
        _columns[_count] = column;
        if (withValues)
            _values[_count] = value;
        _count++;
        _ascending &= column > _lastColumn;
        _lastColumn = column;
    }

    /// <summary>Ends the row and sorts it if need be.</summary>
    /// <returns>The least column that the row has twice, −1 where there is none.</returns>
    public int EndRow()
    {
        var columns = _columns.AsSpan(_rowStart, _count - _rowStart);
        var duplicate = -1;
        if (!_ascending)
        {
            if (withValues)
                _sorter.Sort(columns, _values.AsSpan(_rowStart, columns.Length));
            else
                columns.Sort();
            duplicate = FirstDuplicate(columns);
        }

        if (!columns.IsEmpty)
            _maxColumn = Math.Max(_maxColumn, columns[^1]);
        _rowLengths.Add(columns.Length);
        _rowStart = _count;
        _lastColumn = -1;
        _ascending = true;
        return duplicate;
    }

    /// <summary>The rows collected since the last call.</summary>
    public RowChunk Take()
    {
        var values = withValues ? _values.AsSpan(0, _count).ToArray() : [];
        var chunk = new RowChunk([.. _rowLengths], _columns.AsSpan(0, _count).ToArray(), values, _maxColumn);
        _rowLengths.Clear();
        _count = _rowStart = 0;
        _maxColumn = -1;
        return chunk;
    }

    private static int FirstDuplicate(ReadOnlySpan<int> columns)
    {
        for (var i = 1; i < columns.Length; i++)
        {
            if (columns[i] == columns[i - 1])
                return columns[i];
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        Array.Resize(ref _columns, _columns.Length * 2);
        if (withValues)
            Array.Resize(ref _values, _columns.Length);
    }
}
