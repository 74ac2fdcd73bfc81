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
    public static string Normalize(string label) =>
        Compositions.Compose(label.ReplaceLineEndings(" ").Trim().Trim('\uFEFF', '\u200B'));
}
