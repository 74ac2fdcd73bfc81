using System.Globalization;
using System.Text;

namespace LightDxml.Text.Terms;

/// <summary>Emoji and other symbols. What is joined to a symbol belongs to it: variations, shades of skin, and the other half of a flag.</summary>
internal static class Symbols
{
    private const int Joiner = 0x200D;

    public static bool IsSymbol(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    /// <summary>The bytes of the symbol that the text starts with.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var symbol, out var length);
        for (var last = symbol.Value; Rune.DecodeFromUtf8(text[length..], out var next, out var taken) == System.Buffers.OperationStatus.Done; last = next.Value)
        {
            var isFlag = length == 4 && IsOfFlag(last) && IsOfFlag(next.Value);
            if (!isFlag && last != Joiner && next.Value != Joiner && !IsPartOfSymbol(next))
                break;
            length += taken;
        }

        return length;
    }

    private static bool IsOfFlag(int rune) => rune is >= 0x1F1E6 and <= 0x1F1FF;

    private static bool IsPartOfSymbol(Rune rune) => rune.Value is >= 0x1F3FB and <= 0x1F3FF
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
