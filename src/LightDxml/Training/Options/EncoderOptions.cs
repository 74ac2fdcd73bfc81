using LightDxml.Configuration;

namespace LightDxml.Training;

public sealed record EncoderOptions
{
    [Meaning("dimensions of document encodings and label embeddings; 0 chooses from the numbers of points and labels")]
    public int Dimensions { get; init; }

    [Meaning("whether every feature row is scaled to unit L2 norm: true, in training and in prediction; false, rows keep their lengths and training scales all by one factor; auto, false where every label is a negative")]
    public UnitLength UnitRows { get; init; } = UnitLength.Auto;

    [Meaning("share of hidden units dropped in training, 0 to below 1; -1 chooses from the numbers of points and labels")]
    public double Dropout { get; init; } = -1;

    [Meaning("share of a document's features dropped in training, 0 to below 1")]
    public double FeatureDropout { get; init; }

    [Meaning("how rows of token embeddings and classifier step: rowwise (a second moment a row), adam (both moments a weight, three times the memory)")]
    public RowOptimizer Optimizer { get; init; } = RowOptimizer.Rowwise;

    [Meaning("learning rate of the token embeddings")]
    public double EmbeddingRate { get; init; } = 0.02;

    [Meaning("learning rate of the residual block")]
    public double ResidualRate { get; init; } = 0.001;

    [Meaning("learning rate of the classifier")]
    public double ClassifierRate { get; init; } = 0.007;

    [Meaning("the loss of a label's positives is multiplied by its inverse propensity to this power: 0 weighs all labels alike, 1 as propensity-scored precision does")]
    public double Propensity { get; init; }

    [Meaning("bias that every label's classifier starts from")]
    public double BiasStart { get; init; } = -4;

    [Meaning("standard deviation of the token embeddings at the start, times the square root of the dimensions; 0 chooses from the data")]
    public double EmbeddingScale { get; init; } = 1;

    public EncoderOptions Validate()
    {
        Check.Range(Dimensions, 0, int.MaxValue, "encoder.dimensions");
        if (Dropout != -1)
            Check.Range(Dropout, 0, 0.95, "encoder.dropout");
        Check.Range(FeatureDropout, 0, 0.95, "encoder.featureDropout");
        Check.Positive(EmbeddingRate, "encoder.embeddingRate");
        Check.Positive(ResidualRate, "encoder.residualRate");
        Check.Positive(ClassifierRate, "encoder.classifierRate");
        Check.Range(Propensity, 0, 1, "encoder.propensity");
        Check.Range(BiasStart, -30, 30, "encoder.biasStart");
        Check.Range(EmbeddingScale, 0, 1000, "encoder.embeddingScale");
        return this;
    }
}

/// <summary>How the rows that a step touches are moved; the residual block has Adam either way.</summary>
public enum RowOptimizer
{
    /// <summary>RMSProp with one second moment a row and a row's first steps shortened, <see cref="Kernels.RowRmsStep"/>.</summary>
    Rowwise,

    /// <summary>Adam, whose moments of untouched rows wait, <see cref="Kernels.AdamStep"/>.</summary>
    Adam,
}

/// <summary>Whether feature rows are scaled to unit length; named so that a stored truth value reads as what it said.</summary>
public enum UnitLength
{
    /// <summary>Chosen from the number of labels.</summary>
    Auto,

    /// <summary>Every row has unit length, in training and in prediction.</summary>
    True,

    /// <summary>A long row stays longer than a short one. Training divides all by their mean length, and the model takes rows as they come.</summary>
    False,
}
