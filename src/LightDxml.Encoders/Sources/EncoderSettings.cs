using System.Text.Json;
using LightDxml.Configuration;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Sources;

/// <summary>The settings in the JSON files of an encoder's folder, each of which may be missing.</summary>
internal sealed class EncoderSettings(string folder)
{
    /// <summary>Model limits of this size and more stand for "none".</summary>
    private const double NoLimit = 1e6;

    /// <summary>The files, by their paths in the folder.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
        ["modules.json", "sentence_bert_config.json", "tokenizer_config.json", "config_sentence_transformers.json", Path.Combine("1_Pooling", "config.json")];

    private static readonly string[] OtherModules = ["Dense", "CNN", "LSTM", "WeightedLayerPooling"];

    /// <summary>From <c>1_Pooling/config.json</c>; the mean where there is none.</summary>
    /// <exception cref="LightDxmlException">The folder asks for another pooling, or for a layer after it.</exception>
    public TextPooling Pooling()
    {
        CheckModules();
        var file = Path.Combine("1_Pooling", "config.json");
        if (Read(file) is not { } settings)
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
            _ => throw Fault(file, $"the pooling is {string.Join(" and ", modes)}; mean_tokens or cls_token, alone, was expected"),
        };
    }

    /// <summary>Tokens of a text at most, marks among them; null where no file says.</summary>
    public int? MaxTokens() => Limit("sentence_bert_config.json", "max_seq_length") ?? Limit("tokenizer_config.json", "model_max_length");

    public bool LowerCase()
    {
        foreach (var file in new[] { "tokenizer_config.json", "sentence_bert_config.json" })
        {
            if (Read(file) is { } settings && settings.TryGetProperty("do_lower_case", out var flag) && flag.ValueKind is JsonValueKind.True or JsonValueKind.False)
                return flag.GetBoolean();
        }

        return true;
    }

    /// <param name="name">Empty takes the folder's default, if it has one.</param>
    /// <exception cref="LightDxmlException">There is no prompt of this name.</exception>
    public string Prompt(string name)
    {
        const string file = "config_sentence_transformers.json";
        var prompts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var chosen = name;
        if (Read(file) is { } settings)
        {
            if (settings.TryGetProperty("prompts", out var all) && all.ValueKind == JsonValueKind.Object)
            {
                foreach (var prompt in all.EnumerateObject())
                    prompts[prompt.Name] = prompt.Value.GetString() ?? "";
            }

            if (name.Length == 0 && settings.TryGetProperty("default_prompt_name", out var standard) && standard.ValueKind == JsonValueKind.String)
                chosen = standard.GetString()!;
        }

        return chosen.Length == 0 ? "" : prompts.TryGetValue(chosen, out var text) ? text
            : throw new OptionsException($"text.encoder={folder} has no prompt '{chosen}'; {file} has {(prompts.Count > 0 ? string.Join(", ", prompts.Keys) : "none")}.");
    }

    private void CheckModules()
    {
        const string file = "modules.json";
        if (Read(file, JsonValueKind.Array) is not { } modules)
            return;
        foreach (var module in modules.EnumerateArray())
        {
            var kind = (module.TryGetProperty("type", out var type) ? type.GetString() : null)?.Split('.')[^1];
            if (OtherModules.Contains(kind))
                throw Fault(file, $"the encoder has a layer {kind} after the network, which is not known here; Transformer, Pooling and Normalize are");
        }
    }

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
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : throw Fault(file, $"it is no JSON {kind.ToString().ToLowerInvariant()}");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LightDxmlException($"{path}: it cannot be read as JSON: {exception.Message}", exception);
        }
    }

    private LightDxmlException Fault(string file, string what) => new($"{Path.Combine(folder, file)}: {what}.");
}
