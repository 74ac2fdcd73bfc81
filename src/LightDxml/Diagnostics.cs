using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LightDxml;

/// <summary>What the library measures of itself, for whoever listens: a meter and an activity source named <c>LightDxml</c>.</summary>
internal static class Diagnostics
{
    public const string Name = "LightDxml";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Seconds of one single prediction.</summary>
    public static Histogram<double> PredictionSeconds { get; } = Meter.CreateHistogram<double>("lightdxml.prediction.duration", "s", "Duration of the prediction of one document.");

    /// <summary>Documents predicted, alone or among many.</summary>
    public static Counter<long> Documents { get; } = Meter.CreateCounter<long>("lightdxml.prediction.documents", "{document}", "Documents predicted.");

    /// <summary>Seconds of one training.</summary>
    public static Histogram<double> TrainingSeconds { get; } = Meter.CreateHistogram<double>("lightdxml.training.duration", "s", "Duration of one training.");

    /// <summary>The moment that a prediction starts; 0 where nobody wants to know.</summary>
    public static long Start() => PredictionSeconds.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Counts one prediction.</summary>
    /// <param name="start">What <see cref="Start"/> gave.</param>
    public static void PredictedOne(long start)
    {
        Documents.Add(1);
        if (start != 0)
            PredictionSeconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
