using System.Globalization;
using LightDxml.Configuration;

namespace LightDxml.Cli.Comparison;

/// <summary>
/// Names of methods as a user lists them. A setting may have several values, <c>cost=1|2|3</c>: then there is a method for each
/// combination. <c>seed=N</c> and <c>subsample=SHARE</c> are settings of every method.
/// </summary>
internal static class MethodNames
{
    private const string Seed = "seed", Subsample = "subsample";

    /// <summary>Every method that is listed.</summary>
    /// <param name="seeds">Given to methods that name no seed; empty to leave them.</param>
    /// <param name="shares">Given to methods that name no subsample; empty to leave them.</param>
    /// <exception cref="OptionsException">There is no such method or setting.</exception>
    public static IReadOnlyList<string> Expand(string list, IReadOnlyList<string> seeds, IReadOnlyList<string> shares) =>
    [
        .. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(Grid)
            .SelectMany(name => With(name, Subsample, shares))
            .SelectMany(name => With(name, Seed, seeds))
            .Select(name => ComparedMethods.Get(name).Name),
    ];

    /// <summary>A method without its seed: what runs with several seeds have in common.</summary>
    public static string WithoutSeed(string name) => string.Join('+', name.Split('+').Where(part => !IsOf(part, Seed)));

    /// <summary>The seed that a method names, or null.</summary>
    public static int? SeedOf(string name) => ValueOf(name, Seed) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed
        : throw new OptionsException($"seed must be a whole number, but is '{text}'.");

    /// <summary>The share of training documents that a method names; 1 where it names none.</summary>
    public static double SubsampleOf(string name) => ValueOf(name, Subsample) is not { } text ? 1
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= 1 ? share
        : throw new OptionsException($"subsample must be above 0 and at most 1, but is '{text}'.");

    /// <summary>The settings that belong to the method itself.</summary>
    public static IEnumerable<string> OwnSettings(string name) => name.Split('+').Skip(1).Where(part => !IsOf(part, Seed) && !IsOf(part, Subsample));

    /// <summary>The method's folder in that of the comparison: a setting may be a path, which must not lead out of it.</summary>
    public static string FolderOf(string name) => string.Join('_', name.Split('/', '\\', ':'));

    private static IEnumerable<string> Grid(string name)
    {
        IEnumerable<string> names = [""];
        foreach (var part in name.Split('+', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            string[] variants = equals < 0 ? [part] : [.. part[(equals + 1)..].Split('|', StringSplitOptions.TrimEntries).Select(value => $"{part[..equals]}={value}")];
            names = [.. names.SelectMany(start => variants.Select(variant => start.Length == 0 ? variant : $"{start}+{variant}"))];
        }

        return names;
    }

    private static IEnumerable<string> With(string name, string setting, IReadOnlyList<string> values) =>
        values.Count == 0 || ValueOf(name, setting) is not null ? [name] : values.Select(value => $"{name}+{setting}={value}");

    private static string? ValueOf(string name, string setting) => name.Split('+').Skip(1).LastOrDefault(part => IsOf(part, setting))?[(setting.Length + 1)..];

    private static bool IsOf(string part, string setting) => part.StartsWith(setting + "=", StringComparison.Ordinal);
}
