using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>What is known of scripts.</summary>
internal static class Scripts
{
    /// <summary>Whether most words are of scripts that have no blanks between words, so that they are whole clauses: Chinese, Japanese, Thai, Lao, Burmese, Khmer.</summary>
    public static bool AreMostlyClauses(IReadOnlyCollection<string> words) => words.Count(word => word.EnumerateRunes().Any(HasNoBlanks)) > words.Count / 2;

    /// <summary>Whether a character is of such a script; digits are not, since they are written together.</summary>
    public static bool HasNoBlanks(Rune character) => IsInBlocks(character) && !Rune.IsDigit(character);

    /// <summary>Whether a letter continues the one before it: the signs of voiced sounds of narrow Katakana.</summary>
    public static bool IsVoiceSign(Rune character) => character.Value is 0xFF9E or 0xFF9F;

    private static bool IsInBlocks(Rune character) => character.Value is (>= 0x1A20 and <= 0x1AAF) or (>= 0xA9E0 and <= 0xA9FF) or (>= 0xAA60 and <= 0xAA7F) or (>= 0x1B000 and <= 0x1B16F) or 0x303B
        or (>= 0xE00 and <= 0xEFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF);
}
