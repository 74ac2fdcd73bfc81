using LightDxml.Data.Compression;

namespace LightDxml.Cli.Output;

/// <summary>How predictions are written.</summary>
internal static class PredictionStyle
{
    public const string Table = "table", JsonLines = "jsonl", Csv = "csv", Scores = "scores";

    public static readonly string[] All = [Table, JsonLines, Csv, Scores];

    /// <summary>The style that the name of an output tells, or null.</summary>
    public static string? OfName(string? output) => Path.GetExtension(CompressedFile.NameWithoutCompression(output ?? "")).ToUpperInvariant() switch
    {
        ".CSV" => Csv,
        ".JSONL" or ".NDJSON" => JsonLines,
        _ => null,
    };

    /// <summary>What names of files in the style end with.</summary>
    public static string Extension(string style) => style switch
    {
        Csv => ".csv",
        JsonLines => ".jsonl",
        _ => ".txt",
    };
}
