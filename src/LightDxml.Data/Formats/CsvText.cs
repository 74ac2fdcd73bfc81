namespace LightDxml.Data.Formats;

/// <summary>Values of CSV, RFC 4180.</summary>
internal static class CsvText
{
    /// <summary>A value as it stands between commas: in quotes where it holds commas, quotes or line ends.</summary>
    public static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
