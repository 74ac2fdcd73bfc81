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
    /// <summary>Number of nearest training documents whose labels are counted.</summary>
    public int Neighbours { get; init; } = 20;

    /// <summary>Exponent p: a neighbour counts (cosine)^p.</summary>
    public double Power { get; init; } = 2;

    /// <summary>How neighbours are found.</summary>
    public NeighbourSearch Search { get; init; } = NeighbourSearch.Exact;

    /// <summary>hnsw: dimensions of the random projection.</summary>
    public int Dimensions { get; init; } = 512;

    /// <summary>hnsw: candidates that are re-scored exactly, at least the neighbours.</summary>
    public int Candidates { get; init; } = 200;

    /// <summary>The settings by name.</summary>
    internal static SettingTable<NeighbourOptions> Table { get; } = new SettingTable<NeighbourOptions>()
        .Whole("neighbours", o => o.Neighbours, (o, v) => o with { Neighbours = v },
            "number of nearest training documents whose labels are counted")
        .Number("power", o => o.Power, (o, v) => o with { Power = v },
            "exponent p: a neighbour counts (cosine)^p")
        .Choice("search", o => o.Search, (o, v) => o with { Search = v },
            "how neighbours are found")
        .Whole("dimensions", o => o.Dimensions, (o, v) => o with { Dimensions = v },
            "hnsw: dimensions of the random projection")
        .Whole("candidates", o => o.Candidates, (o, v) => o with { Candidates = v },
            "hnsw: candidates that are re-scored exactly, at least the neighbours");

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
