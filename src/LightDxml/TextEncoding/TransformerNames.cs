namespace LightDxml.TextEncoding;

/// <summary>The tensors of a network of the BERT family, by the names that BERT has in Hugging Face's layout.</summary>
internal static class TransformerNames
{
    public const string Words = "embeddings.word_embeddings.weight";
    public const string Positions = "embeddings.position_embeddings.weight";
    public const string TokenTypes = "embeddings.token_type_embeddings.weight";
    public const string EmbeddingNorm = "embeddings.LayerNorm";
    public const string Query = "attention.self.query", Key = "attention.self.key", Value = "attention.self.value", Attended = "attention.output.dense", AttentionNorm = "attention.output.LayerNorm";
    public const string Inner = "intermediate.dense", Outer = "output.dense", OutputNorm = "output.LayerNorm";

    private static readonly string[] Beginnings = ["bert.", "roberta.", "distilbert.", "model.", "0.auto_model."];

    private static readonly (string Other, string Own)[] Parts =
    [
        ("transformer.layer.", "encoder.layer."), (".attention.q_lin.", $".{Query}."), (".attention.k_lin.", $".{Key}."), (".attention.v_lin.", $".{Value}."),
        (".attention.out_lin.", $".{Attended}."), (".sa_layer_norm.", $".{AttentionNorm}."), (".ffn.lin1.", $".{Inner}."), (".ffn.lin2.", $".{Outer}."),
        (".output_layer_norm.", $".{OutputNorm}."), (".LayerNorm.gamma", ".LayerNorm.weight"), (".LayerNorm.beta", ".LayerNorm.bias"),
    ];

    /// <summary>The part of a layer by the layer's number.</summary>
    public static string Of(int layer, string part) => $"encoder.layer.{layer}.{part}";

    /// <summary>The name as BERT has it: without the model's own name before it, and of DistilBERT's parts those of BERT.</summary>
    public static string AsInBert(string name)
    {
        foreach (var beginning in Beginnings)
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal))
                name = name[beginning.Length..];
        }

        return Parts.Aggregate(name, (changed, part) => changed.Replace(part.Other, part.Own, StringComparison.Ordinal));
    }
}
