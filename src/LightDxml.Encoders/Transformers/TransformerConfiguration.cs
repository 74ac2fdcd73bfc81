using System.Text.Json;
using LightDxml.TextEncoding;

namespace LightDxml.Encoders.Transformers;

/// <summary>Reads and writes Hugging Face's <c>config.json</c> of BERT, RoBERTa and DistilBERT.</summary>
internal static class TransformerConfiguration
{
    public const string FileName = "config.json";

    /// <exception cref="LightDxmlException">The file is missing or bad, or asks for what is not known here.</exception>
    public static TransformerSettings Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new LightDxmlException($"{folder}: it has no {FileName}, which says how many heads of attention the network has; that of Hugging Face was expected.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new LightDxmlException($"{path}: it cannot be read as the configuration of a network: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the members for a network of BERT's kind.</summary>
    public static void Write(PretrainedTransformer transformer, Utf8JsonWriter json)
    {
        json.WriteString("model_type", "bert");
        json.WriteNumber("vocab_size", transformer.Tensors[TransformerNames.Words].Shape[0]);
        json.WriteNumber("hidden_size", transformer.Width);
        json.WriteNumber("num_hidden_layers", transformer.LayerCount);
        json.WriteNumber("num_attention_heads", transformer.Settings.Heads);
        json.WriteNumber("intermediate_size", transformer.Tensors[$"{TransformerNames.Of(0, TransformerNames.Inner)}.bias"].Shape[0]);
        json.WriteString("hidden_act", transformer.Settings.Activation == TransformerActivation.Gelu ? "gelu" : "relu");
        json.WriteNumber("max_position_embeddings", transformer.Tensors[TransformerNames.Positions].Shape[0]);
        json.WriteNumber("layer_norm_eps", transformer.Settings.Epsilon);
    }

    private static TransformerSettings Read(JsonElement root, string path)
    {
        var kind = Text("model_type", "bert");
        if (kind is not ("bert" or "roberta" or "xlm-roberta" or "distilbert"))
            throw Fault($"model_type is {kind}; bert, roberta, xlm-roberta or distilbert was expected");
        var heads = (Part("num_attention_heads") ?? Part("n_heads"))?.GetInt32() ?? throw Fault("num_attention_heads is missing");
        if (heads < 1)
            throw Fault($"num_attention_heads is {heads}; at least 1 was expected");
        var activation = Text(kind == "distilbert" ? "activation" : "hidden_act", "gelu") switch
        {
            "gelu" => TransformerActivation.Gelu,
            "relu" => TransformerActivation.Relu,
            var other => throw Fault($"the activation is {other}; gelu or relu was expected"),
        };
        if (Text("position_embedding_type", "absolute") is not "absolute" and var positions)
            throw Fault($"position_embedding_type is {positions}; absolute was expected");

        // RoBERTa counts positions from the one after that of padding.
        var first = kind is "roberta" or "xlm-roberta" ? (Part("pad_token_id")?.GetInt32() ?? 1) + 1 : 0;
        return new TransformerSettings(heads, activation, Part("layer_norm_eps")?.GetDouble() ?? 1e-12, first);

        JsonElement? Part(string name) => root.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part : null;
        string Text(string name, string otherwise) => Part(name)?.GetString() ?? otherwise;
        LightDxmlException Fault(string what) => new($"{path}: {what}.");
    }
}
