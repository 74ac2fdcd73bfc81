using LightDxml.Text.Reading;

namespace LightDxml.Parquet;

/// <summary>Apache Parquet files of raw text, for programs that take them.</summary>
public static class ParquetFiles
{
    /// <summary>Makes the form known to LightDxml. Call it once, before the first file is read.</summary>
    public static void Register() => ParquetDocuments.Open = static (path, options) => new ParquetDocumentReader(path, options);
}
