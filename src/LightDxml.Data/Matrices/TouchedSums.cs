namespace LightDxml.Data;

/// <summary>Sums over a few of many rows, columns or labels; emptied in the time of those that were touched. Of one thread.</summary>
internal sealed class TouchedSums(int size)
{
    private readonly float[] _sums = new float[size];
    private readonly bool[] _seen = new bool[size];
    private readonly int[] _touched = new int[size];
    private int _count;

    public void Add(int index, float value)
    {
        Touch(index);
        _sums[index] += value;
    }

    /// <summary>Adds a sparse row.</summary>
    public void Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < columns.Length; i++)
            Add(columns[i], values[i]);
    }

    /// <summary>The greater of what the index has and <paramref name="value"/>, instead of the sum.</summary>
    public void Raise(int index, float value)
    {
        var isNew = Touch(index);
        _sums[index] = isNew ? value : Math.Max(_sums[index], value);
    }

    /// <summary>Adds all to other sums, and starts again at 0.</summary>
    public void MoveTo(TouchedSums other)
    {
        foreach (var index in Touched)
            other.Add(index, _sums[index]);
        Clear();
    }

    /// <summary>Fills a ranking with the greatest sums, scaled, and starts again at 0.</summary>
    public void TakeTop(float scale, Span<int> indices, Span<float> scores)
    {
        var top = new BestRows<float>(indices, scores);
        foreach (var index in Touched)
            top.Offer(index, _sums[index] * scale);
        Clear();
    }

    /// <summary>All that were touched, ascending, with their sums, which start again at 0.</summary>
    public (int[] Indices, float[] Sums) Take()
    {
        var indices = Touched.ToArray();
        Array.Sort(indices);
        var sums = Array.ConvertAll(indices, index => _sums[index]);
        Clear();
        return (indices, sums);
    }

    private ReadOnlySpan<int> Touched => _touched.AsSpan(0, _count);

    private void Clear()
    {
        foreach (var index in Touched)
            (_sums[index], _seen[index]) = (0, false);
        _count = 0;
    }

    private bool Touch(int index)
    {
        if (_seen[index])
            return false;
        _seen[index] = true;
        _touched[_count++] = index;
        return true;
    }
}
