using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>Phase 2: the shortlist of hard negatives.</summary>
public sealed record ShortlistOptions
{
    [Meaning("labels on a point's shortlist in training and prediction; 0 chooses from the label count (all labels when there are few)")]
    public int Width { get; init; }

    [Meaning("whether the first epochs, too, train on shortlists (of the untrained encoder) instead of uniform negatives only")]
    public bool FromStart { get; init; } = true;

    [Meaning("label index: auto, exact, ivf, hnsw, and on a GPU gpu, gpu-ivf; auto trains with one of these where the data are large and there is a GPU")]
    public string Index { get; init; } = "auto";

    [Meaning("hnsw: links a label")]
    public int M { get; init; } = 16;

    [Meaning("hnsw: candidates examined when a label is inserted")]
    public int EfConstruction { get; init; } = 200;

    [Meaning("hnsw: candidates examined by a search, at least the width; 0 is twice the width")]
    public int EfSearch { get; init; }

    [Meaning("terms of a label's sparse centroid, by which rare labels are found and scored beside their embeddings")]
    public int CentroidTerms { get; init; } = 64;

    [Meaning("sparse centroids of a frequent label beside its mean, at most: documents of one label are about several things; 0 is none")]
    public int Parts { get; init; } = 4;

    [Meaning("training points of a label for each of its further centroids")]
    public int PointsOfPart { get; init; } = 16;

    [Meaning("ivf, gpu-ivf: clusters that the labels are shared out among; 0 is four times the root of the label count (ivf: and long lists are split)")]
    public int Clusters { get; init; }

    [Meaning("ivf, gpu-ivf: clusters that a search looks through; 0 is a sixteenth of them, 8 at least (ivf: also enough to hold 12 times the width)")]
    public int Probes { get; init; }

    public ShortlistOptions Validate()
    {
        Check.Range(Width, 0, int.MaxValue, "shortlist.width");
        Check.OneOf(Index, ["auto", "exact", "ivf", "hnsw", "gpu", "gpu-ivf"], "shortlist.index");
        Check.Range(M, 2, 512, "shortlist.m");
        Check.Range(EfConstruction, 1, 100_000, "shortlist.efConstruction");
        Check.Range(EfSearch, 0, int.MaxValue, "shortlist.efSearch");
        Check.Positive(CentroidTerms, "shortlist.centroidTerms");
        Check.Range(Parts, 0, 1000, "shortlist.parts");
        Check.Positive(PointsOfPart, "shortlist.pointsOfPart");
        Check.Range(Clusters, 0, int.MaxValue, "shortlist.clusters");
        Check.Range(Probes, 0, int.MaxValue, "shortlist.probes");
        return this;
    }
}
