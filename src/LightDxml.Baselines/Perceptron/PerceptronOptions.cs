using LightDxml.Configuration;

namespace LightDxml.Baselines.Perceptron;

/// <summary>Settings of the dense multi-layer perceptron; the defaults are those of Keras's example on arXiv abstracts.</summary>
internal sealed record PerceptronOptions
{
    [Meaning("units of the first hidden layer")]
    public int FirstUnits { get; init; } = 512;

    [Meaning("units of the second hidden layer")]
    public int SecondUnits { get; init; } = 256;

    [Meaning("passes over the points")]
    public int Epochs { get; init; } = 20;

    [Meaning("points a step")]
    public int BatchSize { get; init; } = 128;

    [Meaning("learning rate of Adam")]
    public double Rate { get; init; } = 0.001;

    [Meaning("share of hidden units dropped in training, 0 to below 1")]
    public double Dropout { get; init; }

    [Meaning("whether feature rows are scaled to unit L2 norm, in training and in prediction")]
    public bool UnitRows { get; init; } = true;

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
