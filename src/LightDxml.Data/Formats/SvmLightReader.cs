using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>
/// Reads svmlight: a line per point, <c>label,label feature:value … # comment</c>, no header. The counts are those of the
/// largest ids, or the given minimum; label numbers may be of any size (<see cref="LargeLabels"/>). Empty lines and lines that start with <c>#</c> are no points; a line that starts with
/// a blank is a point without labels.
/// </summary>
internal static class SvmLightReader
{
    public static Dataset Read(LineBlockReader lines, DatasetReadOptions options, ReadLimits limits)
    {
        var large = new LargeLabels();
        var chunks = ParallelBlocks.Parse(lines, options.Threads, () => new Parser(lines.File, large));
        var featureCount = Math.Max(options.MinFeatureCount, 1 + chunks.Max(chunk => chunk.Features.MaxColumn));
        var labelCount = Math.Max(options.MinLabelCount, 1 + chunks.Max(chunk => chunk.Labels.MaxColumn));
        var dataset = PointChunk.Join(lines.File, chunks, featureCount, labelCount, options.Threads, limits);
        if (dataset.PointCount > 0)
        {
            var (labels, names) = large.Resolve(dataset.Labels, options.MinLabelCount);
            return dataset with { Labels = labels, LabelNames = names };
        }

        throw new DataFormatException(lines.File, 0, "the file holds no documents");
    }

    /// <inheritdoc cref="DatasetFile.ForEachChunk"/>
    public static (int FeatureCount, int LabelCount) ForEachChunk(LineBlockReader lines, DatasetReadOptions options, LargeLabels large, Action<RowChunk, RowChunk> take)
    {
        var (points, featureCount, labelCount) = (0, options.MinFeatureCount, options.MinLabelCount);
        ParallelBlocks.ForEach(lines, options.Threads, () => new Parser(lines.File, large), chunk =>
        {
            points += chunk.Features.RowLengths.Length;
            featureCount = Math.Max(featureCount, 1 + chunk.Features.MaxColumn);
            labelCount = Math.Max(labelCount, 1 + chunk.Labels.MaxColumn);
            take(chunk.Features, chunk.Labels);
        });
        return points > 0 ? (featureCount, labelCount) : throw new DataFormatException(lines.File, 0, "the file holds no documents");
    }

    private sealed class Parser(string file, LargeLabels large) : LineParser<PointChunk>(file)
    {
        private readonly PointCollector _points = new(int.MaxValue, int.MaxValue, large);

        protected override void ParseLine(ReadOnlySpan<byte> line, long lineNumber)
        {
            if (line.IsEmpty || line[0] == '#')
                return;
            var comment = line.IndexOf((byte)'#');
            var cursor = new LineCursor(comment < 0 ? line : line[..comment], File, lineNumber);
            _points.Add(ref cursor);
        }

        protected override PointChunk TakeChunk() => _points.Take();
    }
}
