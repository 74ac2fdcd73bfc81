using System.Text;
using System.Text.Json;
using LightDxml.Training;

namespace LightDxml.Configuration;

/// <summary>Settings as JSON: nested objects or dotted keys, in any mixture; comments and trailing commas are accepted.</summary>
internal static partial class Settings
{
    /// <summary>Reads a settings file over <paramref name="start"/>; settings that the file does not name keep their value.</summary>
    /// <exception cref="OptionsException">Not readable, not JSON, an unknown or repeated name, or a bad value: the message names file and line.</exception>
    public static TrainingOptions ReadFile(string path, TrainingOptions start)
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

        return Read(json, path, start);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote; settings that are not named have their defaults.</summary>
    /// <param name="source">How messages call the text.</param>
    /// <exception cref="OptionsException">As <see cref="ReadFile"/>.</exception>
    public static TrainingOptions FromJson(string json, string source = "settings") =>
        Read(Encoding.UTF8.GetBytes(json), source, new TrainingOptions());

    /// <summary>All settings with their values, nested by group, in the order of declaration.</summary>
    public static string ToJson(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            WriteJson(options, writer);
        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    /// <summary>Writes all settings as one JSON object.</summary>
    internal static void WriteJson(TrainingOptions options, Utf8JsonWriter writer)
    {
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
            WriteValue(setting.Get(options), writer);
        }

        if (group.Length > 0)
            writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the settings of one group as a JSON object, without the group's name.</summary>
    internal static void WriteGroup(string group, TrainingOptions options, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var setting in All.Where(setting => setting.Name.StartsWith(group + ".", StringComparison.Ordinal)))
        {
            writer.WritePropertyName(setting.Name[(group.Length + 1)..]);
            WriteValue(setting.Get(options), writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(object value, Utf8JsonWriter writer)
    {
        if (value is string or Enum)
            writer.WriteStringValue(Setting.Text(value));
        else
            writer.WriteRawValue(Setting.Text(value));
    }

    private static TrainingOptions Read(byte[] json, string source, TrainingOptions options)
    {
        var text = json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var groups = new Stack<string>();
        var seen = new HashSet<string>();
        var name = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = (groups.Count > 0 && groups.Peek().Length > 0 ? groups.Peek() + "." : "") + reader.GetString();
                        break;
                    case JsonTokenType.StartObject:
                        if (name.Length > 0 && !Groups.Contains(name))
                            throw new OptionsException($"{Find(name).Name} is one value, not a group of settings.");
                        groups.Push(name);
                        break;
                    case JsonTokenType.EndObject:
                        groups.Pop();
                        break;
                    case JsonTokenType.StartArray or JsonTokenType.Null:
                        throw new OptionsException($"{(name.Length > 0 ? name : "The text")} must not be {(reader.TokenType == JsonTokenType.Null ? "null" : "an array")}.");
                    default:
                        if (groups.Count == 0)
                            throw new OptionsException("Settings are one JSON object.");
                        var setting = Find(name);
                        if (!seen.Add(name))
                            throw new OptionsException($"{name} is set twice.");
                        options = setting.With(options, reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan));
                        break;
                }
            }
        }
        catch (OptionsException fault)
        {
            throw new OptionsException($"{source}({LineOf(text, reader.TokenStartIndex)}): {fault.Message}", fault);
        }
        catch (JsonException fault)
        {
            var what = fault.Message.Split(" LineNumber:")[0];
            throw new OptionsException($"{source}({(fault.LineNumber ?? 0) + 1}): not JSON: {what}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new OptionsException($"{source}({LineOf(text, reader.TokenStartIndex)}): text that is not UTF-8.", fault);
        }

        return options;
    }

    private static int LineOf(ReadOnlySpan<byte> text, long position) => text[..(int)position].Count((byte)'\n') + 1;
}
