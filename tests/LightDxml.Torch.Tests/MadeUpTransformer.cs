using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;

namespace LightDxml.Torch.Tests;

/// <summary>Networks of the BERT family of drawn weights, 16 numbers wide.</summary>
internal static class MadeUpTransformer
{
    public const int Width = 16, Inner = 24, Layers = 2, Heads = 2;

    /// <summary>The first token's mark and the last one's.</summary>
    public const int Start = 3, End = 4;

    /// <param name="tokens">Tokens in the vocabulary.</param>
    /// <param name="positions">Tokens of the longest text, marks among them.</param>
    public static PretrainedTransformer Make(
        int tokens, int positions, TransformerSettings? settings = null, bool hasTokenTypes = true, TextPooling pooling = TextPooling.Mean,
        Func<string, string>? rename = null, Action<Dictionary<string, TransformerTensor>>? change = null)
    {
        settings ??= new TransformerSettings(Heads, Epsilon: 1e-5);
        var tensors = Tensors(tokens, positions + settings.FirstPosition, hasTokenTypes);
        change?.Invoke(tensors);
        return new PretrainedTransformer(
            "made-up", settings, tensors.ToDictionary(tensor => (rename ?? (name => name))(tensor.Key), tensor => tensor.Value), new Vocabulary(tokens), pooling, positions);
    }

    public static Dictionary<string, TransformerTensor> Tensors(int tokens, int positions, bool hasTokenTypes = true)
    {
        var numbers = new Random(29);
        var tensors = new Dictionary<string, TransformerTensor>();
        Add("embeddings.word_embeddings.weight", tokens, Width);
        Add("embeddings.position_embeddings.weight", positions, Width);
        if (hasTokenTypes)
            Add("embeddings.token_type_embeddings.weight", 2, Width);
        AddBoth("embeddings.LayerNorm", Width);
        for (var layer = 0; layer < Layers; layer++)
        {
            var name = $"encoder.layer.{layer}.";
            foreach (var part in new[] { "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense" })
                AddBoth(name + part, Width, Width);
            AddBoth(name + "attention.output.LayerNorm", Width);
            AddBoth(name + "intermediate.dense", Inner, Width);
            AddBoth(name + "output.dense", Width, Inner);
            AddBoth(name + "output.LayerNorm", Width);
        }

        return tensors;

        void AddBoth(string name, params long[] shape)
        {
            Add($"{name}.weight", shape);
            Add($"{name}.bias", shape[0]);
        }

        void Add(string name, params long[] shape) =>
            tensors.Add(name, new TransformerTensor(shape, Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)(numbers.NextDouble() - 0.5 + (name.EndsWith("Norm.weight", StringComparison.Ordinal) ? 1 : 0))).ToArray()));
    }

    private sealed class Vocabulary(int size) : ITextTokenizer
    {
        public int Size => size;

        public IReadOnlyList<int> Prefix { get; } = [Start];

        public IReadOnlyList<int> Suffix { get; } = [End];

        public void Tokenize(ReadOnlySpan<byte> text, int most, List<int> ids) => throw new NotSupportedException();
    }
}
