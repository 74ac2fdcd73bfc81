using LightDxml.Data.Cache;
using LightDxml.Data.Formats;
using LightDxml.Data.Parsing;
using LightDxml.Storage;

namespace LightDxml.Data;

/// <summary>
/// Data sets in a binary file that is mapped into memory, not read: training from it needs the memory of the model, and
/// lets the system decide how much of the data to keep. Made for this machine: the file is little-endian and not compressed.
/// </summary>
public static class DatasetCache
{
    /// <summary>Whether a file is a cached data set, by its first bytes.</summary>
    public static bool Recognizes(string path) => CacheReader.Recognizes(path);

    /// <summary>Maps a cached data set. <see cref="DatasetFile.Read(string, DatasetReadOptions)"/> does so too.</summary>
    /// <exception cref="LightDxmlException">The file cannot be read, is damaged, or is of another version.</exception>
    public static Dataset Read(string path, int threads = 0) => CacheReader.Read(path, threads);

    /// <summary>Writes a data set, whole or not at all.</summary>
    /// <exception cref="LightDxmlException">The file cannot be written.</exception>
    public static void Write(Dataset dataset, string path)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        Write(path, writer =>
        {
            for (var point = 0; point < dataset.PointCount; point++)
                writer.Append(dataset.Features.RowColumns(point), dataset.Features.RowValues(point), dataset.Labels.RowColumns(point));
            writer.Finish(dataset.FeatureCount, dataset.LabelCount, dataset.LabelNames);
        });
    }

    /// <summary>Writes a data set of points that come one by one, so that it need not fit into memory.</summary>
    /// <param name="points">Feature columns (ascending), their values, and labels (ascending).</param>
    /// <param name="labelNames">One a label, or null.</param>
    /// <exception cref="LightDxmlException">A point or the names are not as they must be, or the file cannot be written; none is left then.</exception>
    public static void Write(
        string path, int featureCount, int labelCount, IEnumerable<(int[] Columns, float[] Values, int[] Labels)> points, IReadOnlyList<string>? labelNames = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        Write(path, writer =>
        {
            foreach (var (columns, values, labels) in points)
                writer.Append(columns, values, labels);
            writer.Finish(featureCount, labelCount, labelNames);
        });
    }

    /// <summary>Turns a data set in text into a cached one, a piece at a time.</summary>
    /// <param name="unitRows">Scales rows to unit length, as training would, which has to copy the features otherwise.</param>
    /// <exception cref="DataFormatException">The first line of the file that does not hold what the format promises.</exception>
    /// <exception cref="LightDxmlException">A file cannot be read or written.</exception>
    public static void Convert(string source, DatasetReadOptions options, string path, bool unitRows = false) => WriteFile(path, stream =>
    {
        var large = new LargeLabels();
        var writer = new CacheWriter(stream);
        var (featureCount, labelCount) = Append(row => row);
        IReadOnlyList<string>? names = null;
        if (large.HasAny)
        {
            // Which rows large numbers get is known when all have been read: once more, then.
            stream.SetLength(0);
            writer = new CacheWriter(stream);
            (var rowOf, labelCount, names) = large.Rows(options.MinLabelCount);
            Append(labels => Renumbered(labels, rowOf));
        }

        writer.Finish(featureCount, labelCount, names);

        (int FeatureCount, int LabelCount) Append(Func<RowChunk, RowChunk> rows) => DatasetFile.ForEachChunk(source, options, large, (features, labels) =>
        {
            if (unitRows)
                Scale(features);
            writer.Append(features, rows(labels));
        });
    });

    internal static void Write(string path, Action<CacheWriter> write) => WriteFile(path, stream => write(new CacheWriter(stream)));

    private static void WriteFile(string path, Action<Stream> write)
    {
        if (!BitConverter.IsLittleEndian)
            throw new LightDxmlException("Cached data sets are little-endian, which this machine is not.");
        AtomicFile.Write(path, write);
    }

    private static RowChunk Renumbered(RowChunk labels, Func<int, int> rowOf)
    {
        var columns = Array.ConvertAll(labels.Columns, column => rowOf(column));
        var start = 0;
        foreach (var length in labels.RowLengths)
        {
            columns.AsSpan(start, length).Sort();
            start += length;
        }

        return labels with { Columns = columns, MaxColumn = columns.DefaultIfEmpty(-1).Max() };
    }

    private static void Scale(RowChunk features)
    {
        var start = 0;
        foreach (var length in features.RowLengths)
        {
            var row = features.Values.AsSpan(start, length);
            System.Numerics.Tensors.TensorPrimitives.Multiply(row, UnitRows.Scale(row), row);
            start += length;
        }
    }
}
