using LightDxml.Data.Arff;
using LightDxml.Data.Cache;
using LightDxml.Data.Compression;
using LightDxml.Data.Formats;
using LightDxml.Data.Numpy;
using LightDxml.Data.Parsing;

namespace LightDxml.Data;

/// <summary>Reads and writes data sets. Files ending in <c>.gz</c> and <c>.br</c> are compressed; gzip is also told by its first bytes.</summary>
public static class DatasetFile
{
    /// <summary>Reads a data set from one file; a cached one (<see cref="DatasetCache"/>) is told by its first bytes and mapped.</summary>
    /// <param name="threads">Parsing threads; 0 takes every processor. The result does not depend on it.</param>
    /// <exception cref="DataFormatException">The first line of the file that does not hold what the format promises.</exception>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    public static Dataset Read(string path, DataFormat format = DataFormat.Auto, int threads = 0) =>
        Read(path, new DatasetReadOptions { Format = format, Threads = threads });

    /// <inheritdoc cref="Read(string, DataFormat, int)"/>
    public static Dataset Read(string path, DatasetReadOptions options) => Read(path, options, ReadLimits.Default);

    /// <summary>Reads the split format: features in one file and labels in another, each <c>rows columns</c> and lines of <c>index:value</c>.</summary>
    /// <inheritdoc cref="Read(string, DataFormat, int)" path="/exception"/>
    public static Dataset ReadSplit(string featuresPath, string labelsPath, int threads = 0) =>
        ReadSplit(featuresPath, labelsPath, threads, ReadLimits.Default);

    /// <summary>Writes a data set to one file, whole or not at all.</summary>
    /// <exception cref="LightDxmlException">A value is not finite, or the file cannot be written.</exception>
    public static void Write(Dataset dataset, string path, DataFormat format = DataFormat.Auto)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (format == DataFormat.Auto)
            format = HasSvmLightName(path) ? DataFormat.SvmLight : DataFormat.XmlRepository;
        CompressedFile.Write(path, stream => PointWriter.Write(dataset, stream, withHeader: format == DataFormat.XmlRepository));
    }

    /// <summary>Writes the split format, each file whole or not at all.</summary>
    /// <exception cref="LightDxmlException">A value is not finite, or a file cannot be written.</exception>
    public static void WriteSplit(Dataset dataset, string featuresPath, string labelsPath)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        CompressedFile.Write(featuresPath, stream => MatrixWriter.Write(dataset.Features, stream));
        CompressedFile.Write(labelsPath, stream => MatrixWriter.Write(dataset.Labels, stream));
    }

    internal static Dataset Read(string path, DatasetReadOptions options, ReadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        CompressedFile.RefusePipe(path);
        if (options.Format == DataFormat.Auto && CacheReader.Recognizes(path))
            return CacheReader.Read(path, options.Threads).Widened(options.MinFeatureCount, options.MinLabelCount);
        if (options.Format == DataFormat.Auto && ArffReader.Recognizes(path))
            return ArffReader.Read(path).Widened(options.MinFeatureCount, options.MinLabelCount);
        using var lines = new LineBlockReader(path, limits);
        var format = options.Format == DataFormat.Auto ? Recognize(lines) : options.Format;
        return format == DataFormat.XmlRepository
            ? XmlRepositoryReader.Read(lines, options, limits)
            : SvmLightReader.Read(lines, options, limits);
    }

    /// <summary>Hands on the points of a file in text piece by piece, in order; memory is that of some pieces.</summary>
    /// <param name="large">Of a file that names no count of labels, what the columns of labels stand for.</param>
    /// <returns>The counts of features and of columns of labels.</returns>
    internal static (int FeatureCount, int LabelCount) ForEachChunk(string path, DatasetReadOptions options, LargeLabels large, Action<RowChunk, RowChunk> take)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var lines = new LineBlockReader(path, ReadLimits.Default);
        var format = options.Format == DataFormat.Auto ? Recognize(lines) : options.Format;
        return format == DataFormat.XmlRepository
            ? XmlRepositoryReader.ForEachChunk(lines, options, take)
            : SvmLightReader.ForEachChunk(lines, options, large, take);
    }

    internal static Dataset ReadSplit(string featuresPath, string labelsPath, int threads, ReadLimits limits)
    {
        if (ArffReader.Recognizes(featuresPath))
            return ArffReader.Read(featuresPath, labelsPath);
        var features = MatrixReader.Read(featuresPath, MatrixKind.Features, threads, limits);
        var labels = MatrixReader.Read(labelsPath, MatrixKind.Labels, threads, limits);
        if (labels.RowCount != features.RowCount)
            throw new DataFormatException(labelsPath, 1, $"there are {labels.RowCount} rows, but {featuresPath} has {features.RowCount}");
        return new Dataset(Path.GetFileName(featuresPath), features, labels);
    }

    /// <summary>Whether the name or the first bytes of a file tell a form of features alone; of rows of numbers they need not.</summary>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    internal static bool HasFeatures(string path)
    {
        CompressedFile.RefusePipe(path);
        return HasSvmLightName(path) || CacheReader.Recognizes(path) || NumpyMatrix.Recognizes(path) || ArffReader.Recognizes(path);
    }

    /// <summary>Whether a file is one of the two of the split format.</summary>
    /// <exception cref="LightDxmlException">The file is missing or cannot be read.</exception>
    internal static bool IsMatrix(string path)
    {
        CompressedFile.RefusePipe(path);
        if (NumpyMatrix.Recognizes(path))
            return true;
        if (CacheReader.Recognizes(path) || HasSvmLightName(path))
            return false;
        using var lines = new LineBlockReader(path, ReadLimits.Default);
        return LineText.WholeNumbers(lines.FirstLine)?.Count == 2;
    }

    /// <summary>The features of the split format.</summary>
    internal static SparseMatrix ReadFeatureMatrix(string path, int threads) => MatrixReader.Read(path, MatrixKind.Features, threads, ReadLimits.Default);

    /// <summary>The labels of the split format.</summary>
    internal static SparseMatrix ReadLabelMatrix(string path, int threads) => MatrixReader.Read(path, MatrixKind.Labels, threads, ReadLimits.Default);

    private static DataFormat Recognize(LineBlockReader lines)
    {
        if (HasSvmLightName(lines.File))
            return DataFormat.SvmLight;
        return LineText.WholeNumbers(lines.FirstLine)?.Count switch
        {
            3 => DataFormat.XmlRepository,
            2 => throw new DataFormatException(lines.File, 1,
                "found the header 'rows columns' of the split format, expected 'documents features labels'; the split format is read from its two files together"),
            _ => DataFormat.SvmLight,
        };
    }

    private static bool HasSvmLightName(string path) =>
        Path.GetExtension(CompressedFile.NameWithoutCompression(path)).ToUpperInvariant() is ".SVM" or ".SVMLIGHT" or ".LIBSVM";
}
