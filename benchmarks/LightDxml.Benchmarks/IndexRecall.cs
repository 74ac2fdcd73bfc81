using LightDxml.Kernels;
using LightDxml.TestKit;

namespace LightDxml.Benchmarks;

/// <summary>Recall and cost of the label indexes on clustered unit vectors.</summary>
internal static class IndexRecall
{
    private const int Documents = 1_000;

    public static void Run()
    {
        IndexTable.Begin();
        Measure(20_000, 128, 200, 0.7, [10, 100]);
        Measure(100_000, 128, 1_000, 0.5, [100, 400]);
        Measure(100_000, 128, 1_000, 0.7, [10, 100, 400]);
    }

    private static void Measure(int labelCount, int dimensions, int clusters, double spread, int[] widths)
    {
        var vectors = ClusteredVectors.Create(labelCount + Documents, dimensions, clusters, spread);
        IndexTable.Measure(
            $"{labelCount} × {dimensions}, {clusters} clusters, spread {spread}",
            ClusteredVectors.Part(vectors, 0, labelCount), ClusteredVectors.Part(vectors, labelCount, Documents), KernelBackends.Select(), widths);
    }
}
