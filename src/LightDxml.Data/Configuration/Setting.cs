using System.Globalization;

namespace LightDxml.Configuration;

/// <summary>What kind of value a setting has.</summary>
internal enum SettingKind
{
    /// <summary>An <see cref="int"/>.</summary>
    Whole,

    /// <summary>A finite <see cref="double"/>.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>One value of an enumeration, by its name in camel case.</summary>
    Choice,
}

/// <summary>How the values of settings are written.</summary>
internal static class Setting
{
    /// <summary>A value as it is written on the command line and in files; it reads back to the same value.</summary>
    public static string Text(object value) => value switch
    {
        Enum => CamelCase(value.ToString()!),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    internal static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>One setting of an options record: its name, default and meaning, and how it is read and replaced.</summary>
/// <typeparam name="TOptions">An immutable record.</typeparam>
internal sealed class Setting<TOptions>
    where TOptions : class
{
    private readonly Func<TOptions, object> _get;
    private readonly Func<TOptions, string, TOptions?> _with;

    /// <param name="with">A copy with the value that the text stands for; null where it stands for none.</param>
    internal Setting(
        string name, SettingKind kind, object standard, string meaning, IReadOnlyList<string> allowedValues,
        Func<TOptions, object> get, Func<TOptions, string, TOptions?> with)
    {
        (Name, Kind, Default, Meaning, AllowedValues) = (name, kind, standard, meaning, allowedValues);
        (_get, _with) = (get, with);
    }

    /// <summary>The stable name, the same in files, on the command line and in code: <c>shortlist.width</c>.</summary>
    public string Name { get; }

    public SettingKind Kind { get; }

    public object Default { get; }

    public string Meaning { get; }

    /// <summary>The names of an enumeration's values; empty for every other kind.</summary>
    public IReadOnlyList<string> AllowedValues { get; }

    /// <summary>The setting's value in <paramref name="options"/>.</summary>
    public object Get(TOptions options) => _get(options);

    /// <summary>The setting's value as it is written on the command line; it reads back to the same value.</summary>
    public string GetText(TOptions options) => Setting.Text(Get(options));

    /// <summary>A copy of <paramref name="options"/> in which this setting has the value that <paramref name="text"/> stands for.</summary>
    /// <exception cref="OptionsException">The text is not a value of the setting's kind.</exception>
    public TOptions With(TOptions options, string text) =>
        _with(options, text) ?? throw new OptionsException($"{Name} must be {Expected}, but is {SettingText.Quote(text)}.");

    /// <summary>The same setting, of a record that has this one's record as a member.</summary>
    internal Setting<TOuter> Within<TOuter>(string group, Func<TOuter, TOptions> get, Func<TOuter, TOptions, TOuter> with)
        where TOuter : class => new(
            $"{group}.{Name}", Kind, Default, Meaning, AllowedValues,
            outer => _get(get(outer)),
            (outer, text) => _with(get(outer), text) is { } changed ? with(outer, changed) : null);

    private string Expected => Kind switch
    {
        SettingKind.Choice => $"one of {string.Join(", ", AllowedValues)}",
        SettingKind.Flag => "true or false",
        SettingKind.Number => "a number",
        SettingKind.Whole => "a whole number",
        _ => "text",
    };
}
