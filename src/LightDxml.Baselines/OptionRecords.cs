using System.Globalization;
using System.Reflection;
using LightDxml.Configuration;

namespace LightDxml.Baselines;

/// <summary>A comparator's option record by names: a setting is a property that has a <see cref="MeaningAttribute"/>.</summary>
internal static class OptionRecords
{
    /// <summary>The settings of a record, in the order of declaration, with their values there.</summary>
    public static IReadOnlyList<MethodSetting> List(object options) =>
        [.. Properties(options.GetType()).Select(property => new MethodSetting(
            NameOf(property), Setting.Text(property.GetValue(options)!), property.GetCustomAttribute<MeaningAttribute>()!.Text, AllowedValues(property.PropertyType)))];

    /// <summary>A copy of the record with one assignment <c>name=value</c> applied; ranges are checked by the record's own Validate.</summary>
    /// <param name="method">How the error calls the record's owner.</param>
    /// <exception cref="OptionsException">There is no such setting, or the value is not of its type.</exception>
    public static TOptions With<TOptions>(TOptions options, string assignment, string method)
        where TOptions : class
    {
        var parts = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2)
            throw new OptionsException($"A setting is written name=value, but is '{assignment}'.");
        var properties = Properties(typeof(TOptions)).ToArray();
        var property = Array.Find(properties, property => NameOf(property) == parts[0])
            ?? throw new OptionsException(properties.Length == 0
                ? $"{method} has no settings."
                : $"{method} has no setting '{parts[0]}'; it has {string.Join(", ", properties.Select(NameOf))}.");
        // The records are immutable for everyone else: what is written to is a copy.
        var copy = typeof(TOptions).GetMethod("<Clone>$")!.Invoke(options, null)!;
        property.SetValue(copy, Parse(property.PropertyType, parts[1]) ?? throw new OptionsException($"{parts[0]} must be {Expected(property.PropertyType)}, but is '{parts[1]}'."));
        return (TOptions)copy;
    }

    private static IEnumerable<PropertyInfo> Properties(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.IsDefined(typeof(MeaningAttribute))).OrderBy(property => property.MetadataToken);

    private static string NameOf(PropertyInfo property) => CamelCase(property.Name);

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string[] AllowedValues(Type type) => type.IsEnum ? [.. Enum.GetNames(type).Select(CamelCase)] : [];

    private static object? Parse(Type type, string text)
    {
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        if (type == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag : null;
        return Array.Find(AllowedValues(type), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } choice ? Enum.Parse(type, choice, ignoreCase: true) : null;
    }

    private static string Expected(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", AllowedValues(type))}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(double) ? "a number"
        : "a whole number";
}

/// <summary>One setting of a comparator.</summary>
/// <param name="Name">As it is written: <c>maxLeafLabels</c>.</param>
/// <param name="Value">As it is written.</param>
/// <param name="AllowedValues">The names of an enumeration's values; empty for every other type.</param>
internal sealed record MethodSetting(string Name, string Value, string Meaning, IReadOnlyList<string> AllowedValues);
