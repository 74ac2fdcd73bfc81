using LightDxml.Data;

namespace LightDxml.Text.Synthetic;

/// <summary>
/// A made-up data set with the traits that make extreme classification hard: label frequencies follow a power law, labels
/// of a topic occur together and share its words, rare labels have few points to learn from, part of the text is noise and part of
/// the labels is missing. Time and memory grow with the non-zeros, labels and features, and with nothing else.
/// </summary>
internal static class SyntheticDataset
{
    internal const ulong TrainStream = 3, TestStream = 4;

    /// <summary>Training and test points drawn from the same law; inverse document frequencies come from the training points.</summary>
    /// <returns>Features as unit rows of (1 + ln tf) · (1 + ln((1 + N) / (1 + df))), and labels.</returns>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static (Dataset Train, Dataset Test) Generate(SyntheticOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var language = new SyntheticLanguage(options);
        var train = new SyntheticPoints(options, language, TrainStream, options.TrainingPoints);
        var test = new SyntheticPoints(options, language, TestStream, options.TestPoints);
        var inverseFrequencies = train.InverseDocumentFrequencies();
        return (train.ToDataset("synthetic training set", inverseFrequencies), test.ToDataset("synthetic test set", inverseFrequencies));
    }
}
