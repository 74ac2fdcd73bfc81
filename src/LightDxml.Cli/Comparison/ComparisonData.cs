using LightDxml.Cli.Output;
using LightDxml.Data;
using LightDxml.Training;

namespace LightDxml.Cli.Comparison;

/// <summary>The two sets of a comparison: a training and a test file, or one training file of which a share is held out.</summary>
internal static class ComparisonData
{
    public static (Dataset Train, Dataset Test) Read(CommandContext context, string trainFile, string? testFile, double holdOut, int seed, int threads)
    {
        var train = DataReading.Read(context, new DatasetReadOptions { Threads = threads }, trainFile);
        if (testFile is null)
        {
            var (trainPoints, testPoints) = HoldOut.Draw(train.PointCount, (int)(train.PointCount * holdOut), seed);
            return (HoldOut.Select(train, trainPoints), HoldOut.Select(train, testPoints));
        }

        var options = new DatasetReadOptions { Threads = threads, MinLabelCount = train.LabelCount, MinFeatureCount = train.FeatureCount };
        return (train, DataReading.Read(context, options, testFile));
    }
}
