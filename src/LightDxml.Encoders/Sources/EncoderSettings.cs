using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Sources;

/// <summary>The settings in the JSON files of an encoder's folder, each of which may be missing.</summary>
internal sealed class EncoderSettings(string folder)
{
    /// <summary>Model limits of this size and more stand for "none".</summary>
    private const double NoLimit = 1e6;

    public const string PromptFile = "config_sentence_transformers.json";

    private const string DefaultPrompt = "default_prompt_name";

    private static readonly string PoolingFile = Path.Combine("1_Pooling", "config.json");

    /// <summary>The files, by their paths in the folder.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
        ["modules.json", "sentence_bert_config.json", "tokenizer_config.json", PromptFile, PoolingFile];

    /// <summary>A text's vector gets unit length anyway, and dropout is of training alone.</summary>
    private static readonly string[] KnownModules = ["Transformer", "Pooling", "Normalize", "Dropout"];

    /// <summary>From <c>1_Pooling/config.json</c>; the mean where there is none.</summary>
    /// <exception cref="LightDxmlException">The folder asks for another pooling, or for a layer that is not known here.</exception>
    public TextPooling Pooling()
    {
        CheckModules();
        if (Read(PoolingFile) is not { } settings)
            return TextPooling.Mean;
        var modes = settings.EnumerateObject()
            .Where(setting => setting.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && setting.Value.ValueKind == JsonValueKind.True)
            .Select(setting => setting.Name["pooling_mode_".Length..]).ToList();
        if (settings.TryGetProperty("pooling_mode", out var mode) && mode.ValueKind == JsonValueKind.String)
            modes.Add(mode.GetString()!);
        return modes switch
        {
            [] or ["mean_tokens" or "mean"] => TextPooling.Mean,
            ["cls_token" or "cls"] => TextPooling.FirstToken,
            _ => throw Fault(PoolingFile, $"the pooling is {string.Join(" and ", modes)}; mean_tokens or cls_token, alone, was expected"),
        };
    }

    /// <summary>Tokens of a text at most, marks among them; null where no file says.</summary>
    public int? MaxTokens() => Limit("sentence_bert_config.json", "max_seq_length") ?? Limit("tokenizer_config.json", "model_max_length");

    /// <summary>Whether texts are put in lower case before any tokenizer. False leaves the case to the tokenizer.</summary>
    public bool LowerCaseFirst() => Flag("sentence_bert_config.json", "do_lower_case") ?? false;

    /// <summary>How a tokenizer of <c>vocab.txt</c> cuts words.</summary>
    public (bool LowerCase, bool StripAccents, bool SeparateChinese) Words()
    {
        const string file = "tokenizer_config.json";
        var lowerCase = Flag(file, "do_lower_case") ?? true;
        return (lowerCase, Flag(file, "strip_accents") ?? lowerCase, Flag(file, "tokenize_chinese_chars") ?? true);
    }

    /// <param name="name">Empty takes the folder's default, if it has one.</param>
    /// <exception cref="LightDxmlException">There is no prompt of this name, or the pooling leaves its tokens out.</exception>
    public string Prompt(string name)
    {
        var prompts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var chosen = name;
        if (Read(PromptFile) is { } settings)
        {
            if (settings.TryGetProperty("prompts", out var all) && all.ValueKind == JsonValueKind.Object)
            {
                foreach (var prompt in all.EnumerateObject())
                    prompts[prompt.Name] = prompt.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null ? prompt.Value.GetString() ?? "" : throw Fault(PromptFile, $"the prompt '{prompt.Name}' is not a string");
            }

            if (name.Length == 0 && settings.TryGetProperty(DefaultPrompt, out var standard) && standard.ValueKind == JsonValueKind.String)
                chosen = standard.GetString()!;
        }

        if (chosen.Length == 0)
            return "";
        if (!prompts.TryGetValue(chosen, out var text))
            throw new OptionsException($"text.encoder={folder} has no prompt '{chosen}'; {PromptFile} has {(prompts.Count > 0 ? string.Join(", ", prompts.Keys) : "none")}.");
        return text.Length == 0 || (Flag(PoolingFile, "include_prompt") ?? true) ? text
            : throw Fault(PoolingFile, $"the pooling leaves out the tokens of the prompt '{chosen}', which is not supported");
    }

    /// <summary>The file of prompts, which is there, without its default: for an encoder that was trained on texts without a prompt.</summary>
    public byte[] WithoutDefaultPrompt()
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            foreach (var setting in Read(PromptFile)!.Value.EnumerateObject().Where(setting => setting.Name != DefaultPrompt))
                setting.WriteTo(json);
            json.WriteEndObject();
        }

        return content.ToArray();
    }

    private void CheckModules()
    {
        const string file = "modules.json";
        if (Read(file, JsonValueKind.Array) is not { } modules)
            return;
        foreach (var module in modules.EnumerateArray())
        {
            var kind = module.ValueKind == JsonValueKind.Object && module.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()!.Split('.')[^1] : null;
            if (!KnownModules.Contains(kind))
                throw Fault(file, $"the encoder has a layer {kind ?? "without a type"}, which is not supported; {string.Join(", ", KnownModules)} are");
        }
    }

    private bool? Flag(string file, string name) =>
        Read(file) is { } settings && settings.TryGetProperty(name, out var flag) && flag.ValueKind is JsonValueKind.True or JsonValueKind.False ? flag.GetBoolean() : null;

    private int? Limit(string file, string name)
    {
        if (Read(file) is not { } settings || !settings.TryGetProperty(name, out var limit) || limit.ValueKind != JsonValueKind.Number)
            return null;
        var tokens = limit.GetDouble();
        return tokens >= NoLimit ? null : tokens >= 4 && tokens == Math.Floor(tokens) ? (int)tokens
            : throw Fault(file, $"{name} is {limit.GetRawText()}; a whole number of at least 4 was expected");
    }

    private JsonElement? Read(string file, JsonValueKind kind = JsonValueKind.Object)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : throw Fault(file, $"it is not a JSON {kind.ToString().ToLowerInvariant()}");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{path}: it cannot be read as JSON: {exception.Message}", exception);
        }
    }

    private LightDxmlException Fault(string file, string what) => new($"{Path.Combine(folder, file)}: {what}.");
}
