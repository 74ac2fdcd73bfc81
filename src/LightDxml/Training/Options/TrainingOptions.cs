using LightDxml.Configuration;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>
/// Every setting of a training run. A setting's stable name is its path in camel case, the same in files, on the command
/// line and in code: <c>encoder.dimensions</c>, <c>shortlist.width</c>, <c>negatives.uniform</c>, <c>schedule.epochs</c>, <c>head</c>.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Final classifier: dense, sparse, hybrid (both); auto chooses by the validation documents.</summary>
    public Head Head { get; init; } = Head.Auto;

    /// <summary>Seed of all random numbers; the same seed gives the same model for every number of threads, but with engine.name=torch on the processor.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Settings <c>encoder.*</c>.</summary>
    public EncoderOptions Encoder { get; init; } = new();

    /// <summary>Settings <c>sparse.*</c>.</summary>
    public SparseHeadOptions Sparse { get; init; } = new();

    /// <summary>Settings <c>proxy.*</c>.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>Settings <c>shortlist.*</c>.</summary>
    public ShortlistOptions Shortlist { get; init; } = new();

    /// <summary>Settings <c>negatives.*</c>.</summary>
    public NegativeOptions Negatives { get; init; } = new();

    /// <summary>Settings <c>schedule.*</c>.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Settings <c>prediction.*</c>.</summary>
    public PredictionOptions Prediction { get; init; } = new();

    /// <summary>Settings <c>validation.*</c>.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>Settings <c>engine.*</c>.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Settings <c>storage.*</c>.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>Settings <c>names.*</c>, of models of raw text.</summary>
    public NameOptions Names { get; init; } = new();

    /// <summary>Of models of raw text: how text becomes features.</summary>
    public TextVectorizerOptions Text { get; init; } = new();

    /// <summary>Every setting of a training run by its stable name.</summary>
    internal static SettingTable<TrainingOptions> Table { get; } = new SettingTable<TrainingOptions>()
        .Choice("head", o => o.Head, (o, v) => o with { Head = v },
            "final classifier: dense, sparse, hybrid (both); auto chooses by the validation documents")
        .Whole("seed", o => o.Seed, (o, v) => o with { Seed = v },
            "seed of all random numbers; the same seed gives the same model for every number of threads, but with engine.name=torch on the processor")
        .Group("encoder", o => o.Encoder, (o, v) => o with { Encoder = v }, EncoderOptions.Table)
        .Group("sparse", o => o.Sparse, (o, v) => o with { Sparse = v }, SparseHeadOptions.Table)
        .Group("proxy", o => o.Proxy, (o, v) => o with { Proxy = v }, ProxyOptions.Table)
        .Group("shortlist", o => o.Shortlist, (o, v) => o with { Shortlist = v }, ShortlistOptions.Table)
        .Group("negatives", o => o.Negatives, (o, v) => o with { Negatives = v }, NegativeOptions.Table)
        .Group("schedule", o => o.Schedule, (o, v) => o with { Schedule = v }, ScheduleOptions.Table)
        .Group("prediction", o => o.Prediction, (o, v) => o with { Prediction = v }, PredictionOptions.Table)
        .Group("validation", o => o.Validation, (o, v) => o with { Validation = v }, ValidationOptions.Table)
        .Group("engine", o => o.Engine, (o, v) => o with { Engine = v }, EngineOptions.Table)
        .Group("storage", o => o.Storage, (o, v) => o with { Storage = v }, StorageOptions.Table)
        .Group("names", o => o.Names, (o, v) => o with { Names = v }, NameOptions.Table)
        .Group("text", o => o.Text, (o, v) => o with { Text = v }, TextVectorizerOptions.Table);

    /// <summary>The settings of a preset: <c>default</c>, which <c>new TrainingOptions()</c> is, too, or <c>paper</c>, those published for EURLex-4K.</summary>
    /// <exception cref="OptionsException">There is no preset of that name.</exception>
    public static TrainingOptions Preset(string name) => Presets.Get(name);

    /// <summary>
    /// These options with others for some settings, written as <c>--set</c> of the command line takes them: <c>schedule.epochs=15</c>. Ranges are
    /// checked by <see cref="Validate"/>, which training calls.
    /// </summary>
    /// <param name="assignments"><c>name=value</c> each; a later one wins.</param>
    /// <exception cref="ArgumentNullException">An assignment is null.</exception>
    /// <exception cref="OptionsException">A setting is unknown (the message suggests near ones), or a value is not of its kind.</exception>
    public TrainingOptions With(params IEnumerable<string> assignments) => assignments.Aggregate(this, Settings.Apply);

    /// <summary>These options with others for the settings of a JSON file, as <c>--config</c> of the command line takes it.</summary>
    /// <exception cref="OptionsException">It cannot be read, is no JSON, or a setting is unknown, repeated or has a bad value: the message names file and line.</exception>
    public TrainingOptions WithFile(string path) => Settings.ReadFile(path, this);

    /// <exception cref="ArgumentNullException">A group of settings is null.</exception>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public TrainingOptions Validate()
    {
        RequireGroups();
        Encoder.Validate();
        Sparse.Validate();
        Proxy.Validate();
        Shortlist.Validate();
        Negatives.Validate();
        Schedule.Validate();
        Prediction.Validate();
        Validation.Validate();
        Engine.Validate();
        Names.Validate();
        Text.Validate();
        return this;
    }

    /// <exception cref="ArgumentNullException">A group of settings is null.</exception>
    internal void RequireGroups()
    {
        ArgumentNullException.ThrowIfNull(Encoder);
        ArgumentNullException.ThrowIfNull(Sparse);
        ArgumentNullException.ThrowIfNull(Proxy);
        ArgumentNullException.ThrowIfNull(Shortlist);
        ArgumentNullException.ThrowIfNull(Negatives);
        ArgumentNullException.ThrowIfNull(Schedule);
        ArgumentNullException.ThrowIfNull(Prediction);
        ArgumentNullException.ThrowIfNull(Validation);
        ArgumentNullException.ThrowIfNull(Engine);
        ArgumentNullException.ThrowIfNull(Storage);
        ArgumentNullException.ThrowIfNull(Names);
        ArgumentNullException.ThrowIfNull(Text);
    }
}

/// <summary>The final classifier trained on the shortlist's negatives.</summary>
public enum Head
{
    /// <summary>The head of the highest mean of nDCG@5 and PSnDCG@5 on the validation documents; a single classifier must be better than both together by 0.005.</summary>
    Auto,

    /// <summary>One dense row per label over the encoder's output, the paper's classifier.</summary>
    Dense,

    /// <summary>One pruned linear SVM a label over the input features, on the shortlist's negatives.</summary>
    Sparse,

    /// <summary>Both, combined by weights fitted on the validation documents.</summary>
    Hybrid,
}
