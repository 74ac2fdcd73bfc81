using LightDxml.Cli.Output;
using LightDxml.Data;

namespace LightDxml.Cli.Comparison;

/// <summary>The two sets of a comparison: a training and a test file, or one training file of which a share is held out.</summary>
internal static class ComparisonData
{
    public static (Dataset Train, Dataset Test) Read(CommandContext context, string trainFile, string? testFile, double holdOut, int seed, int threads)
    {
        var train = DataReading.Read(context, new DatasetReadOptions { Threads = threads }, trainFile);
        if (testFile is null)
            return HoldOut(train, holdOut, seed);
        var options = new DatasetReadOptions { Threads = threads, MinLabelCount = train.LabelCount, MinFeatureCount = train.FeatureCount };
        return (train, DataReading.Read(context, options, testFile));
    }

    /// <summary>A seeded share of the points to test on, the others to train on; both in their order.</summary>
    private static (Dataset Train, Dataset Test) HoldOut(Dataset data, double share, int seed)
    {
        int[] points = [.. Enumerable.Range(0, data.PointCount)];
        new RandomNumbers(seed, RandomPurpose.HoldOut).Shuffle(points);
        var count = (int)(data.PointCount * share);
        Array.Sort(points, 0, count);
        Array.Sort(points, count, points.Length - count);
        return (Select(points.AsSpan(count)), Select(points.AsSpan(0, count)));

        Dataset Select(ReadOnlySpan<int> rows) => data.SelectRows(rows);
    }
}
