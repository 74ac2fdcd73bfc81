using System.Globalization;
using System.Text;
using LightDxml.Data.Parsing;

namespace LightDxml.Configuration;

/// <summary>Values of settings from text; null where the text is not a value.</summary>
internal static class SettingText
{
    public static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static bool? Flag(string text) => bool.TryParse(text, out var flag) ? flag : null;

    /// <summary>By name and not by number, so that a stored setting does not change when an enumeration gains a value.</summary>
    public static TEnum? Choice<TEnum>(string text)
        where TEnum : struct, Enum =>
        Array.Find(Enum.GetNames<TEnum>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<TEnum>(name) : null;

    /// <summary>What a user wrote, for a message: one line, printable and short.</summary>
    public static string Quote(string text) => LineText.Quote(Encoding.UTF8.GetBytes(text));
}
