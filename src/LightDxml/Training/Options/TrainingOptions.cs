using LightDxml.Configuration;
using LightDxml.Text;

namespace LightDxml.Training;

/// <summary>
/// Every setting of a training run. A setting's stable name is its path in camel case, the same in files, on the command
/// line and in code: <c>encoder.dimensions</c>, <c>shortlist.width</c>, <c>negatives.uniform</c>, <c>schedule.epochs</c>, <c>head</c>.
/// </summary>
public sealed record TrainingOptions
{
    [Meaning("final classifier: dense, sparse, hybrid (both); auto chooses by the validation points")]
    public Head Head { get; init; } = Head.Auto;

    [Meaning("seed of all random numbers; the same seed gives the same model, bit for bit")]
    public int Seed { get; init; } = 1;

    public EncoderOptions Encoder { get; init; } = new();

    public SparseHeadOptions Sparse { get; init; } = new();

    public ProxyOptions Proxy { get; init; } = new();

    public ShortlistOptions Shortlist { get; init; } = new();

    public NegativeOptions Negatives { get; init; } = new();

    public ScheduleOptions Schedule { get; init; } = new();

    public PredictionOptions Prediction { get; init; } = new();

    public ValidationOptions Validation { get; init; } = new();

    public EngineOptions Engine { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    /// <summary>Of models of raw text: how text becomes features.</summary>
    public TextVectorizerOptions Text { get; init; } = new();

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public TrainingOptions Validate()
    {
        Encoder.Validate();
        Sparse.Validate();
        Proxy.Validate();
        Shortlist.Validate();
        Negatives.Validate();
        Schedule.Validate();
        Prediction.Validate();
        Validation.Validate();
        Engine.Validate();
        Text.Validate();
        return this;
    }
}

/// <summary>The final classifier trained on the shortlist's negatives.</summary>
public enum Head
{
    /// <summary>The head of the highest nDCG@5 on the validation points.</summary>
    Auto,

    /// <summary>One dense row a label over the encoder's output, the paper's classifier.</summary>
    Dense,

    /// <summary>One pruned linear SVM a label over the input features, on the shortlist's negatives.</summary>
    Sparse,

    /// <summary>Both, combined by weights fitted on the validation points.</summary>
    Hybrid,
}
