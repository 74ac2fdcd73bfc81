namespace LightDxml.Configuration;

/// <summary>
/// All settings of an options record by name. Each is declared by two lambdas, one that reads the property and one that copies the
/// record with another value; a setting is therefore ordinary code, which survives trimming and ahead-of-time compilation.
/// </summary>
internal sealed partial class SettingTable<TOptions>
    where TOptions : class, new()
{
    private readonly TOptions _defaults = new();
    private readonly List<Setting<TOptions>> _all = [];
    private readonly Dictionary<string, Setting<TOptions>> _byName = [];
    private readonly HashSet<string> _groups = [];

    /// <summary>Every setting, in the order of declaration.</summary>
    public IReadOnlyList<Setting<TOptions>> All => _all;

    public SettingTable<TOptions> Whole(string name, Func<TOptions, int> get, Func<TOptions, int, TOptions> with, string meaning) =>
        Add(name, SettingKind.Whole, meaning, [], get, with, SettingText.Whole);

    public SettingTable<TOptions> Number(string name, Func<TOptions, double> get, Func<TOptions, double, TOptions> with, string meaning) =>
        Add(name, SettingKind.Number, meaning, [], get, with, SettingText.Number);

    public SettingTable<TOptions> Flag(string name, Func<TOptions, bool> get, Func<TOptions, bool, TOptions> with, string meaning) =>
        Add(name, SettingKind.Flag, meaning, [], get, with, SettingText.Flag);

    public SettingTable<TOptions> Choice<TEnum>(string name, Func<TOptions, TEnum> get, Func<TOptions, TEnum, TOptions> with, string meaning)
        where TEnum : struct, Enum =>
        Add(name, SettingKind.Choice, meaning, [.. Enum.GetNames<TEnum>().Select(Setting.CamelCase)], get, with, SettingText.Choice<TEnum>);

    public SettingTable<TOptions> Text(string name, Func<TOptions, string> get, Func<TOptions, string, TOptions> with, string meaning) =>
        Add(new Setting<TOptions>(name, SettingKind.Text, get(_defaults), meaning, [], get, with));

    /// <summary>The settings of a record that is a member of this one, under names that begin with the group's.</summary>
    public SettingTable<TOptions> Group<TInner>(string group, Func<TOptions, TInner> get, Func<TOptions, TInner, TOptions> with, SettingTable<TInner> settings)
        where TInner : class, new()
    {
        _groups.Add(group);
        _groups.UnionWith(settings._groups.Select(inner => $"{group}.{inner}"));
        foreach (var setting in settings.All)
            Add(setting.Within(group, get, with));
        return this;
    }

    /// <summary>The setting called <paramref name="name"/>.</summary>
    /// <exception cref="OptionsException">There is none; the message suggests near names.</exception>
    public Setting<TOptions> Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byName.TryGetValue(name, out var setting))
            return setting;
        if (_groups.Contains(name))
        {
            var members = All.Where(member => member.Name.StartsWith(name + ".", StringComparison.Ordinal)).Select(member => member.Name);
            throw new OptionsException($"'{name}' is a group of settings: {string.Join(", ", members)}.");
        }

        throw new OptionsException($"Unknown setting {SettingText.Quote(name)}{Suggestion(name)}");
    }

    /// <summary>The end of a message about an unknown name.</summary>
    public string Suggestion(string name) => _all.Count == 0
        ? "; there are no settings."
        : $"; did you mean {string.Join(" or ", NearestNames.Of(name, _byName.Keys))}?";

    /// <summary>Applies one assignment <c>name=value</c>. Ranges are for the record's own Validate, once all settings stand.</summary>
    /// <exception cref="OptionsException">The name is unknown (the message suggests near ones), or the value is not of the setting's kind.</exception>
    public TOptions Apply(TOptions options, string assignment)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (name, value) = Split(assignment);
        return Find(name).With(options, value);
    }

    /// <summary>The same for the settings of a method, which messages name.</summary>
    /// <exception cref="OptionsException">It has no such setting, or the value is not of the setting's kind.</exception>
    public TOptions Apply(string method, TOptions options, string assignment)
    {
        var (name, value) = Split(assignment);
        if (_all.Count == 0)
            throw new OptionsException($"{method} has no settings.");
        return _byName.TryGetValue(name, out var setting)
            ? setting.With(options, value)
            : throw new OptionsException(
                $"{method} has no setting {SettingText.Quote(name)}{Suggestion(name)} It has {string.Join(", ", _all.Select(known => known.Name))}.");
    }

    /// <summary>The two sides of <c>name=value</c>, without blanks around them.</summary>
    /// <exception cref="OptionsException">There is no equals sign.</exception>
    public static (string Name, string Value) Split(string assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? throw new OptionsException($"A setting is written name=value, but is {SettingText.Quote(assignment)}.")
            : (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
    }

    private SettingTable<TOptions> Add<TValue>(
        string name, SettingKind kind, string meaning, IReadOnlyList<string> allowedValues,
        Func<TOptions, TValue> get, Func<TOptions, TValue, TOptions> with, Func<string, TValue?> parse)
        where TValue : struct => Add(new Setting<TOptions>(
            name, kind, get(_defaults), meaning, allowedValues,
            options => get(options),
            (options, text) => parse(text) is { } value ? with(options, value) : null));

    private SettingTable<TOptions> Add(Setting<TOptions> setting)
    {
        _byName.Add(setting.Name, setting);
        _all.Add(setting);
        return this;
    }
}
