using System.Diagnostics;
using LightDxml.Data;

namespace LightDxml.Cli.Output;

/// <summary>Reads data sets and says what was read.</summary>
internal static class DataReading
{
    public static Dataset Read(CommandContext context, DatasetReadOptions options, string path) => Read(context, path, () => DatasetFile.Read(path, options));

    public static Dataset ReadSplit(CommandContext context, int threads, string features, string labels) =>
        Read(context, features, () => DatasetFile.ReadSplit(features, labels, threads));

    private static Dataset Read(CommandContext context, string path, Func<Dataset> read)
    {
        var watch = Stopwatch.StartNew();
        var set = read();
        context.Messages.WriteLine($"{path}: {set.PointCount:N0} documents, {set.FeatureCount:N0} features, {set.LabelCount:N0} labels, read in {watch.Elapsed.TotalSeconds:N2} s");
        context.Stop.ThrowIfCancellationRequested();
        return set;
    }
}
