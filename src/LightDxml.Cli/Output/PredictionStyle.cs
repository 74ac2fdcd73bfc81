using LightDxml.Data.Compression;
using LightDxml.Data.Predictions;

namespace LightDxml.Cli.Output;

/// <summary>How predictions are written.</summary>
internal static class PredictionStyle
{
    public const string Table = "table", JsonLines = "jsonl", Csv = "csv", Scores = PredictionForms.Scores;

    public static readonly string[] All = [Table, JsonLines, Csv, .. PredictionForms.All];

    /// <summary>The style that the name of an output tells, or null.</summary>
    public static string? OfName(string? output) => Path.GetExtension(CompressedFile.NameWithoutCompression(output ?? "")).ToUpperInvariant() switch
    {
        ".CSV" => Csv,
        ".JSONL" or ".NDJSON" => JsonLines,
        ".NPZ" => PredictionForms.Npz,
        _ => null,
    };

    /// <summary>Whether a name is that of a file, where it could be a folder's, too.</summary>
    public static bool NamesFile(string output) =>
        OfName(output) is not null || Path.GetExtension(CompressedFile.NameWithoutCompression(output)).ToUpperInvariant() is ".TXT" or ".TSV" or ".JSON";

    /// <summary>What names of files in the style end with.</summary>
    public static string Extension(string style) => style switch
    {
        Csv => ".csv",
        JsonLines => ".jsonl",
        PredictionForms.Npz => ".npz",
        _ => ".txt",
    };
}
