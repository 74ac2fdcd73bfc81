using LightDxml.Configuration;

namespace LightDxml.Training;

public sealed record ScheduleOptions
{
    [Meaning("passes over the training points; 0 chooses from their number")]
    public int Epochs { get; init; }

    [Meaning("epochs between two refreshes of label embeddings and shortlists; 0 is half the epochs")]
    public int RefreshEvery { get; init; }

    [Meaning("points a step")]
    public int BatchSize { get; init; } = 256;

    [Meaning("learning rate schedule: cosine, step")]
    public RateSchedule Rates { get; init; } = RateSchedule.Cosine;

    [Meaning("step schedule: epoch of the first halving")]
    public int FirstDecay { get; init; } = 14;

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
