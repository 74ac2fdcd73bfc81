using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>The network from features to document encodings, and how its rows are trained.</summary>
public sealed record EncoderOptions
{
    /// <summary>Dimensions of document encodings and label embeddings; 0 = chosen from the numbers of documents, labels and features and the length of documents.</summary>
    public int Dimensions { get; init; }

    /// <summary>Whether every feature row is scaled to unit L2 norm, in training and in prediction: true; false (rows keep their lengths, and training scales all of them by one factor); auto (false where every label is a negative and rows have lengths that differ, by at most half their mean).</summary>
    public UnitLength UnitRows { get; init; } = UnitLength.Auto;

    /// <summary>Whether features are brought to one scale first, in training and in prediction: those that nearly every document has to mean 0 and standard deviation 1, values of others to root mean square 1; true, false, auto (true where the values of one are more than 30 times those of a quarter of the features, and rows are not of unit length).</summary>
    public Standardization Standardize { get; init; } = Standardization.Auto;

    /// <summary>Share of hidden units dropped in training, 0 to below 1; -1 = chosen from the numbers of documents and labels.</summary>
    public double Dropout { get; init; } = -1;

    /// <summary>Share of a document's features dropped in training, 0 to below 1.</summary>
    public double FeatureDropout { get; init; }

    /// <summary>Optimizer of the token embeddings and the classifier: rowwise (one second moment per row), adam (two moments per weight, three times the memory).</summary>
    public RowOptimizer Optimizer { get; init; } = RowOptimizer.Rowwise;

    /// <summary>Learning rate of the token embeddings.</summary>
    public double EmbeddingRate { get; init; } = 0.02;

    /// <summary>Learning rate of the residual block.</summary>
    public double ResidualRate { get; init; } = 0.001;

    /// <summary>Learning rate of the classifier.</summary>
    public double ClassifierRate { get; init; } = 0.007;

    /// <summary>Exponent p: the loss of label l's positives is multiplied by (inverse propensity of l)^p; 0 weighs all labels alike, 1 weighs them as propensity-scored precision does.</summary>
    public double Propensity { get; init; }

    /// <summary>Initial bias of every label's classifier.</summary>
    public double BiasStart { get; init; } = -4;

    /// <summary>Initial standard deviation of the token embeddings, as a multiple of 1/√dimensions.</summary>
    public double EmbeddingScale { get; init; } = 1;

    /// <summary>The settings <c>encoder.*</c>.</summary>
    internal static SettingTable<EncoderOptions> Table { get; } = new SettingTable<EncoderOptions>()
        .Whole("dimensions", o => o.Dimensions, (o, v) => o with { Dimensions = v },
            "dimensions of document encodings and label embeddings; 0 = chosen from the numbers of documents, labels and features and the length of documents")
        .Choice("unitRows", o => o.UnitRows, (o, v) => o with { UnitRows = v },
            "whether every feature row is scaled to unit L2 norm, in training and in prediction: true; false (rows keep their lengths, and training scales all of them by one factor); auto (false where every label is a negative and rows have lengths that differ, by at most half their mean)")
        .Choice("standardize", o => o.Standardize, (o, v) => o with { Standardize = v },
            "whether features are brought to one scale first, in training and in prediction: those that nearly every document has to mean 0 and standard deviation 1, values of others to root mean square 1; true, false, auto (true where the values of one are more than 30 times those of a quarter of the features, and rows are not of unit length)")
        .Number("dropout", o => o.Dropout, (o, v) => o with { Dropout = v },
            "share of hidden units dropped in training, 0 to below 1; -1 = chosen from the numbers of documents and labels")
        .Number("featureDropout", o => o.FeatureDropout, (o, v) => o with { FeatureDropout = v },
            "share of a document's features dropped in training, 0 to below 1")
        .Choice("optimizer", o => o.Optimizer, (o, v) => o with { Optimizer = v },
            "optimizer of the token embeddings and the classifier: rowwise (one second moment per row), adam (two moments per weight, three times the memory)")
        .Number("embeddingRate", o => o.EmbeddingRate, (o, v) => o with { EmbeddingRate = v },
            "learning rate of the token embeddings")
        .Number("residualRate", o => o.ResidualRate, (o, v) => o with { ResidualRate = v },
            "learning rate of the residual block")
        .Number("classifierRate", o => o.ClassifierRate, (o, v) => o with { ClassifierRate = v },
            "learning rate of the classifier")
        .Number("propensity", o => o.Propensity, (o, v) => o with { Propensity = v },
            "exponent p: the loss of label l's positives is multiplied by (inverse propensity of l)^p; 0 weighs all labels alike, 1 weighs them as propensity-scored precision does")
        .Number("biasStart", o => o.BiasStart, (o, v) => o with { BiasStart = v },
            "initial bias of every label's classifier")
        .Number("embeddingScale", o => o.EmbeddingScale, (o, v) => o with { EmbeddingScale = v },
            "initial standard deviation of the token embeddings, as a multiple of 1/√dimensions");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
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
    /// <summary>RMSProp with one second moment per row and a row's first steps shortened, <see cref="Kernels.RowRmsStep"/>.</summary>
    Rowwise,

    /// <summary>Adam, whose moments of untouched rows wait, <see cref="Kernels.AdamStep"/>.</summary>
    Adam,
}

/// <summary>Whether features of different kinds are brought to one scale.</summary>
public enum Standardization
{
    /// <summary>Where the values of one are more than 30 times those of a quarter of the features, and rows are not of unit length.</summary>
    Auto,

    /// <summary>Always.</summary>
    True,

    /// <summary>Features stay as they come.</summary>
    False,
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
