namespace LightDxml.Baselines;

/// <summary>Sums sparse rows in a dense array and remembers which columns were touched.</summary>
internal sealed class SparseSum(int columnCount)
{
    private readonly float[] _sums = new float[columnCount];
    private readonly bool[] _seen = new bool[columnCount];
    private readonly int[] _touched = new int[columnCount];
    private int _count;

    /// <summary>sum += factor · row.</summary>
    public void Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, float factor)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            if (!_seen[column])
            {
                _seen[column] = true;
                _touched[_count++] = column;
            }

            _sums[column] += factor * values[i];
        }
    }

    /// <summary>The sum scaled to unit L2 norm, columns ascending; the sum starts again at 0.</summary>
    public (int[] Columns, float[] Values) TakeUnit()
    {
        var columns = _touched.AsSpan(0, _count).ToArray();
        Array.Sort(columns);
        var squares = 0.0;
        foreach (var column in columns)
            squares += (double)_sums[column] * _sums[column];
        var scale = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
        var values = new float[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            values[i] = _sums[columns[i]] * scale;
            _sums[columns[i]] = 0;
            _seen[columns[i]] = false;
        }

        _count = 0;
        return (columns, values);
    }
}
