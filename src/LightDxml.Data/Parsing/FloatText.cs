using System.Globalization;
using System.Runtime.CompilerServices;

namespace LightDxml.Data.Parsing;

/// <summary>
/// Decimal text to the nearest float. Digits up to 2⁵³ over a power of ten up to 10¹⁹ are one correctly rounded double
/// division (Clinger 1990) and then one rounding to float. The two roundings together are the right one unless the double
/// lies exactly between two floats; such numbers, and all longer ones, go to the runtime's parser.
/// </summary>
internal static class FloatText
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const ulong MaxExactDigits = 1UL << 53;
    private const ulong BelowFloat = (1UL << 29) - 1;
    private const ulong HalfOfFloat = 1UL << 28;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

    /// <summary>Parses the number at the start of <paramref name="text"/>, which a blank or the end must follow.</summary>
    /// <returns>The bytes it takes, 0 where there is no finite number.</returns>
    public static int Parse(ReadOnlySpan<byte> text, out float value)
    {
        var i = 0;
        var negative = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            i = 1;
        }

        ulong digits = 0;
        var start = i;
        uint digit;
        for (; i < text.Length && (digit = text[i] - (uint)'0') <= 9; i++)
            digits = digits * 10 + digit;
        var count = i - start;
        var decimals = 0;
        if (i < text.Length && text[i] == '.')
        {
            start = ++i;
            for (; i < text.Length && (digit = text[i] - (uint)'0') <= 9; i++)
                digits = digits * 10 + digit;
            decimals = i - start;
            count += decimals;
        }

        // 19 digits always fit an unsigned 64-bit integer.
        var plain = i == text.Length || LineText.IsBlank(text[i]);
        if (!plain || count is 0 or > 19 || digits > MaxExactDigits)
            return ParseSlowly(text, out value);

        var number = digits / PowersOfTen[decimals];
        if ((BitConverter.DoubleToUInt64Bits(number) & BelowFloat) == HalfOfFloat)
            return ParseSlowly(text, out value);
        value = (float)(negative ? -number : number);
        return i;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ParseSlowly(ReadOnlySpan<byte> text, out float value)
    {
        var end = text.IndexOfAny((byte)' ', (byte)'\t');
        var token = end < 0 ? text : text[..end];
        return float.TryParse(token, Styles, CultureInfo.InvariantCulture, out value) && float.IsFinite(value) ? token.Length : 0;
    }
}
