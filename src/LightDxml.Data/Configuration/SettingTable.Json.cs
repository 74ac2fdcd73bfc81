using System.Text;
using System.Text.Json;

namespace LightDxml.Configuration;

/// <summary>Settings as JSON: nested objects or dotted keys, in any mixture; comments and trailing commas are accepted.</summary>
internal sealed partial class SettingTable<TOptions>
{
    /// <summary>Reads a settings file over <paramref name="start"/>; settings that the file does not name keep their value.</summary>
    /// <exception cref="OptionsException">Not readable, not JSON, an unknown or repeated name, or a bad value: the message names file and line.</exception>
    public TOptions ReadFile(string path, TOptions start)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(start);
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"Cannot read the settings file {path}: {fault.Message}", fault);
        }

        return ReadJson(json, path, start);
    }

    /// <summary>Reads settings over <paramref name="start"/>; those that are not named keep their value.</summary>
    /// <param name="source">How messages call the text.</param>
    /// <param name="skipped">
    /// Without it the first fault is an error. With it, a setting that is unknown, repeated or malformed keeps its value and the fault is
    /// told to <paramref name="skipped"/>, as settings that another version wrote need it; text that is not a JSON object is an error
    /// all the same. Ranges are checked in neither case.
    /// </param>
    /// <exception cref="OptionsException">As <see cref="ReadFile"/>.</exception>
    public TOptions ReadJson(ReadOnlySpan<byte> json, string source, TOptions start, Action<string>? skipped = null) =>
        new SettingReader<TOptions>(this, source, skipped).Read(json, start);

    /// <summary>Reads what <see cref="ToJson"/> wrote; settings that are not named have their defaults.</summary>
    /// <exception cref="OptionsException">As <see cref="ReadFile"/>.</exception>
    public TOptions FromJson(string json, string source, Action<string>? skipped = null) =>
        ReadJson(Encoding.UTF8.GetBytes(json), source, _defaults, skipped);

    /// <summary>All settings with their values, nested by group, in the order of declaration.</summary>
    public string ToJson(TOptions options)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            WriteJson(options, writer);
        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    /// <summary>Writes all settings as one JSON object.</summary>
    public void WriteJson(TOptions options, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(options);
        writer.WriteStartObject();
        var group = "";
        foreach (var setting in All)
        {
            var dot = setting.Name.LastIndexOf('.');
            var own = dot < 0 ? "" : setting.Name[..dot];
            if (own != group)
            {
                if (group.Length > 0)
                    writer.WriteEndObject();
                if (own.Length > 0)
                    writer.WriteStartObject(own);
                group = own;
            }

            writer.WritePropertyName(setting.Name[(dot + 1)..]);
            if (setting.Kind is SettingKind.Text or SettingKind.Choice)
                writer.WriteStringValue(setting.GetText(options));
            else
                writer.WriteRawValue(setting.GetText(options));
        }

        if (group.Length > 0)
            writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal bool IsGroup(string name) => _groups.Contains(name);
}
