using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>Consecutive points as one thread parsed them.</summary>
internal sealed record PointChunk(RowChunk Features, RowChunk Labels)
{
    /// <summary>Joins the chunks of a file into a data set that is named after it.</summary>
    public static Dataset Join(string file, PointChunk[] chunks, int featureCount, int labelCount, int threads, ReadLimits limits)
    {
        var features = MatrixAssembly.Join([.. chunks.Select(chunk => chunk.Features)], featureCount, limits.MaxBlockNonZeros, threads);
        var labels = MatrixAssembly.Join([.. chunks.Select(chunk => chunk.Labels)], labelCount, limits.MaxBlockNonZeros, threads);
        return new Dataset(Path.GetFileName(file), features, labels);
    }
}
