namespace LightDxml;

/// <summary>How far a training is.</summary>
/// <param name="Phase">What is being done: <c>text vectors</c>, <c>epoch 3 of 8</c>, <c>label embeddings</c>, <c>sparse classifier</c>.</param>
/// <param name="Done">Units of the phase that are done.</param>
/// <param name="Total">Units of the phase.</param>
public sealed record TrainingProgress(string Phase, long Done, long Total)
{
    /// <summary>Mean loss per document of the epoch that just ended; null at other times.</summary>
    public double? Loss { get; init; }

    /// <summary>P@1 on the held-out documents after the epoch that just ended, 0..1; null at other times, or where none are held out.</summary>
    public double? ValidationPrecision { get; init; }

    /// <summary>Estimated time until the last epoch ends, or until all texts have their vector; null where there is no estimate.</summary>
    public TimeSpan? Remaining { get; init; }
}
