using System.Globalization;
using System.Reflection;
using LightDxml.Training;

namespace LightDxml.Configuration;

/// <summary>One setting of a training run, found by reflection over <see cref="TrainingOptions"/>.</summary>
internal sealed class Setting
{
    private readonly PropertyInfo[] _path;

    internal Setting(PropertyInfo[] path, TrainingOptions defaults)
    {
        _path = path;
        Name = string.Join('.', path.Select(property => CamelCase(property.Name)));
        Type = path[^1].PropertyType;
        Meaning = path[^1].GetCustomAttribute<MeaningAttribute>()?.Text ?? "";
        AllowedValues = Type.IsEnum ? [.. Enum.GetNames(Type).Select(CamelCase)] : [];
        Default = Get(defaults);
    }

    /// <summary>The stable name, the same in files, on the command line and in code: <c>shortlist.width</c>.</summary>
    public string Name { get; }

    /// <summary>An integer, a floating-point number, a truth value, text or an enumeration.</summary>
    public Type Type { get; }

    public object Default { get; }

    public string Meaning { get; }

    /// <summary>The names of an enumeration's values; empty for every other type.</summary>
    public IReadOnlyList<string> AllowedValues { get; }

    /// <summary>The setting's value in <paramref name="options"/>.</summary>
    public object Get(TrainingOptions options)
    {
        object value = options;
        foreach (var property in _path)
            value = property.GetValue(value)!;
        return value;
    }

    /// <summary>The setting's value as it is written on the command line; it reads back to the same value.</summary>
    public string GetText(TrainingOptions options) => Text(Get(options));

    /// <summary>A value of this setting as it is written on the command line.</summary>
    public static string Text(object value) => value switch
    {
        Enum => CamelCase(value.ToString()!),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A copy of <paramref name="options"/> in which this setting has the value that <paramref name="text"/> stands for.</summary>
    /// <exception cref="OptionsException">The text is not a value of the setting's type.</exception>
    public TrainingOptions With(TrainingOptions options, string text)
    {
        var value = Parse(text) ?? throw new OptionsException($"{Name} must be {Expected}, but is '{text}'.");
        return (TrainingOptions)With(options, 0, value);
    }

    private string Expected =>
        Type.IsEnum ? $"one of {string.Join(", ", AllowedValues)}"
        : Type == typeof(bool) ? "true or false"
        : Type == typeof(double) ? "a number"
        : "a whole number";

    private object? Parse(string text)
    {
        if (Type == typeof(string))
            return text;
        if (Type == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag : null;
        if (Type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        if (Type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        if (Type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        if (!Type.IsEnum)
            throw new NotSupportedException($"Setting {Name} has type {Type}, which the registry cannot read.");
        var choice = AllowedValues.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return choice is null ? null : Enum.Parse(Type, choice, ignoreCase: true);
    }

    // The option records are immutable: every record on the way down to the setting is copied.
    private object With(object record, int depth, object value)
    {
        var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
        var property = _path[depth];
        property.SetValue(copy, depth == _path.Length - 1 ? value : With(property.GetValue(record)!, depth + 1, value));
        return copy;
    }

    internal static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
