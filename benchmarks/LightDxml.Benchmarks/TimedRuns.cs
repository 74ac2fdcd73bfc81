using System.Diagnostics;

namespace LightDxml.Benchmarks;

/// <summary>
/// What several runs of the same work took, ascending. The seconds of the processor (of all threads together) stay meaningful
/// where other work shares the processors.
/// </summary>
internal sealed record TimedRuns(double[] Seconds, double[] ProcessorSeconds)
{
    public double Median => Seconds[Seconds.Length / 2];

    public double MedianProcessor => ProcessorSeconds[ProcessorSeconds.Length / 2];

    public double Best => Seconds[0];

    public double Worst => Seconds[^1];

    /// <summary>Runs the work once to warm up, and then so many times.</summary>
    public static TimedRuns Of(int runs, Action action)
    {
        action();
        var (seconds, processorSeconds) = (new double[runs], new double[runs]);
        for (var run = 0; run < runs; run++)
        {
            // A run should not pay for the garbage of the one before.
            GC.Collect();
            var processorStart = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            action();
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processorSeconds[run] = (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds;
        }

        Array.Sort(seconds);
        Array.Sort(processorSeconds);
        return new TimedRuns(seconds, processorSeconds);
    }

    /// <summary>Reads a file and does nothing with it: the floor of what reading can take.</summary>
    /// <returns>Bytes read.</returns>
    public static long ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var buffer = new byte[2 << 20];
        long length = 0;
        while (file.Read(buffer) is > 0 and var read)
            length += read;
        return length;
    }
}
