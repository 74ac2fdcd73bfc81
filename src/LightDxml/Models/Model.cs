using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Names;
using LightDxml.Text;
using LightDxml.Text.Reading;

namespace LightDxml.Models;

/// <summary>
/// A trained model: its parameters, what prediction has to know beside them, and the words around it. Copies made by
/// <c>with</c> share their matrices; whoever opened the model from a file disposes it once, when no copy is in use any more.
/// </summary>
/// <param name="LabelEmbeddings">φ(l) of unit length, [labels, dimensions]: what the label index is built over.</param>
internal sealed record Model(DenseNetwork Network, DenseMatrix LabelEmbeddings, InferenceSettings Inference) : IDisposable
{
    public int FeatureCount => Network.FeatureCount;

    /// <summary>Labels with training documents: the rows of network and classifiers.</summary>
    public int LabelCount => Network.LabelCount;

    /// <summary>Labels that can be predicted; those behind the trained ones are found by their names alone.</summary>
    public int AllLabelCount => ScoreWeights?.Unseen is null || Names is null ? LabelCount : Names.LabelCount;

    /// <summary>How the model came about; null where its folder does not say so.</summary>
    public TrainingRecord? Training { get; init; }

    /// <summary>The sparse final classifier, where the head has one.</summary>
    public SparseClassifier? Sparse { get; init; }

    /// <summary>[labels, features] the labels' sparse centroids, where the head has a sparse classifier.</summary>
    public SparseMatrix? Centroids { get; init; }

    /// <summary>Of frequent labels several centroids, where candidates are found by centroids and labels are frequent enough.</summary>
    public PartCentroids? PartCentroids { get; init; }

    /// <summary>The names by which labels are found in documents, where they are.</summary>
    public NameIndex? Names { get; init; }

    /// <summary>Of the labels without training documents, where such are predicted.</summary>
    public NameStatistics? NameStatistics { get; init; }

    /// <summary>How the signals of a candidate are combined, where the head is not dense.</summary>
    public ScoreWeights? ScoreWeights { get; init; }

    /// <summary>What makes probabilities of scores, where held-out documents told.</summary>
    public ScoreCalibration? Calibration { get; init; }

    /// <summary>From which probability a label is given, where held-out documents told.</summary>
    public DecisionThresholds? Thresholds { get; init; }

    /// <summary>[labels] training documents of each label.</summary>
    public int[]? LabelFrequencies { get; init; }

    /// <summary>One name per label row, where the training set had names.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>One id per label row, as training documents wrote it, where the ids are not the names.</summary>
    public IReadOnlyList<string>? LabelIds { get; init; }

    /// <summary>One label a row as documents write it: its id, or its name where that is the id; null where labels are numbers alone.</summary>
    public IReadOnlyList<string>? WrittenLabels => LabelIds ?? LabelNames;

    /// <summary>What brings a document's features to one scale before all else, where they were of different kinds.</summary>
    public FeatureScaling? FeatureScaling { get; init; }

    /// <summary>One name per feature, where the model was trained on a set of features that have names.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>The labels above others, where the labels file of training told.</summary>
    public LabelCatalog? Hierarchy { get; init; }

    /// <summary>Of a model of raw text: what turns text into its features.</summary>
    public TextVectorizer? Vectorizer { get; init; }

    /// <summary>Of a model of raw text: how its training file was read; null where it was trained on documents in memory.</summary>
    public TextReadOptions? Reading { get; init; }

    /// <summary>The labels of a model of raw text, and behind them those of documents that it lacks.</summary>
    public LabelSpace LabelsWith(IEnumerable<TextDocument> documents) => new LabelSpace(LabelIds ?? [], Reading is { AddAncestors: true } ? Hierarchy : null)
        .With(documents.SelectMany(document => document.Labels).Select(LabelText.Normalize).Where(label => label.Length > 0).ToHashSet(StringComparer.Ordinal));

    /// <summary>Parts that belong to each other agree in their sizes.</summary>
    /// <param name="name">What messages call the model.</param>
    /// <exception cref="LightDxmlException">They do not.</exception>
    public void CheckParts(string name)
    {
        Check("label embeddings", LabelEmbeddings.RowCount);
        Check("sparse classifiers", Sparse?.Weights.RowCount);
        Check("centroids", Centroids?.RowCount);
        Check("label frequencies", LabelFrequencies?.Length);
        Check("thresholds", Thresholds?.PerLabel.Length);
        Check("label names", LabelNames?.Count, AllLabelCount);
        Check("label ids", LabelIds?.Count, AllLabelCount);
        if (ScoreWeights?.Unseen is not null && Names is not null)
            Check("counts of names", NameStatistics?.Count ?? 0, AllLabelCount - LabelCount);
        Check("lists of label names", Names?.LabelCount, AllLabelCount);
        if (FeatureNames is not null && FeatureNames.Count != FeatureCount)
            throw new LightDxmlException($"{name}: there are {FeatureNames.Count} feature names for {FeatureCount} features.");
        if (FeatureScaling is not null && FeatureScaling.FeatureCount != FeatureCount)
            throw new LightDxmlException($"{name}: there are scales of {FeatureScaling.FeatureCount} features for {FeatureCount} features.");
        if (LabelEmbeddings.Dimensions != Network.Dimensions)
            throw new LightDxmlException($"{name}: the label embeddings have {LabelEmbeddings.Dimensions} dimensions, but the network has {Network.Dimensions}.");
        if (Vectorizer is not null && Vectorizer.FeatureCount != FeatureCount)
            throw new LightDxmlException($"{name}: vocabulary and text encoder have {Vectorizer.FeatureCount} features, but the network has {FeatureCount}.");

        void Check(string part, int? count, int? labels = null)
        {
            if (count is { } rows && rows != (labels ?? LabelCount))
                throw new LightDxmlException($"{name}: there are {rows} {part} for {labels ?? LabelCount} labels.");
        }
    }

    public void Dispose()
    {
        Network.Embeddings.Dispose();
        Vectorizer?.Encoder?.Dispose();
    }
}
