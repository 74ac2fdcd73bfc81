using System.Reflection;
using LightDxml.Training;

namespace LightDxml.Configuration;

/// <summary>
/// All settings by their stable names. The names, defaults and meanings are read once from <see cref="TrainingOptions"/>:
/// a property added there is a setting in files, on the command line and in the help.
/// </summary>
internal static partial class Settings
{
    private static readonly Dictionary<string, Setting> ByName;
    private static readonly HashSet<string> Groups = [];

    static Settings()
    {
        var found = new List<Setting>();
        Collect(typeof(TrainingOptions), [], found);
        All = found;
        ByName = found.ToDictionary(setting => setting.Name);
    }

    /// <summary>Every setting, in the order of declaration.</summary>
    public static IReadOnlyList<Setting> All { get; }

    /// <summary>Applies one assignment <c>name=value</c>. Ranges are checked by <see cref="TrainingOptions.Validate"/>, once all settings stand.</summary>
    /// <exception cref="OptionsException">The name is unknown (the message suggests near ones), or the value is not of the setting's type.</exception>
    public static TrainingOptions Apply(TrainingOptions options, string assignment)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(assignment);
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            throw new OptionsException($"A setting is written name=value, but is '{assignment}'.");
        return Find(assignment[..equals].Trim()).With(options, assignment[(equals + 1)..].Trim());
    }

    /// <summary>The setting called <paramref name="name"/>.</summary>
    /// <exception cref="OptionsException">There is none; the message suggests near names.</exception>
    public static Setting Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ByName.TryGetValue(name, out var setting))
            return setting;
        if (Groups.Contains(name))
        {
            var members = All.Where(member => member.Name.StartsWith(name + ".", StringComparison.Ordinal)).Select(member => member.Name);
            throw new OptionsException($"'{name}' is a group of settings: {string.Join(", ", members)}.");
        }

        throw new OptionsException($"Unknown setting '{name}'; did you mean {string.Join(" or ", NearestNames.Of(name, All.Select(known => known.Name)))}?");
    }

    private static void Collect(Type record, PropertyInfo[] path, List<Setting> found)
    {
        // Reflection does not promise the order of declaration; metadata tokens follow it.
        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken))
        {
            PropertyInfo[] here = [.. path, property];
            if (IsGroup(property.PropertyType))
            {
                Groups.Add(string.Join('.', here.Select(part => Setting.CamelCase(part.Name))));
                Collect(property.PropertyType, here, found);
            }
            else
            {
                found.Add(new Setting(here, new TrainingOptions()));
            }
        }
    }

    private static bool IsGroup(Type type) => type.IsClass && type != typeof(string);
}
