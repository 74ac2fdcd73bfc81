using LightDxml.Configuration;

namespace LightDxml.Baselines.Perceptron;

/// <summary>Settings of the dense multi-layer perceptron; the defaults are those of Keras's example on arXiv abstracts.</summary>
internal sealed record PerceptronOptions
{
    /// <summary>Units of the first hidden layer.</summary>
    public int FirstUnits { get; init; } = 512;

    /// <summary>Units of the second hidden layer.</summary>
    public int SecondUnits { get; init; } = 256;

    /// <summary>Passes over the documents.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Documents per step.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Learning rate of Adam.</summary>
    public double Rate { get; init; } = 0.001;

    /// <summary>Share of hidden units dropped in training, 0 to below 1.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether feature rows are scaled to unit L2 norm, in training and in prediction.</summary>
    public bool UnitRows { get; init; } = true;

    /// <summary>The settings by name.</summary>
    internal static SettingTable<PerceptronOptions> Table { get; } = new SettingTable<PerceptronOptions>()
        .Whole("firstUnits", o => o.FirstUnits, (o, v) => o with { FirstUnits = v },
            "units of the first hidden layer")
        .Whole("secondUnits", o => o.SecondUnits, (o, v) => o with { SecondUnits = v },
            "units of the second hidden layer")
        .Whole("epochs", o => o.Epochs, (o, v) => o with { Epochs = v },
            "passes over the documents")
        .Whole("batchSize", o => o.BatchSize, (o, v) => o with { BatchSize = v },
            "documents per step")
        .Number("rate", o => o.Rate, (o, v) => o with { Rate = v },
            "learning rate of Adam")
        .Number("dropout", o => o.Dropout, (o, v) => o with { Dropout = v },
            "share of hidden units dropped in training, 0 to below 1")
        .Flag("unitRows", o => o.UnitRows, (o, v) => o with { UnitRows = v },
            "whether feature rows are scaled to unit L2 norm, in training and in prediction");

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public PerceptronOptions Validate()
    {
        Check.Range(FirstUnits, 1, 65_536, "firstUnits");
        Check.Range(SecondUnits, 1, 65_536, "secondUnits");
        Check.Range(Epochs, 1, 100_000, "epochs");
        Check.Range(BatchSize, 1, 65_536, "batchSize");
        Check.Positive(Rate, "rate");
        Check.Range(Dropout, 0, 0.99, "dropout");
        return this;
    }
}
