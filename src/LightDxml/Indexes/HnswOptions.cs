using LightDxml.Configuration;

namespace LightDxml.Indexes;

/// <summary>Settings of an <see cref="HnswLabelIndex"/>.</summary>
/// <param name="M">Links that a label is inserted with; it keeps up to 2M on the ground level.</param>
/// <param name="EfConstruction">Candidates examined when a label is inserted.</param>
/// <param name="EfSearch">Candidates examined by a search, never fewer than the labels asked for; 0 is twice the labels asked for.</param>
/// <param name="Seed">Seed of the levels and of the order of insertion.</param>
internal sealed record HnswOptions(int M = 16, int EfConstruction = 200, int EfSearch = 0, int Seed = 1)
{
    /// <summary>The candidates that a search for <paramref name="width"/> labels examines.</summary>
    public int CandidatesFor(int width) =>
        EfSearch > 0 ? Math.Max(width, EfSearch) : (int)Math.Min(2L * width, int.MaxValue);

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public HnswOptions Validate()
    {
        Check.Range(M, 2, 512, "hnsw M");
        Check.Range(EfConstruction, 1, 100_000, "hnsw efConstruction");
        Check.Range(EfSearch, 0, int.MaxValue, "hnsw efSearch");
        return this;
    }
}
