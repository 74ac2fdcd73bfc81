using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>Consecutive points as one thread parsed them.</summary>
internal sealed record PointChunk(RowChunk Features, RowChunk Labels)
{
    /// <summary>Joins the chunks of a file into a data set that is named after it.</summary>
    /// <param name="chunks">In file order; they are let go of.</param>
    public static Dataset Join(string file, PointChunk[] chunks, int featureCount, int labelCount, int threads, ReadLimits limits)
    {
        var (features, labels) = (Array.ConvertAll(chunks, chunk => chunk.Features), Array.ConvertAll(chunks, chunk => chunk.Labels));
        Array.Clear(chunks);
        return new Dataset(
            Path.GetFileName(file),
            MatrixAssembly.Join(features, featureCount, limits.MaxBlockNonZeros, threads),
            MatrixAssembly.Join(labels, labelCount, limits.MaxBlockNonZeros, threads));
    }
}
