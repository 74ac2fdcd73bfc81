using LightDxml.Training;

namespace LightDxml.Configuration;

/// <summary>Named starting points for the settings of a run.</summary>
internal static class Presets
{
    public const string Default = "default";

    public const string Paper = "paper";

    public static IReadOnlyList<string> Names { get; } = [Default, Paper];

    /// <summary>The settings of a preset: <c>default</c>, the project's own, or <c>paper</c>, those published for EURLex-4K.</summary>
    /// <exception cref="OptionsException">There is no preset of that name.</exception>
    public static TrainingOptions Get(string name) => name switch
    {
        Default => new TrainingOptions(),
        Paper => new TrainingOptions
        {
            Head = Head.Dense,
            Encoder = new EncoderOptions
            {
                Dimensions = 300,
                UnitRows = UnitLength.True,
                Standardize = Standardization.False,
                Dropout = 0.5,
                Optimizer = RowOptimizer.Adam,
                EmbeddingRate = 0.006,
                ResidualRate = 0.006,
                ClassifierRate = 0.006,
                BiasStart = 0,
            },
            Proxy = new ProxyOptions { Passes = 8, Rate = 0.003, Hidden = 1000, BatchLabels = 256 },
            Shortlist = new ShortlistOptions { Width = 400 },
            Negatives = new NegativeOptions { Hard = 0, Uniform = 0, MaxPositives = 20 },
            Schedule = new ScheduleOptions { Epochs = 26, RefreshEvery = 8, BatchSize = 255, Rates = RateSchedule.Step, FirstDecay = 14 },
            Prediction = new PredictionOptions { Beta = 0.75, ScanLabels = 0 },
        },
        _ => throw new OptionsException($"There is no preset '{name}'; the presets are {string.Join(" and ", Names)}."),
    };
}
