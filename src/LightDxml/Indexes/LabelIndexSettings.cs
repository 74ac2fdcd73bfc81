using LightDxml.Configuration;

namespace LightDxml.Indexes;

/// <summary>Which label index is built, and how.</summary>
/// <param name="Kind"><c>auto</c>, <c>exact</c>, <c>ivf</c>, <c>hnsw</c>, <c>centroids</c>, or on a GPU <c>gpu</c> and <c>gpu-ivf</c>.</param>
/// <param name="M">hnsw: links per label.</param>
/// <param name="EfConstruction">hnsw: candidates examined when a label is inserted.</param>
/// <param name="EfSearch">hnsw: candidates examined by a search; 0 is twice the width.</param>
/// <param name="Clusters">ivf, gpu-ivf: clusters; 0 chooses from the label count.</param>
/// <param name="Probes">ivf, gpu-ivf: clusters that a search looks through; 0 chooses.</param>
/// <param name="Seed">Seed of the graph or of the clusters.</param>
internal sealed record LabelIndexSettings(
    string Kind = "auto", int M = 16, int EfConstruction = 200, int EfSearch = 0, int Clusters = 0, int Probes = 0, int Seed = 1)
{
    /// <summary>Every value of <see cref="Kind"/>.</summary>
    public static readonly string[] Kinds = ["auto", "exact", "ivf", "hnsw", "centroids", "gpu", "gpu-ivf"];

    /// <summary>Whether labels are found by their sparse centroids alone, without an index of embeddings.</summary>
    public bool ByCentroids => Kind == "centroids";

    /// <summary>Whether the index is on a GPU by name.</summary>
    public bool IsOnGpu => Kind is "gpu" or "gpu-ivf";

    /// <exception cref="OptionsException">A number is out of its range, or the kind is not known.</exception>
    public LabelIndexSettings Validate()
    {
        Check.OneOf(Kind, Kinds, "shortlist.index");
        Check.Range(M, 2, 512, "shortlist.m");
        Check.Range(EfConstruction, 1, 100_000, "shortlist.efConstruction");
        Check.Range(EfSearch, 0, int.MaxValue, "shortlist.efSearch");
        Check.Range(Clusters, 0, int.MaxValue, "shortlist.clusters");
        Check.Range(Probes, 0, int.MaxValue, "shortlist.probes");
        return this;
    }
}
