using System.Diagnostics;
using System.Globalization;
using LightDxml.Text;

namespace LightDxml.Benchmarks.Text;

/// <summary>
/// <c>vectorize FILE [FILE …]</c>: fits the vectoriser on the first file and transforms all of them, with one and with two
/// threads, beside the floors: the same bytes read and nothing done with them, and the documents parsed and counted.
/// </summary>
internal static class VectorizerThroughput
{
    private const int Runs = 3;

    public static void Run(string[] paths)
    {
        var megabytes = paths.Sum(path => new FileInfo(path).Length) / 1e6;
        Console.WriteLine($"{string.Join(", ", paths.Select(Path.GetFileName))}: {Text(megabytes)} MB; of {Runs} runs the median and the best");
        Print("plain read of the bytes", megabytes, () => paths.Sum(ReadBytes));
        Print("parse the documents, 1 thread", megabytes, () => paths.Sum(path => (long)TextFile.Read(path).Count()));
        foreach (var threads in new[] { 1, 2 })
        {
            Print($"fit and transform, {threads} thread{(threads > 1 ? "s" : "")}", megabytes, () => FitAndTransform(paths, threads, new TextVectorizerOptions()));
            Print("  the same, words only", megabytes, () => FitAndTransform(paths, threads, new TextVectorizerOptions { MaxNgram = 1 }));
            Print("  the same, hashed to 2^18", megabytes, () => FitAndTransform(paths, threads, new TextVectorizerOptions { HashBits = 18 }));
        }

        Console.WriteLine($"peak memory of the process {Text(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6)} MB");
    }

    private static long FitAndTransform(string[] paths, int threads, TextVectorizerOptions options)
    {
        var read = new TextReadOptions { Threads = threads };
        var fitted = TextDataset.Fit(paths[0], read, options);
        return fitted.Dataset.Features.NonZeroCount
            + paths[1..].Sum(path => TextDataset.Read(path, read, fitted.Vectorizer, fitted.Labels).Dataset.Features.NonZeroCount);
    }

    private static void Print(string name, double megabytes, Func<long> action)
    {
        var result = action();
        var seconds = new double[Runs];
        var processorSeconds = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            GC.Collect();
            var processorStart = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            action();
            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processorSeconds[run] = (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds;
        }

        Array.Sort(seconds);
        Array.Sort(processorSeconds);
        Console.WriteLine($"{name,-32} {Text(seconds[Runs / 2]),6} s, best {Text(seconds[0])}; {Text(megabytes / seconds[Runs / 2])} MB/s; {Text(processorSeconds[Runs / 2])} processor s; result {result}");
    }

    private static long ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var buffer = new byte[2 << 20];
        long length = 0;
        while (file.Read(buffer) is > 0 and var read)
            length += read;
        return length;
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
