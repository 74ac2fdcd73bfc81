using System.Globalization;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels;

namespace LightDxml.Benchmarks;

/// <summary>
/// Label indexes side by side: what building takes, recall of the exact index's best, and what a search takes in one thread,
/// documents together and one by one. Processor seconds, which other work beside hardly moves.
/// </summary>
internal static class IndexTable
{
    private const int SingleDocuments = 500;

    public static void Begin()
    {
        Console.WriteLine("| labels | index | built, processor s | best | recall | µs a document, together | one by one |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
    }

    public static void Measure(string name, DenseMatrix labels, DenseMatrix documents, KernelSet kernels, int[] widths)
    {
        var exact = new ExactLabelIndex(labels, kernels);
        var expected = widths.Select(width => Search(exact, documents, width)).ToArray();
        Rows("exact", 0, exact);
        IvfLabelIndex? lists = null;
        var listsBuilt = Seconds(() => lists = new IvfLabelIndex(labels, new IvfOptions(), kernels, 0));
        Rows($"ivf, {lists!.Clusters} lists (longest {lists.LongestList}), probes chosen", listsBuilt, lists);
        foreach (var probes in new[] { lists.Probes / 2, lists.Probes, lists.Probes * 2, lists.Probes * 3 })
            Rows($"ivf, {probes} of {lists.Clusters} lists (longest {lists.LongestList})", listsBuilt, lists.WithProbes(probes));
        HnswLabelIndex? graph = null;
        var graphBuilt = Seconds(() => graph = new HnswLabelIndex(labels, new HnswOptions(), kernels, 0));
        Rows("hnsw", graphBuilt, graph!);

        void Rows(string index, double built, ILabelIndex searched)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                var found = Search(searched, documents, widths[i]);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {index} | {built:F1} | {widths[i]} | {Recall(expected[i].Shortlists, found.Shortlists):F4} | {found.Microseconds:F0} | {OneByOne(searched, documents, widths[i]):F0} |"));
            }
        }
    }

    private static (RankedLabels Shortlists, double Microseconds) Search(ILabelIndex index, DenseMatrix documents, int width)
    {
        var shortlists = new RankedLabels(documents.RowCount, index.LabelCount, width);
        index.Search(documents, shortlists, 1);
        return (shortlists, 1e6 * Seconds(() => index.Search(documents, shortlists, 1)) / documents.RowCount);
    }

    private static double OneByOne(ILabelIndex index, DenseMatrix documents, int width)
    {
        var labels = new int[width];
        var similarities = new float[width];
        var count = Math.Min(SingleDocuments, documents.RowCount);
        index.Search(documents.Row(0), labels, similarities);
        return 1e6 * Seconds(() =>
        {
            for (var point = 0; point < count; point++)
                index.Search(documents.Row(point), labels, similarities);
        }) / count;
    }

    public static double Recall(RankedLabels exact, RankedLabels found)
    {
        var hits = 0L;
        for (var point = 0; point < exact.PointCount; point++)
            hits += exact.Labels(point).ToArray().Intersect(found.Labels(point).ToArray()).LongCount();
        return (double)hits / exact.PointCount / exact.Width;
    }

    private static double Seconds(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }
}
