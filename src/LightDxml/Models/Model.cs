using LightDxml.Data;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Models;

/// <summary>A trained model: what prediction needs, and the settings and statistics it was trained with.</summary>
/// <param name="LabelEmbeddings">φ(l) of unit length, [labels, dimensions]: what the label index is built over.</param>
public sealed record Model(DenseNetwork Network, DenseMatrix LabelEmbeddings, TrainingOptions Options, TrainingStatistics Statistics)
{
    public int FeatureCount => Network.FeatureCount;

    public int LabelCount => Network.LabelCount;

    /// <summary>The sparse final classifier, where the head has one.</summary>
    public SparseClassifier? Sparse { get; init; }

    /// <summary>[labels, features] the labels' sparse centroids, where the head has a sparse classifier.</summary>
    public SparseMatrix? Centroids { get; init; }

    /// <summary>Of frequent labels several centroids, where candidates are found by centroids and labels are frequent enough.</summary>
    public PartCentroids? PartCentroids { get; init; }

    /// <summary>How the signals of a candidate are combined, where the head is not dense.</summary>
    public ScoreWeights? ScoreWeights { get; init; }

    /// <summary>[labels] training points of each label.</summary>
    public int[]? LabelFrequencies { get; init; }

    /// <summary>One name a label row, where the training set had names.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>One id a label row, as training documents wrote it, where the ids are not the names.</summary>
    public IReadOnlyList<string>? LabelIds { get; init; }

    /// <summary>Of a model of raw text: what turns text into its features.</summary>
    public TextVectorizer? Vectorizer { get; init; }
}

/// <summary>What is worth knowing of the training run; stored with the model.</summary>
/// <param name="BestEpoch">The epoch whose parameters the model holds.</param>
/// <param name="ValidationP1">
/// P@1 on the validation points, or null without validation. Epoch, score weights and head were chosen on the same points, so that it is
/// higher than what unseen points give: a figure to follow training by, not an estimate of accuracy.
/// </param>
public sealed record TrainingStatistics(
    int PointCount, int FeatureCount, int LabelCount, long FeatureNonZeros, long LabelNonZeros,
    int BestEpoch, double? ValidationP1, double TrainingSeconds, double ProcessorSeconds)
{
    /// <summary>Of a model that is still being trained.</summary>
    internal static TrainingStatistics None { get; } = new(0, 0, 0, 0, 0, 0, null, 0, 0);
}
