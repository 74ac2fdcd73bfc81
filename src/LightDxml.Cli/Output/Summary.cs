using LightDxml.Models;

namespace LightDxml.Cli.Output;

/// <summary>What is worth saying of a model in one line.</summary>
internal static class Summary
{
    public static string Of(Model model)
    {
        var statistics = model.Training!.Statistics;
        var validation = statistics.ValidationP1 is { } p1 ? $", P@1 {100 * p1:N2} on the documents it was chosen by" : "";
        return $"{Counted.Of(model.LabelCount, "label")}, {Counted.Of(model.FeatureCount, "feature")}, {Counted.Of(model.Network.Dimensions, "dimension")}, epoch {statistics.BestEpoch}{validation}, " +
            $"trained in {statistics.TrainingSeconds:N1} s ({statistics.ProcessorSeconds:N1} processor seconds)";
    }

    /// <summary>Bytes of all files of a folder.</summary>
    /// <summary>Bytes of a model: of its file, or of its folder's files.</summary>
    public static long BytesOf(string path) => File.Exists(path) ? new FileInfo(path).Length : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
