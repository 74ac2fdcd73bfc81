using LightDxml.Text.Terms;

namespace LightDxml.Text.Reading;

/// <summary>The one spelling of a label: without blanks around it and line ends within it, in Unicode's composed form (NFC).</summary>
internal static class LabelText
{
    /// <summary>Whether the label is spelled so, as can be told at a glance: printable ASCII.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> label) =>
        !label.IsEmpty && label[0] != ' ' && label[^1] != ' ' && !label.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    /// <returns>What stands between angle brackets, as URIs do; else the label as it is.</returns>
    public static string WithoutBrackets(string label) => label is ['<', .. var uri, '>'] ? uri : label;

    /// <returns>The label so spelled; empty where there is nothing but blanks.</returns>
    public static string Normalize(string label)
    {
        var text = label.ReplaceLineEndings(" ");
        var (start, end) = (0, text.Length);
        while (start < end && IsBlank(text[start]))
            start++;
        while (start < end && IsBlank(text[end - 1]))
            end--;
        return Compositions.Compose(text[start..end]);

        // White space and characters that only format, such as marks of byte order and of direction, stand around labels in any order.
        static bool IsBlank(char character) => char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.Format;
    }
}
