using LightDxml.Data;

namespace LightDxml.Kernels.Clustering;

/// <summary>Counts the columns that some rows of a sparse matrix have; working memory of one thread.</summary>
internal sealed class ColumnNumbers(int columnCount)
{
    // Counted from 1; 0 is a column that no row has.
    private readonly int[] _numbers = new int[columnCount];
    private readonly List<int> _found = [];

    /// <returns>For each entry of the rows its column's number among those that the rows have, counted from 0 in ascending order, and how many they are.</returns>
    public (int[] Numbers, int Count) Of(SparseMatrix matrix, ReadOnlySpan<int> rows)
    {
        var entries = 0;
        foreach (var row in rows)
        {
            entries += matrix.RowLength(row);
            foreach (var column in matrix.RowColumns(row))
            {
                if (_numbers[column] != 0)
                    continue;
                _numbers[column] = 1;
                _found.Add(column);
            }
        }

        _found.Sort();
        for (var i = 0; i < _found.Count; i++)
            _numbers[_found[i]] = i + 1;
        var numbers = new int[entries];
        var next = 0;
        foreach (var row in rows)
        {
            foreach (var column in matrix.RowColumns(row))
                numbers[next++] = _numbers[column] - 1;
        }

        foreach (var column in _found)
            _numbers[column] = 0;
        var count = _found.Count;
        _found.Clear();
        return (numbers, count);
    }
}
