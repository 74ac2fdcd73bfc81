using LightDxml.Data.Parsing;

namespace LightDxml.Data.Formats;

/// <summary>
/// Reads the XML repository's text format in one file: <c>points features labels</c>, then a line per point. A blank line is a
/// point without labels and features until the header's points are complete; after them blank lines are ignored.
/// </summary>
internal static class XmlRepositoryReader
{
    private const string Points = "documents";

    public static Dataset Read(LineBlockReader lines, DatasetReadOptions options, ReadLimits limits)
    {
        var counts = Header.Take(lines, Points, "features", "labels");
        var (pointCount, featureCount, labelCount) = (counts[0], counts[1], counts[2]);
        var chunks = ParallelBlocks.Parse(lines, options.Threads, () => new Parser(lines.File, pointCount, featureCount, labelCount));
        var dataset = PointChunk.Join(lines.File, chunks, featureCount, labelCount, options.Threads, limits);
        Header.CheckRowCount(pointCount, dataset.PointCount, lines, Points);
        return dataset;
    }

    /// <inheritdoc cref="DatasetFile.ForEachChunk"/>
    public static (int FeatureCount, int LabelCount) ForEachChunk(LineBlockReader lines, DatasetReadOptions options, Action<RowChunk, RowChunk> take)
    {
        var counts = Header.Take(lines, Points, "features", "labels");
        var (pointCount, featureCount, labelCount) = (counts[0], counts[1], counts[2]);
        var points = 0;
        ParallelBlocks.ForEach(lines, options.Threads, () => new Parser(lines.File, pointCount, featureCount, labelCount), chunk =>
        {
            points += chunk.Features.RowLengths.Length;
            take(chunk.Features, chunk.Labels);
        });
        Header.CheckRowCount(pointCount, points, lines, Points);
        return (featureCount, labelCount);
    }

    private sealed class Parser(string file, int pointCount, int featureCount, int labelCount) : LineParser<PointChunk>(file)
    {
        private readonly PointCollector _points = new(featureCount, labelCount);

        protected override void ParseLine(ReadOnlySpan<byte> line, long lineNumber)
        {
            if (!Header.Covers(pointCount, line, lineNumber, File, Points))
                return;
            var cursor = new LineCursor(line, File, lineNumber);
            _points.Add(ref cursor);
        }

        protected override PointChunk TakeChunk() => _points.Take();
    }
}
