using LightDxml.Text.Vectors;
using Microsoft.Extensions.Logging;

namespace LightDxml.Training;

/// <summary>Hands what training reports on to the caller's progress and log, one report at a time.</summary>
internal sealed partial class ProgressObserver(IProgress<TrainingProgress>? progress, ILogger? logger) : ITrainingObserver, IProgress<TextEncodingProgress>
{
    private readonly Lock _one = new();

    public void Report(TextEncodingProgress value)
    {
        lock (_one)
            progress?.Report(new TrainingProgress("text vectors", value.Done, value.Total) { Remaining = value.Left });
    }

    public void Report(TrainingEvent happened)
    {
        lock (_one)
            Hand(happened);
    }

    private void Hand(TrainingEvent happened)
    {
        switch (happened)
        {
            case PhaseProgress phase:
                progress?.Report(new TrainingProgress(phase.Phase, phase.Done, phase.Total));
                break;
            case EpochCompleted epoch:
                progress?.Report(new TrainingProgress($"epoch {epoch.Epoch} of {epoch.EpochCount}", epoch.Epoch, epoch.EpochCount)
                {
                    Loss = epoch.Loss,
                    ValidationPrecision = epoch.ValidationP1,
                    Remaining = epoch.Remaining,
                });
                if (logger is not null)
                    LogEpoch(logger, epoch.Epoch, epoch.EpochCount, epoch.Loss, epoch.ValidationP1);
                break;
            case ShortlistRefreshed refresh when logger is not null:
                LogShortlist(logger, refresh.Width, refresh.Index, refresh.Recall);
                break;
            case TrainingNote note when logger is not null:
                LogNote(logger, note.Text);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Epoch {Epoch} of {Epochs}: loss {Loss}, validation P@1 {ValidationPrecision}")]
    private static partial void LogEpoch(ILogger logger, int epoch, int epochs, double loss, double? validationPrecision);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shortlists of {Width} labels by {Index}: recall {Recall}")]
    private static partial void LogShortlist(ILogger logger, int width, string index, double recall);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Note}")]
    private static partial void LogNote(ILogger logger, string note);
}
