using System.Globalization;

namespace LightDxml.Configuration;

/// <summary>Range checks of settings; each error names the setting, its value and what is allowed.</summary>
internal static class Check
{
    public static void Positive(double value, string setting)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new OptionsException($"{setting} must be positive, but is {Text(value)}.");
    }

    public static void Range(double value, double least, double most, string setting)
    {
        if (!(value >= least && value <= most))
        {
            var bound = most >= int.MaxValue ? $"at least {Text(least)}" : $"between {Text(least)} and {Text(most)}";
            throw new OptionsException($"{setting} must be {bound}, but is {Text(value)}.");
        }
    }

    public static void OneOf(string value, ReadOnlySpan<string> allowed, string setting)
    {
        if (!allowed.Contains(value))
            throw new OptionsException($"{setting} must be one of {string.Join(", ", allowed.ToArray())}, but is '{value}'.");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
