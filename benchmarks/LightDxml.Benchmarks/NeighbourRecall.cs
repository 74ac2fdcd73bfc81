using System.Diagnostics;
using LightDxml.Baselines.Neighbours;
using LightDxml.Data;

namespace LightDxml.Benchmarks;

/// <summary>Recall of the neighbours that the HNSW graph over random projections finds, against the exact ones, and what both cost in one thread.</summary>
internal static class NeighbourRecall
{
    private const int Neighbours = 20;
    private const int MostPoints = 1000;

    public static void Run(string trainFile, string testFile)
    {
        var train = DatasetFile.Read(trainFile);
        var test = UnitRows.Of(DatasetFile.Read(testFile, new DatasetReadOptions { MinFeatureCount = train.FeatureCount }).Features);
        var points = Math.Min(MostPoints, test.RowCount);
        var (expected, exactTime) = Find(NeighbourModel.Train(train, new NeighbourOptions()), test, points);
        Console.WriteLine("| search | recall of the best 20 | µs a point, 1 thread | built in s |");
        Console.WriteLine("|---|---:|---:|---:|");
        Console.WriteLine($"| exact | 1 | {exactTime:F0} | |");
        foreach (var (dimensions, candidates) in new[] { (128, 100), (128, 200), (256, 100), (256, 200), (256, 400), (512, 200), (512, 400) })
        {
            var options = new NeighbourOptions { Search = NeighbourSearch.Hnsw, Dimensions = dimensions, Candidates = candidates };
            var watch = Stopwatch.StartNew();
            var graph = NeighbourModel.Train(train, options);
            var built = watch.Elapsed.TotalSeconds;
            var (found, time) = Find(graph, test, points);
            var recall = expected.Zip(found).Sum(pair => pair.First.Intersect(pair.Second).Count()) / (double)expected.Sum(own => own.Length);
            Console.WriteLine($"| hnsw, {dimensions} dimensions, {candidates} candidates | {recall:F3} | {time:F0} | {built:F1} |");
        }
    }

    private static (int[][] Neighbours, double Microseconds) Find(NeighbourModel model, SparseMatrix test, int points)
    {
        var finder = model.CreateFinder();
        var found = new int[points][];
        var cosines = new float[Neighbours];
        var own = new int[Neighbours];
        var watch = Stopwatch.StartNew();
        for (var point = 0; point < points; point++)
        {
            var count = finder.Find(test.RowColumns(point), test.RowValues(point), own, cosines);
            found[point] = own[..count];
        }

        return (found, watch.Elapsed.TotalMicroseconds / points);
    }
}
