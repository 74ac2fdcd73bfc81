using System.Text;
using System.Text.Json;

namespace LightDxml.Configuration;

/// <summary>One reading of settings from JSON text.</summary>
/// <param name="skipped">Is told of what is passed over; without it the first fault is an error.</param>
internal sealed class SettingReader<TOptions>(SettingTable<TOptions> table, string source, Action<string>? skipped)
    where TOptions : class, new()
{
    private readonly Stack<string> _groups = new();
    private readonly HashSet<string> _seen = [];

    /// <exception cref="OptionsException">Not a JSON object, or a fault that is not passed over; the message names source and line.</exception>
    public TOptions Read(ReadOnlySpan<byte> json, TOptions options)
    {
        var text = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var name = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = _groups.Peek() + reader.GetString();
                        break;
                    case JsonTokenType.StartObject when _groups.Count == 0:
                        _groups.Push("");
                        break;
                    case JsonTokenType.StartObject when table.IsGroup(name):
                        _groups.Push(name + ".");
                        break;
                    case JsonTokenType.EndObject:
                        _groups.Pop();
                        break;
                    default:
                        options = ReadValue(ref reader, text, name, options);
                        break;
                }
            }
        }
        catch (OptionsException fault)
        {
            throw new OptionsException($"{Place(text, reader)}: {fault.Message}", fault);
        }
        catch (JsonException fault)
        {
            var what = fault.Message.Split(" LineNumber:")[0].ReplaceLineEndings(" ");
            throw new OptionsException($"{source}({(fault.LineNumber ?? 0) + 1}): not JSON: {what}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new OptionsException($"{Place(text, reader)}: text that is not UTF-8.", fault);
        }

        return options;
    }

    private TOptions ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string name, TOptions options)
    {
        try
        {
            return Value(ref reader, name, options);
        }
        catch (OptionsException fault) when (skipped is not null && _groups.Count > 0)
        {
            skipped($"{Place(text, reader)}: {fault.Message}");
            reader.Skip();
            return options;
        }
    }

    private TOptions Value(ref Utf8JsonReader reader, string name, TOptions options)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.Null)
            throw new OptionsException($"{(name.Length > 0 ? name : "The text")} must not be {(reader.TokenType == JsonTokenType.Null ? "null" : "an array")}.");
        if (_groups.Count == 0)
            throw new OptionsException("Settings are one JSON object.");
        var setting = table.Find(name);
        if (reader.TokenType == JsonTokenType.StartObject)
            throw new OptionsException($"{name} is one value, not a group of settings.");
        if (!_seen.Add(name))
            throw new OptionsException($"{name} is set twice.");
        return setting.With(options, reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan));
    }

    private string Place(ReadOnlySpan<byte> text, in Utf8JsonReader reader) =>
        $"{source}({text[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1})";
}
