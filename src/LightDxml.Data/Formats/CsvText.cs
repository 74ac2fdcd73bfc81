namespace LightDxml.Data.Formats;

/// <summary>Values of CSV, RFC 4180.</summary>
internal static class CsvText
{
    private const char Apostrophe = '\'';

    /// <summary>A text that spreadsheets do not compute: an apostrophe comes before one that begins like a formula, or that would be taken for one with an apostrophe before it.</summary>
    public static string Plain(string text) => IsFormula(text.AsSpan().TrimStart(Apostrophe)) ? $"{Apostrophe}{text}" : text;

    /// <summary>What <see cref="Plain"/> made a text of.</summary>
    public static string OfPlain(string text) => text is [Apostrophe, ..] && IsFormula(text.AsSpan().TrimStart(Apostrophe)) ? text[1..] : text;

    private static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];

    /// <summary>A value as it stands between commas: in quotes where it holds commas, quotes or line ends.</summary>
    public static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
