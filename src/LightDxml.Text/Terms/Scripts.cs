using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>What is known of scripts.</summary>
internal static class Scripts
{
    /// <summary>Whether most words are of scripts that have no blanks between words, so that they are whole clauses: Chinese, Japanese, Thai, Lao, Burmese, Khmer.</summary>
    public static bool AreMostlyClauses(IReadOnlyCollection<string> words) => words.Count(word => word.EnumerateRunes().Any(HasNoBlanks)) > words.Count / 2;

    /// <summary>Whether a character is of such a script.</summary>
    public static bool HasNoBlanks(Rune character) => character.Value is (>= 0xE00 and <= 0xEFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF);
}
