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
        Print("plain read of the bytes", megabytes, () => paths.Sum(TimedRuns.ReadBytes));
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
        long result = 0;
        var times = TimedRuns.Of(Runs, () => result = action());
        Console.WriteLine($"{name,-32} {Text(times.Median),6} s, best {Text(times.Best)}; {Text(megabytes / times.Median)} MB/s; {Text(times.MedianProcessor)} processor s; result {result}");
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
