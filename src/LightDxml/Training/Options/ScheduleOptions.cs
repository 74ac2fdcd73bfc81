using LightDxml.Configuration;

namespace LightDxml.Training;

/// <summary>How long the network is trained, and at which rates.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Passes over the training documents; 0 = chosen from their number.</summary>
    public int Epochs { get; init; }

    /// <summary>Epochs between two refreshes of label embeddings and shortlists; 0 = half the epochs.</summary>
    public int RefreshEvery { get; init; }

    /// <summary>Documents per step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Learning rate schedule: cosine, step.</summary>
    public RateSchedule Rates { get; init; } = RateSchedule.Cosine;

    /// <summary>Step schedule: epoch after which the rates are halved for the first time.</summary>
    public int FirstDecay { get; init; } = 14;

    /// <summary>The settings <c>schedule.*</c>.</summary>
    internal static SettingTable<ScheduleOptions> Table { get; } = new SettingTable<ScheduleOptions>()
        .Whole("epochs", o => o.Epochs, (o, v) => o with { Epochs = v },
            "passes over the training documents; 0 = chosen from their number")
        .Whole("refreshEvery", o => o.RefreshEvery, (o, v) => o with { RefreshEvery = v },
            "epochs between two refreshes of label embeddings and shortlists; 0 = half the epochs")
        .Whole("batchSize", o => o.BatchSize, (o, v) => o with { BatchSize = v },
            "documents per step")
        .Choice("rates", o => o.Rates, (o, v) => o with { Rates = v },
            "learning rate schedule: cosine, step")
        .Whole("firstDecay", o => o.FirstDecay, (o, v) => o with { FirstDecay = v },
            "step schedule: epoch after which the rates are halved for the first time");

    /// <summary>These settings, once their values have been checked.</summary>
    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public ScheduleOptions Validate()
    {
        Check.Range(Epochs, 0, int.MaxValue, "schedule.epochs");
        Check.Range(RefreshEvery, 0, int.MaxValue, "schedule.refreshEvery");
        Check.Positive(BatchSize, "schedule.batchSize");
        Check.Positive(FirstDecay, "schedule.firstDecay");
        return this;
    }
}

/// <summary>How the learning rates move over the epochs.</summary>
public enum RateSchedule
{
    /// <summary>Half a cosine from the given rate down to a twentieth of it.</summary>
    Cosine,

    /// <summary>The paper's: halved after <c>schedule.firstDecay</c> epochs, then every max(5, half the last gap) epochs.</summary>
    Step,
}
