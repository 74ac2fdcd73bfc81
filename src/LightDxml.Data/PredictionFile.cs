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
    /// <summary>Writes the filled slots of a ranking in their order, whole or not at all.</summary>
    /// <exception cref="LightDxmlException">A score is not finite, or the file cannot be written.</exception>
    public static void Write(RankedLabels predictions, string path)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        CompressedFile.Write(path, stream => RankedLabelsWriter.Write(predictions, stream));
    }

    /// <summary>
    /// Reads predictions, of this or any other tool: pairs in any order are ranked by falling score, of equal scores the
    /// lower label first. The width is that of the longest line.
    /// </summary>
    /// <param name="threads">Parsing threads; 0 takes every processor.</param>
    /// <exception cref="DataFormatException">The first line of the file that does not hold what the format promises.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static RankedLabels Read(string path, int threads = 0)
    {
        var scores = MatrixReader.Read(path, MatrixKind.Scores, threads, ReadLimits.Default);
        var width = 1;
        for (var point = 0; point < scores.RowCount; point++)
            width = Math.Max(width, scores.RowLength(point));

        var predictions = new RankedLabels(scores.RowCount, scores.ColumnCount, width);
        RowRanges.ForEach(scores.RowCount, grain: 4096, threads, (first, end) =>
        {
            var buffer = new ulong[2 * width];
            for (var point = first; point < end; point++)
            {
                // Labels ascend in the matrix, so that ties go to the lower one.
                var count = scores.RowLength(point);
                scores.RowColumns(point).CopyTo(predictions.Labels(point));
                scores.RowValues(point).CopyTo(predictions.Scores(point));
                RankingSort.BestFirst(predictions.Scores(point)[..count], predictions.Labels(point)[..count], buffer);
            }
        });
        return predictions;
    }
}
