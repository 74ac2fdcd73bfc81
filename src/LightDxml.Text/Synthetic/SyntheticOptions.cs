using LightDxml.Configuration;

namespace LightDxml.Text.Synthetic;

/// <summary>Size and nature of a <see cref="SyntheticDataset"/>.</summary>
internal sealed record SyntheticOptions
{
    /// <summary>Seed of all random numbers; the same seed gives the same data on every platform.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Training points.</summary>
    public int TrainingPoints { get; init; } = 6_000;

    /// <summary>Test points.</summary>
    public int TestPoints { get; init; } = 1_500;

    /// <summary>Labels.</summary>
    public int Labels { get; init; } = 2_000;

    /// <summary>Features, that is, words of the vocabulary.</summary>
    public int Features { get; init; } = 8_000;

    /// <summary>Labels that share a topic, on average.</summary>
    public int LabelsPerTopic { get; init; } = 20;

    /// <summary>Labels of a point, on average.</summary>
    public int LabelsPerPoint { get; init; } = 4;

    /// <summary>Words of a point, repeated ones included, on average.</summary>
    public int WordsPerPoint { get; init; } = 72;

    /// <summary>Share of a point's words that its labels do not explain, 0 to 1.</summary>
    public double Noise { get; init; } = 0.55;

    /// <summary>Share of the labels a text speaks of that were not assigned, 0 to 0.9.</summary>
    public double MissingLabels { get; init; } = 0.15;

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public SyntheticOptions Validate()
    {
        Check.Positive(TrainingPoints, "synthetic.trainingPoints");
        Check.Range(TestPoints, 0, int.MaxValue, "synthetic.testPoints");
        Check.Positive(Labels, "synthetic.labels");
        Check.Positive(Features, "synthetic.features");
        Check.Positive(LabelsPerTopic, "synthetic.labelsPerTopic");
        Check.Range(LabelsPerPoint, 1, 1_000, "synthetic.labelsPerPoint");
        Check.Range(WordsPerPoint, 2, 1_000_000, "synthetic.wordsPerPoint");
        Check.Range(Noise, 0, 1, "synthetic.noise");
        Check.Range(MissingLabels, 0, 0.9, "synthetic.missingLabels");
        return this;
    }
}
