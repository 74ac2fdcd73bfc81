using LightDxml.Configuration;

namespace LightDxml.Baselines.FastText;

/// <summary>What the model minimises.</summary>
internal enum FastTextLoss
{
    /// <summary>One logistic loss per label, over all labels at every step.</summary>
    OneVsAll,

    /// <summary>The likelihood of one of the point's labels, drawn anew at every step, along its path in a Huffman tree.</summary>
    HierarchicalSoftmax,
}

/// <summary>Settings of the bag-of-features model; names and defaults after fastText, but more passes for small sets.</summary>
internal sealed record FastTextOptions
{
    /// <summary>What training minimises.</summary>
    public FastTextLoss Loss { get; init; }

    /// <summary>Dimensions of the feature embeddings.</summary>
    public int Dimensions { get; init; } = 100;

    /// <summary>Passes over the documents.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>Initial learning rate; it falls linearly to 0.</summary>
    public double Rate { get; init; } = 0.5;

    /// <summary>The settings by name.</summary>
    internal static SettingTable<FastTextOptions> Table { get; } = new SettingTable<FastTextOptions>()
        .Choice("loss", o => o.Loss, (o, v) => o with { Loss = v },
            "what training minimises")
        .Whole("dimensions", o => o.Dimensions, (o, v) => o with { Dimensions = v },
            "dimensions of the feature embeddings")
        .Whole("epochs", o => o.Epochs, (o, v) => o with { Epochs = v },
            "passes over the documents")
        .Number("rate", o => o.Rate, (o, v) => o with { Rate = v },
            "initial learning rate; it falls linearly to 0");

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public FastTextOptions Validate()
    {
        Check.Range(Dimensions, 1, 100_000, "dimensions");
        Check.Range(Epochs, 1, int.MaxValue, "epochs");
        Check.Positive(Rate, "rate");
        return this;
    }
}
