using System.Globalization;
using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>Emoji and other symbols. What is joined to a symbol belongs to it: variations, shades of skin, and the other half of a flag.</summary>
internal static class Symbols
{
    private const int Joiner = 0x200D;

    /// <summary>Joined to a face, it is a shaken head; Unicode has it among the signs of mathematics.</summary>
    private const int Arrow = 0x2194;

    /// <summary>The sign that stands for bytes that are not UTF-8 is none.</summary>
    public static bool IsSymbol(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol && rune != Rune.ReplacementChar;

    /// <summary>The bytes of the symbol that the text starts with.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var symbol, out var length);
        for (var (end, last) = (length, symbol.Value); Rune.DecodeFromUtf8(text[end..], out var next, out var taken) == System.Buffers.OperationStatus.Done; last = next.Value)
        {
            var isFlag = length == 4 && IsOfFlag(last) && IsOfFlag(next.Value);
            var isJoined = last == Joiner && (IsSymbol(next) || next.Value == Arrow);
            if (!isFlag && !isJoined && next.Value != Joiner && !IsPartOfSymbol(next))
                break;
            end += taken;

            // A joiner that joins nothing is left out.
            if (next.Value != Joiner)
                length = end;
        }

        return length;
    }

    private static bool IsOfFlag(int rune) => rune is >= 0x1F1E6 and <= 0x1F1FF;

    private static bool IsPartOfSymbol(Rune rune) => rune.Value is >= 0x1F3FB and <= 0x1F3FF
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
