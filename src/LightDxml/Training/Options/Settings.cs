using System.Text;
using System.Text.Json;
using LightDxml.Text;
using LightDxml.Training;

namespace LightDxml.Configuration;

/// <summary>All settings of a training run by their stable names, as <see cref="TrainingOptions"/> declares them.</summary>
internal static class Settings
{
    private static SettingTable<TrainingOptions> Table => TrainingOptions.Table;

    /// <summary>Every setting, in the order of declaration.</summary>
    public static IReadOnlyList<Setting<TrainingOptions>> All => Table.All;

    /// <summary>Applies one assignment <c>name=value</c>. Ranges are checked by <see cref="TrainingOptions.Validate"/>, once all settings stand.</summary>
    /// <exception cref="OptionsException">The name is unknown (the message suggests near ones), or the value is not of the setting's kind.</exception>
    public static TrainingOptions Apply(TrainingOptions options, string assignment) => Table.Apply(options, assignment);

    /// <summary>Reads a settings file over <paramref name="start"/>; settings that the file does not name keep their value.</summary>
    /// <exception cref="OptionsException">Not readable, not JSON, an unknown or repeated name, or a bad value: the message names file and line.</exception>
    public static TrainingOptions ReadFile(string path, TrainingOptions start) => Table.ReadFile(path, start);

    /// <summary>Reads what <see cref="ToJson"/> wrote; settings that are not named have their defaults.</summary>
    /// <param name="source">How messages call the text.</param>
    /// <exception cref="OptionsException">As <see cref="ReadFile"/>.</exception>
    public static TrainingOptions FromJson(string json, string source = "settings") => Table.FromJson(json, source);

    /// <summary>Reads settings of another version too: one that is unknown, repeated or malformed keeps its default.</summary>
    /// <param name="source">How messages call the text.</param>
    /// <param name="skipped">Is told of every setting that is passed over, and why.</param>
    /// <exception cref="OptionsException">The text is not a JSON object.</exception>
    public static TrainingOptions FromJson(string json, string source, Action<string> skipped)
    {
        ArgumentNullException.ThrowIfNull(skipped);
        return Table.FromJson(json, source, skipped);
    }

    /// <summary>The settings that a stored model says; how text was read that an earlier version does not say is as that version read it.</summary>
    /// <param name="skipped">Is told of every setting that is passed over; null where such settings are errors.</param>
    internal static TrainingOptions OfModel(string json, string source, Action<string>? skipped = null) =>
        Table.ReadJson(Encoding.UTF8.GetBytes(json), source, new TrainingOptions { Text = TextVectorizerOptions.Earlier }, skipped);

    /// <summary>All settings with their values, nested by group, in the order of declaration.</summary>
    public static string ToJson(TrainingOptions options) => Table.ToJson(options);

    /// <summary>Writes all settings as one JSON object.</summary>
    internal static void WriteJson(TrainingOptions options, Utf8JsonWriter writer) => Table.WriteJson(options, writer);
}
