using System.Diagnostics;

namespace LightDxml.Training;

/// <summary>How long a training has taken, with the processes that were interrupted as far as they were saved.</summary>
internal sealed class TrainingTime
{
    private const string Name = "time";
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _processorStart = ProcessorTime;
    private readonly (TimeSpan Elapsed, TimeSpan Processor) _before;

    private (TimeSpan Elapsed, TimeSpan Processor)? _end;

    private TrainingTime((TimeSpan Elapsed, TimeSpan Processor) before) => _before = before;

    private (TimeSpan Elapsed, TimeSpan Processor) Gone => _end ?? (_before.Elapsed + _watch.Elapsed, _before.Processor + ProcessorTime - _processorStart);

    private static TimeSpan ProcessorTime => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>How long it took in all. What is saved later, as with an ensemble's next member, has the same.</summary>
    public (TimeSpan Elapsed, TimeSpan Processor) End() => (_end = Gone).Value;

    public static TrainingTime Start(Checkpoint checkpoint)
    {
        var (before, _) = checkpoint.Read(Name, static file => file.Doubles(Name) is [var elapsed, var processor]
            ? (TimeSpan.FromSeconds(elapsed), TimeSpan.FromSeconds(processor))
            : default);
        var time = new TrainingTime(before);
        checkpoint.State(Name, file => file.Add(Name, time.Gone.Elapsed.TotalSeconds, time.Gone.Processor.TotalSeconds));
        return time;
    }
}
