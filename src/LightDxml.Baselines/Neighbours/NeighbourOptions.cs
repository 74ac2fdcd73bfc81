using LightDxml.Configuration;

namespace LightDxml.Baselines.Neighbours;

/// <summary>How a point's neighbours are found.</summary>
internal enum NeighbourSearch
{
    /// <summary>All training points that share a feature, by an inverted index.</summary>
    Exact,

    /// <summary>Candidates from an HNSW graph over random projections of the training points, re-scored by their exact cosine.</summary>
    Hnsw,
}

/// <summary>Settings of nearest neighbours.</summary>
internal sealed record NeighbourOptions
{
    [Meaning("training points whose labels are counted")]
    public int Neighbours { get; init; } = 20;

    [Meaning("power of the cosine with which a neighbour counts")]
    public double Power { get; init; } = 2;

    [Meaning("how neighbours are found")]
    public NeighbourSearch Search { get; init; } = NeighbourSearch.Exact;

    [Meaning("hnsw: dimensions of the random projection")]
    public int Dimensions { get; init; } = 512;

    [Meaning("hnsw: candidates that are re-scored, at least the neighbours")]
    public int Candidates { get; init; } = 200;

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public NeighbourOptions Validate()
    {
        Check.Range(Neighbours, 1, int.MaxValue, "neighbours");
        Check.Range(Power, 0, 100, "power");
        Check.Range(Dimensions, 1, 65_536, "dimensions");
        Check.Range(Candidates, 1, int.MaxValue, "candidates");
        return this;
    }
}
