using LightDxml.Configuration;

namespace LightDxml.Baselines.FastText;

/// <summary>What the model minimises.</summary>
internal enum FastTextLoss
{
    /// <summary>One logistic loss a label, over all labels at every step.</summary>
    OneVsAll,

    /// <summary>The likelihood of one of the point's labels, drawn anew at every step, along its path in a Huffman tree.</summary>
    HierarchicalSoftmax,
}

/// <summary>Settings of the bag-of-features model; names and defaults after fastText, but more passes for small sets.</summary>
internal sealed record FastTextOptions
{
    [Meaning("loss")]
    public FastTextLoss Loss { get; init; }

    [Meaning("dimensions of a feature's embedding")]
    public int Dimensions { get; init; } = 100;

    [Meaning("passes over the points")]
    public int Epochs { get; init; } = 25;

    [Meaning("learning rate at the start; it falls linearly to 0")]
    public double Rate { get; init; } = 0.5;

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public FastTextOptions Validate()
    {
        Check.Range(Dimensions, 1, 100_000, "dimensions");
        Check.Range(Epochs, 1, int.MaxValue, "epochs");
        Check.Positive(Rate, "rate");
        return this;
    }
}
