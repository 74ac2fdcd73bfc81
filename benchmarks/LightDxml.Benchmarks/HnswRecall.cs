using System.Diagnostics;
using System.Globalization;
using LightDxml.Data;
using LightDxml.Kernels;
using LightDxml.Shortlists;
using LightDxml.TestKit;

namespace LightDxml.Benchmarks;

/// <summary>Build time, time a query and recall against the exact index, on clustered unit vectors: a table on the console.</summary>
internal static class HnswRecall
{
    private const int Documents = 1_000;

    public static void Run()
    {
        var kernels = KernelBackends.Select();
        Console.WriteLine("| labels | dim | clusters | spread | threads | build s | labels asked | ef | HNSW µs/query | exact µs/query | recall |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        Measure(kernels, 20_000, 128, 200, 0.7, 1, [(10, 50), (100, 100), (100, 200)]);
        Measure(kernels, 100_000, 128, 1_000, 0.5, 0, [(10, 50), (100, 100), (100, 200), (400, 800)]);
        Measure(kernels, 100_000, 128, 1_000, 0.7, 0, [(10, 50), (100, 100), (100, 200), (400, 800)]);
    }

    private static void Measure(
        KernelSet kernels, int labelCount, int dimensions, int clusters, double spread, int threads, (int Width, int Ef)[] searches)
    {
        var vectors = ClusteredVectors.Create(labelCount + Documents, dimensions, clusters, spread);
        var labels = ClusteredVectors.Part(vectors, 0, labelCount);
        var documents = ClusteredVectors.Part(vectors, labelCount, Documents);
        var start = Stopwatch.GetTimestamp();
        var index = new HnswLabelIndex(labels, new HnswOptions(), kernels, threads);
        var buildSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var (width, ef) in searches)
        {
            var (exact, exactMicroseconds) = Search(new ExactLabelIndex(labels, kernels), documents, width);
            var (found, microseconds) = Search(index.WithEfSearch(ef), documents, width);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {labelCount} | {dimensions} | {clusters} | {spread} | {RowRanges.ResolveThreads(threads)} | {buildSeconds:F2} | {width} | {ef} | {microseconds:F1} | {exactMicroseconds:F1} | {Recall(exact, found):F4} |"));
        }
    }

    /// <summary>The fastest of some passes, in one thread.</summary>
    private static (RankedLabels Shortlist, double MicrosecondsAQuery) Search(ILabelIndex index, DenseMatrix documents, int width)
    {
        var shortlist = new RankedLabels(Documents, index.LabelCount, width);
        var best = double.MaxValue;
        for (var pass = 0; pass < 5; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            index.Search(documents, shortlist, 1);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / Documents);
        }

        return (shortlist, best);
    }

    private static double Recall(RankedLabels exact, RankedLabels found)
    {
        var hits = 0L;
        for (var point = 0; point < Documents; point++)
            hits += exact.Labels(point).ToArray().Intersect(found.Labels(point).ToArray()).LongCount();
        return (double)hits / Documents / exact.Width;
    }
}
