using LightDxml.Training;

namespace LightDxml.Cli.Output;

/// <summary>Turns training events into lines: one per epoch, one per shortlist refresh, one per note.</summary>
internal sealed class ConsoleObserver(Action<string> writeLine) : ITrainingObserver
{
    private readonly Lock _turn = new();

    public void Report(TrainingEvent progress)
    {
        if (Line(progress) is not { } line)
            return;
        lock (_turn)
            writeLine(line);
    }

    /// <summary>The event in one line, or null for progress within a phase.</summary>
    public static string? Line(TrainingEvent progress) => progress switch
    {
        TrainingNote note => note.Text,
        EpochCompleted epoch =>
            $"epoch {epoch.Epoch}/{epoch.EpochCount}  loss {epoch.Loss:F4}  rate {epoch.LearningRate:G3}" +
            (epoch.ValidationP1 is { } p1 ? $"  validation P@1 {100 * p1:F2}" : "") +
            $"  {epoch.PointsPerSecond:N0} documents/s  {Clock(epoch.Elapsed)} gone, {Clock(epoch.Remaining)} left",
        ShortlistRefreshed refresh =>
            $"shortlist after epoch {refresh.Epoch}: {refresh.Width} labels by {refresh.Index}, recall {100 * refresh.Recall:F2}, " +
            (refresh.ProxyLoss is { } loss ? $"proxy loss {loss:F4}, embeddings" : "centroids") + $" {refresh.PreparationTime.TotalSeconds:F2} s, search {refresh.SearchTime.TotalSeconds:F2} s" +
            (refresh.Unseen.Count > 0 ? $"; on validation documents by label frequency {string.Join(", ", refresh.Unseen)}" : ""),
        _ => null,
    };

    private static string Clock(TimeSpan time) => $"{(long)time.TotalMinutes}:{time.Seconds:D2}";
}
