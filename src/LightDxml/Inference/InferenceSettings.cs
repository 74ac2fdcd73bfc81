using LightDxml.Configuration;
using LightDxml.Indexes;
using LightDxml.Models;

namespace LightDxml.Inference;

/// <summary>
/// What prediction has to know beside a model's parameters: everything that training left to the data is resolved here. It is
/// stored with the model under a version of its own; the settings of training are provenance that prediction never reads.
/// </summary>
internal sealed record InferenceSettings
{
    /// <summary>Counted up when a program of today would misread the stored settings.</summary>
    public const int Version = 1;

    /// <summary>Whether a document's features are scaled to unit length first.</summary>
    public bool UnitRows { get; init; } = true;

    /// <summary>Documents that the model was trained on: N of the propensities' formula.</summary>
    public int TrainingDocuments { get; init; }

    /// <summary>Weight of the dense classifier against the label embedding's similarity, 0..1.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>Exponent of the inverse propensity that scores are multiplied by, 0..1.</summary>
    public double Tail { get; init; }

    /// <summary>Labels on a shortlist.</summary>
    public int ShortlistWidth { get; init; }

    /// <summary>Candidates that are scored in full.</summary>
    public int Candidates { get; init; }

    /// <summary>Labels that are scored in full because their names are the most similar to the document.</summary>
    public int NameCandidates { get; init; }

    /// <summary>Whether candidates are found by a label index, and not by looking at every label's logit.</summary>
    public bool SearchesIndex { get; init; }

    /// <summary>The label index that is built when the model is opened.</summary>
    public LabelIndexSettings Index { get; init; } = new();

    /// <summary>Whether frequent labels have further centroids: an index of embeddings is searched, and centroids find labels beside it.</summary>
    internal bool TakesParts => SearchesIndex && !Index.ByCentroids;

    /// <summary>Numbers that dense parameters are stored as.</summary>
    public Precision Precision { get; init; } = Precision.Int4;

    /// <exception cref="OptionsException">A number is out of its range.</exception>
    public InferenceSettings Validate()
    {
        Check.Range(TrainingDocuments, 0, int.MaxValue, "trainingDocuments");
        Check.Range(Beta, 0, 1, "beta");
        Check.Range(Tail, 0, 1, "tail");
        Check.Range(ShortlistWidth, 1, int.MaxValue, "shortlistWidth");
        Check.Range(Candidates, 1, int.MaxValue, "candidates");
        Check.Range(NameCandidates, 0, int.MaxValue, "nameCandidates");
        Index.Validate();
        return this;
    }
}
