using LightDxml.Configuration;
using LightDxml.Indexes;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Phase 2: the shortlist of hard negatives.</summary>
public sealed record ShortlistOptions
{
    /// <summary>Labels per shortlist, in training and in prediction; 0 = chosen from the label count (all labels when there are few).</summary>
    public int Width { get; init; }

    /// <summary>Whether the first epochs train on shortlists too (of the untrained encoder), not on uniform negatives only.</summary>
    public bool FromStart { get; init; } = true;

    /// <summary>Label index: auto, exact, ivf, hnsw, centroids (by words alone, for short documents and labels with few of them); on a GPU also gpu, gpu-ivf. With auto, training takes one of these where the data are large and a GPU is there.</summary>
    public string Index { get; init; } = "auto";

    /// <summary>hnsw: links per label.</summary>
    public int M { get; init; } = 16;

    /// <summary>hnsw: candidates examined per inserted label.</summary>
    public int EfConstruction { get; init; } = 200;

    /// <summary>hnsw: candidates examined per search, at least the width; 0 = twice the width.</summary>
    public int EfSearch { get; init; }

    /// <summary>Terms kept per sparse label centroid, by which rare labels are found and scored as well as by their embeddings; 0 = chosen from the data (16 beyond 1,000 labels, 64 where labels are few or found by words alone, and those that nearly every document has, such as the numbers of its vector).</summary>
    public int CentroidTerms { get; init; }

    /// <summary>Most additional sparse centroids per frequent label, since the documents of one label can be about several things; 0 = none.</summary>
    public int Parts { get; init; } = 4;

    /// <summary>Training documents per additional centroid of a label.</summary>
    public int PointsOfPart { get; init; } = 16;

    /// <summary>ivf, gpu-ivf: clusters of labels; 0 = four times the square root of the label count (ivf also splits long lists).</summary>
    public int Clusters { get; init; }

    /// <summary>ivf, gpu-ivf: clusters searched per document; 0 = a sixteenth of the clusters, but at least 8 (ivf: and enough to hold 12 times the width).</summary>
    public int Probes { get; init; }

    /// <summary>What of these settings says how a label index is built.</summary>
    internal LabelIndexSettings IndexSettings(int seed) => new(Index, M, EfConstruction, EfSearch, Clusters, Probes, seed);

    /// <summary>Whether labels are found by their sparse centroids alone.</summary>
    internal bool ByCentroids => IndexSettings(seed: 0).ByCentroids;

    /// <summary>What of these settings says how many sparse centroids a label gets.</summary>
    internal PartSettings PartSettings => new(Parts, PointsOfPart, CentroidTerms);

    /// <summary>The settings <c>shortlist.*</c>.</summary>
    internal static SettingTable<ShortlistOptions> Table { get; } = new SettingTable<ShortlistOptions>()
        .Whole("width", o => o.Width, (o, v) => o with { Width = v },
            "labels per shortlist, in training and in prediction; 0 = chosen from the label count (all labels when there are few)")
        .Flag("fromStart", o => o.FromStart, (o, v) => o with { FromStart = v },
            "whether the first epochs train on shortlists too (of the untrained encoder), not on uniform negatives only")
        .Text("index", o => o.Index, (o, v) => o with { Index = v },
            "label index: auto, exact, ivf, hnsw, centroids (by words alone, for short documents and labels with few of them); on a GPU also gpu, gpu-ivf. With auto, training takes one of these where the data are large and a GPU is there")
        .Whole("m", o => o.M, (o, v) => o with { M = v },
            "hnsw: links per label")
        .Whole("efConstruction", o => o.EfConstruction, (o, v) => o with { EfConstruction = v },
            "hnsw: candidates examined per inserted label")
        .Whole("efSearch", o => o.EfSearch, (o, v) => o with { EfSearch = v },
            "hnsw: candidates examined per search, at least the width; 0 = twice the width")
        .Whole("centroidTerms", o => o.CentroidTerms, (o, v) => o with { CentroidTerms = v },
            "terms kept per sparse label centroid, by which rare labels are found and scored as well as by their embeddings; 0 = chosen from the data (16 beyond 1,000 labels, 64 where labels are few or found by words alone, and those that nearly every document has, such as the numbers of its vector)")
        .Whole("parts", o => o.Parts, (o, v) => o with { Parts = v },
            "most additional sparse centroids per frequent label, since the documents of one label can be about several things; 0 = none")
        .Whole("pointsOfPart", o => o.PointsOfPart, (o, v) => o with { PointsOfPart = v },
            "training documents per additional centroid of a label")
        .Whole("clusters", o => o.Clusters, (o, v) => o with { Clusters = v },
            "ivf, gpu-ivf: clusters of labels; 0 = four times the square root of the label count (ivf also splits long lists)")
        .Whole("probes", o => o.Probes, (o, v) => o with { Probes = v },
            "ivf, gpu-ivf: clusters searched per document; 0 = a sixteenth of the clusters, but at least 8 (ivf: and enough to hold 12 times the width)");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public ShortlistOptions Validate()
    {
        Check.Range(Width, 0, int.MaxValue, "shortlist.width");
        IndexSettings(seed: 0).Validate();
        Check.Range(CentroidTerms, 0, int.MaxValue, "shortlist.centroidTerms");
        Check.Range(Parts, 0, 1000, "shortlist.parts");
        Check.Positive(PointsOfPart, "shortlist.pointsOfPart");
        return this;
    }
}
