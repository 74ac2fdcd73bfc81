using System.Diagnostics;
using System.Globalization;
using LightDxml.Data;

namespace LightDxml.Benchmarks.Data;

/// <summary>
/// <c>parse FILE [runs]</c>: reads a data set several times with one and with two threads and prints the median rate in
/// bytes of the file, beside the floor: the same bytes read and nothing done with them. The rate a processor second (of all
/// threads together) stays meaningful where other work shares the processors.
/// </summary>
internal static class ParseThroughput
{
    public static void Run(string path, int runs)
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        Console.WriteLine($"{Path.GetFileName(path)}: {Text(megabytes)} MB, median of {runs} runs after one to warm up");
        Print("plain read of the bytes", megabytes, runs, () => ReadBytes(path));
        Print("parse, 1 thread", megabytes, runs, () => DatasetFile.Read(path, threads: 1));
        Print("parse, 2 threads", megabytes, runs, () => DatasetFile.Read(path, threads: 2));
    }

    private static void Print(string name, double megabytes, int runs, Action action)
    {
        action();
        var seconds = new double[runs];
        var processorSeconds = new double[runs];
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
        Console.WriteLine($"{name,-24} {Text(megabytes / seconds[runs / 2]),8} MB/s, best {Text(megabytes / seconds[0])}, worst {Text(megabytes / seconds[^1])}; "
            + $"{Text(megabytes / processorSeconds[runs / 2])} MB a processor second");
    }

    private static void ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var buffer = new byte[2 << 20];
        while (file.Read(buffer) > 0)
        {
        }
    }

    private static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
