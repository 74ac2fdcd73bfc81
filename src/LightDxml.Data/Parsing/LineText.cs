using System.Text;

namespace LightDxml.Data.Parsing;

/// <summary>What readers ask of a line's bytes outside the hot path.</summary>
internal static class LineText
{
    private const int LongestQuote = 40;

    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    public static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    /// <summary>A line without the carriage return of Windows line ends.</summary>
    public static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line is [.. var text, (byte)'\r'] ? text : line;

    /// <summary>The whole numbers of a line that holds nothing else, at most 19 digits each; null for any other line.</summary>
    public static List<long>? WholeNumbers(ReadOnlySpan<byte> line)
    {
        var numbers = new List<long>();
        foreach (var range in line.SplitAny((byte)' ', (byte)'\t'))
        {
            if (line[range].IsEmpty)
                continue;
            if (line[range].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 || !long.TryParse(line[range], out var number))
                return null;
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>A piece of a file for a message: printable and short.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        var quoted = new StringBuilder("'");
        foreach (var character in Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestQuote)]))
            quoted.Append(char.IsControl(character) || character == '\uFFFD' ? '?' : character);
        return quoted.Append(text.Length > LongestQuote ? "…'" : "'").ToString();
    }
}
