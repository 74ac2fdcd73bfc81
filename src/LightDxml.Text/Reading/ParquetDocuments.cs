namespace LightDxml.Text.Reading;

/// <summary>The door for the reader of Parquet files, whose package most programs do not need.</summary>
internal static class ParquetDocuments
{
    /// <summary>What Parquet files begin with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Opens a file; null where the reader is not known.</summary>
    public static Func<string, TextReadOptions, DocumentReader>? Open { get; set; }

    /// <exception cref="LightDxmlException">The reader is not known.</exception>
    public static DocumentReader Reader(string path, TextReadOptions options) => Open is { } open
        ? open(path, options)
        : throw new LightDxmlException($"{path}: Parquet files are read by the package LightDxml.Parquet; call ParquetFiles.Register() of it once.");
}
