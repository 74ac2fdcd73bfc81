using System.Globalization;
using System.Text;
using LightDxml.Text.Terms;

namespace LightDxml.Encoders.Tokens;

/// <summary>
/// The words of a text as BERT cuts it: controls are dropped, blanks separate, punctuation and Chinese characters are words of
/// their own. Accents are folded by a table (Latin, Greek, Cyrillic) and not by the runtime, whose normalisation does nothing where
/// globalisation is invariant: the tokens of a text must not depend on the program's settings.
/// </summary>
/// <param name="lowerCase">Lower-cases.</param>
/// <param name="stripAccents">Takes accents away.</param>
/// <param name="separateChinese">Makes each Chinese character a word.</param>
internal readonly struct BertWords(bool lowerCase, bool stripAccents, bool separateChinese)
{
    /// <summary>Letters that a compatibility decomposition replaces, and the canonical one, which BERT takes, does not.</summary>
    private const string CompatibilityLetters = "ſͺϐϑϒϓϔϕϖϰϱϲϴϵϹẛ";

    /// <summary>The next word.</summary>
    /// <param name="text">UTF-8; what was read is cut off.</param>
    /// <param name="word">At least one character longer than the longest word of interest, which words are cut to.</param>
    /// <returns>Its characters; 0 at the text's end.</returns>
    public int Next(ref ReadOnlySpan<byte> text, scoped Span<char> word)
    {
        var length = 0;
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var bytes);
            var category = Rune.GetUnicodeCategory(rune);
            var isBlank = Rune.IsWhiteSpace(rune);
            var isWord = !isBlank && (IsPunctuation(rune, category) || separateChinese && IsChinese(rune.Value));
            if (length > 0 && (isBlank || isWord))
                return length;
            text = text[bytes..];
            if (isBlank || rune == Rune.ReplacementChar || IsOther(category) || stripAccents && category == UnicodeCategory.NonSpacingMark)
                continue;
            if (stripAccents && !CompatibilityLetters.Contains((char)rune.Value))
                rune = Accents.Fold(rune);
            if (lowerCase)
                rune = Rune.ToLowerInvariant(rune);
            if (length + rune.Utf16SequenceLength <= word.Length)
                length += rune.EncodeToUtf16(word[length..]);
            if (isWord)
                return length;
        }

        return length;
    }

    private static bool IsOther(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsPunctuation(Rune rune, UnicodeCategory category) =>
        rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || category is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    private static bool IsChinese(int rune) =>
        rune is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
            or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
