using System.Text;

namespace LightDxml.Reports.Text;

/// <summary>Names in formats that cannot isolate them: on one line, without characters that would turn the text around them.</summary>
internal static class PlainNames
{
    /// <param name="longest">Characters kept.</param>
    public static string Of(string name, int longest = 200)
    {
        var plain = new StringBuilder(Math.Min(name.Length, longest));
        foreach (var rune in name.EnumerateRunes())
        {
            if (plain.Length >= longest)
                return plain.Append('…').ToString();
            plain.Append(IsDirectional(rune.Value) ? "" : Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    // Marks, embeddings, overrides and isolates of the bidirectional algorithm.
    private static bool IsDirectional(int character) =>
        character is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
