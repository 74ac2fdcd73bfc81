namespace LightDxml.Indexes;

/// <summary>
/// The links of a hierarchical navigable small-world graph in two flat arrays. A list of links is its length, then the
/// linked rows. Every row has a list of up to 2M on level 0; a row of level h has lists of up to M on levels 1 to h too.
/// </summary>
internal sealed class HnswGraph
{
    /// <summary>A level above any that occurs: with M = 2, one label in 2⁴⁰ would reach it.</summary>
    private const int MostLevels = 40;

    private readonly int[] _ground;
    private readonly int[] _upper;
    private readonly long[] _upperStarts;
    private readonly byte[] _levels;
    private readonly int _m;

    /// <exception cref="LightDxmlException">The links are more than one array can hold.</exception>
    public HnswGraph(int rowCount, int m, int seed)
    {
        _m = m;
        var groundLength = (long)rowCount * (2 * m + 1);
        _levels = new byte[rowCount];
        _upperStarts = new long[rowCount];
        var upperLength = 0L;
        for (var row = 0; row < rowCount; row++)
        {
            // P(level ≥ h) = M⁻ʰ.
            var level = (int)(-Math.Log(Uniform(seed, row)) / Math.Log(m));
            _levels[row] = (byte)Math.Min(level, MostLevels);
            _upperStarts[row] = upperLength;
            upperLength += (long)_levels[row] * (m + 1);
        }

        if (groundLength > Array.MaxLength || upperLength > Array.MaxLength)
            throw new LightDxmlException($"An HNSW graph of {rowCount} labels with M = {m} has more links than one array can hold; use a smaller M.");
        _ground = new int[groundLength];
        _upper = new int[upperLength];
    }

    /// <summary>The row that searches start from, of the highest level; −1 while the graph is empty.</summary>
    public int Entry { get; private set; } = -1;

    public int Level(int row) => _levels[row];

    /// <summary>Links that a list on the level holds at most.</summary>
    public int MostLinks(int level) => level == 0 ? 2 * _m : _m;

    public ReadOnlySpan<int> Links(int row, int level)
    {
        var list = List(row, level);
        return list.Slice(1, list[0]);
    }

    public void SetLinks(int row, int level, ReadOnlySpan<int> links)
    {
        var list = List(row, level);
        links.CopyTo(list[1..]);
        list[0] = links.Length;
    }

    /// <summary>Makes a row known to searches, its links set; the first row of a higher level becomes the entry.</summary>
    public void Publish(int row)
    {
        if (Entry < 0 || _levels[row] > _levels[Entry])
            Entry = row;
    }

    private Span<int> List(int row, int level)
    {
        var length = MostLinks(level) + 1;
        return level == 0
            ? _ground.AsSpan(row * length, length)
            : _upper.AsSpan((int)(_upperStarts[row] + (long)(level - 1) * length), length);
    }

    /// <summary>A number in (0, 1] that depends on seed and row alone (SplitMix64, Steele et al. 2014).</summary>
    private static double Uniform(int seed, int row)
    {
        var z = ((ulong)(uint)seed << 32 | (uint)row) + 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return (((z ^ (z >> 31)) >> 11) + 1) / (double)(1UL << 53);
    }
}
