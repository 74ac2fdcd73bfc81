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
        Print("plain read of the bytes", megabytes, runs, () => TimedRuns.ReadBytes(path));
        Print("parse, 1 thread", megabytes, runs, () => DatasetFile.Read(path, threads: 1));
        Print("parse, 2 threads", megabytes, runs, () => DatasetFile.Read(path, threads: 2));
    }

    private static void Print(string name, double megabytes, int runs, Action action)
    {
        var times = TimedRuns.Of(runs, action);
        Console.WriteLine($"{name,-24} {Text(megabytes / times.Median),8} MB/s, best {Text(megabytes / times.Best)}, worst {Text(megabytes / times.Worst)}; "
            + $"{Text(megabytes / times.MedianProcessor)} MB a processor second");
    }

    private static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
