using LightDxml.Data.Compression;
using LightDxml.Data.Formats;
using LightDxml.Data.Parsing;

namespace LightDxml.Data;

/// <summary>
/// Prediction files: the header <c>points labels</c>, then for each point <c>label:score</c> pairs, best first. Compressed
/// like data sets.
/// </summary>
public static class PredictionFile
{
    // A ranking has the width of its longest row: a small file must not take any amount of memory by one long line.
    private const long FewSlots = 1 << 24;
    private const long SlotsPerLabel = 512;

    /// <summary>Writes the filled slots of a ranking in their order, whole or not at all.</summary>
    /// <exception cref="LightDxmlException">A score is not finite, or the file cannot be written.</exception>
    public static void Write(RankedLabels predictions, string path)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        CompressedFile.Write(path, stream => RankedLabelsWriter.Write(predictions, stream));
    }

    /// <summary>
    /// Reads predictions, of this or any other tool: pairs in any order are ranked by falling score; of equal scores the one
    /// that the file has first is first. The width is that of the longest line.
    /// </summary>
    /// <param name="threads">Parsing threads; 0 takes every processor.</param>
    /// <exception cref="DataFormatException">The first line of the file that does not hold what the format promises.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static RankedLabels Read(string path, int threads = 0)
    {
        using var lines = new LineBlockReader(path, ReadLimits.Default);
        var counts = Header.Take(lines, "documents", "labels");
        var (pointCount, labelCount) = (counts[0], counts[1]);
        var chunks = ParallelBlocks.Parse(lines, threads, () => new RankingParser(path, pointCount, labelCount));
        Header.CheckRowCount(pointCount, chunks.Sum(chunk => chunk.RowLengths.Length), lines, "documents");
        return Rank(path, chunks, pointCount, labelCount, threads);
    }

    /// <summary>Ranks the rows of chunks, whose entries stand in the order of the file.</summary>
    /// <exception cref="LightDxmlException">One row is so long that it would take much memory for all the others.</exception>
    internal static RankedLabels Rank(string path, IReadOnlyList<RowChunk> chunks, int pointCount, int labelCount, int threads = 1)
    {
        var width = chunks.SelectMany(chunk => chunk.RowLengths).Append(1).Max();
        var slots = (long)pointCount * width;
        if (slots > Math.Max(FewSlots, SlotsPerLabel * chunks.Sum(chunk => (long)chunk.Columns.Length)))
            throw new LightDxmlException($"{path}: a document has {width:N0} labels, and room for as many is kept for each of the {pointCount:N0}, which would be {slots:N0}; give the best labels of each document alone.");
        var predictions = new RankedLabels(pointCount, labelCount, width);
        var firstPoints = new int[chunks.Count + 1];
        for (var i = 0; i < chunks.Count; i++)
            firstPoints[i + 1] = firstPoints[i] + chunks[i].RowLengths.Length;
        RowRanges.ForEach(chunks.Count, grain: 1, threads, (first, end) =>
        {
            var buffer = new ulong[2 * width];
            for (var i = first; i < end; i++)
                Rank(chunks[i], firstPoints[i], predictions, buffer);
        });
        return predictions;
    }

    private static void Rank(RowChunk chunk, int firstPoint, RankedLabels predictions, ulong[] buffer)
    {
        var start = 0;
        for (var row = 0; row < chunk.RowLengths.Length; row++)
        {
            var length = chunk.RowLengths[row];
            var labels = predictions.Labels(firstPoint + row)[..length];
            var scores = predictions.Scores(firstPoint + row)[..length];
            chunk.Columns.AsSpan(start, length).CopyTo(labels);
            chunk.Values.AsSpan(start, length).CopyTo(scores);
            RankingSort.BestFirst(scores, labels, buffer);
            start += length;
        }
    }
}
