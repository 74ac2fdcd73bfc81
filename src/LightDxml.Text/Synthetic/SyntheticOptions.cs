using LightDxml.Configuration;

namespace LightDxml.Text.Synthetic;

/// <summary>Size and nature of a <see cref="SyntheticDataset"/>.</summary>
internal sealed record SyntheticOptions
{
    [Meaning("seed of all random numbers; the same seed gives the same data on every platform")]
    public int Seed { get; init; } = 1;

    [Meaning("training points")]
    public int TrainingPoints { get; init; } = 6_000;

    [Meaning("test points")]
    public int TestPoints { get; init; } = 1_500;

    [Meaning("labels")]
    public int Labels { get; init; } = 2_000;

    [Meaning("features, that is, words of the vocabulary")]
    public int Features { get; init; } = 8_000;

    [Meaning("labels that share a topic, on average")]
    public int LabelsPerTopic { get; init; } = 20;

    [Meaning("labels of a point, on average")]
    public int LabelsPerPoint { get; init; } = 4;

    [Meaning("words of a point, repeated ones included, on average")]
    public int WordsPerPoint { get; init; } = 72;

    [Meaning("share of a point's words that its labels do not explain, 0 to 1")]
    public double Noise { get; init; } = 0.55;

    [Meaning("share of the labels a text speaks of that were not assigned, 0 to 0.9")]
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
