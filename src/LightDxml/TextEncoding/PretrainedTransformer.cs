using LightDxml.Text.Tokens;

namespace LightDxml.TextEncoding;

/// <summary>A pretrained network of the BERT family with all that is needed to train it further.</summary>
internal sealed record PretrainedTransformer
{
    /// <param name="place">The file, for messages.</param>
    /// <param name="tensors">By their names in BERT (<see cref="TransformerNames"/>); others may be among them.</param>
    /// <param name="maxTokens">Tokens of a text at most, marks among them; as many as there are positions where that is fewer.</param>
    /// <exception cref="LightDxmlException">A tensor is missing or has another shape than the rest asks for.</exception>
    public PretrainedTransformer(
        string place, TransformerSettings settings, IReadOnlyDictionary<string, TransformerTensor> tensors, ITextTokenizer tokenizer, TextPooling pooling, int maxTokens)
    {
        (Place, Settings, Tokenizer, Pooling) = (place, settings, tokenizer, pooling);
        if (!tensors.TryGetValue(TransformerNames.Words, out var words) || words.Shape is not [_, var width])
            throw Fault($"it has no matrix {TransformerNames.Words}; a network of the BERT family was expected");
        if (width % settings.Heads != 0)
            throw Fault($"{settings.Heads} heads of attention do not divide the width {width}");
        while (tensors.ContainsKey($"{TransformerNames.Of(LayerCount, TransformerNames.Query)}.weight"))
            LayerCount++;
        if (LayerCount == 0)
            throw Fault($"it has no layer {TransformerNames.Of(0, TransformerNames.Query)}.weight; a network of the BERT family was expected");
        Width = (int)width;
        Tensors = Checked(tensors);
        var positions = (int)Tensors[TransformerNames.Positions].Shape[0] - settings.FirstPosition;
        MaxTokens = Math.Min(maxTokens, positions);
        if (words.Shape[0] < tokenizer.Size)
            throw Fault($"it has {words.Shape[0]} vectors of tokens, but the vocabulary has {tokenizer.Size} tokens");
    }

    /// <summary>The file, for messages.</summary>
    public string Place { get; }

    public TransformerSettings Settings { get; }

    /// <summary>The network's tensors by their names in BERT, no others.</summary>
    public IReadOnlyDictionary<string, TransformerTensor> Tensors { get; }

    public ITextTokenizer Tokenizer { get; }

    /// <summary>How a text's vector is made of those of its tokens.</summary>
    public TextPooling Pooling { get; }

    /// <summary>Tokens of a text at most, marks among them.</summary>
    public int MaxTokens { get; }

    public int LayerCount { get; }

    /// <summary>Numbers in a token's vector.</summary>
    public int Width { get; }

    /// <summary>Marks at the ends of a text.</summary>
    public int MarkCount => Tokenizer.Prefix.Count + Tokenizer.Suffix.Count;

    private Dictionary<string, TransformerTensor> Checked(IReadOnlyDictionary<string, TransformerTensor> tensors)
    {
        var taken = new Dictionary<string, TransformerTensor>(StringComparer.Ordinal);
        Take(TransformerNames.Words, -1, Width);
        Take(TransformerNames.Positions, -1, Width);
        if (tensors.ContainsKey(TransformerNames.TokenTypes))
            Take(TransformerNames.TokenTypes, -1, Width);
        TakeNorm(TransformerNames.EmbeddingNorm);
        for (var layer = 0; layer < LayerCount; layer++)
        {
            var inner = tensors.TryGetValue($"{TransformerNames.Of(layer, TransformerNames.Inner)}.bias", out var bias) ? (int)bias.Shape[0] : Width;
            foreach (var part in new[] { TransformerNames.Query, TransformerNames.Key, TransformerNames.Value, TransformerNames.Attended })
                TakeDense(TransformerNames.Of(layer, part), Width, Width);
            TakeDense(TransformerNames.Of(layer, TransformerNames.Inner), inner, Width);
            TakeDense(TransformerNames.Of(layer, TransformerNames.Outer), Width, inner);
            TakeNorm(TransformerNames.Of(layer, TransformerNames.AttentionNorm));
            TakeNorm(TransformerNames.Of(layer, TransformerNames.OutputNorm));
        }

        return taken;

        void TakeDense(string name, int rows, int columns)
        {
            Take($"{name}.weight", rows, columns);
            Take($"{name}.bias", rows);
        }

        void TakeNorm(string name)
        {
            Take($"{name}.weight", Width);
            Take($"{name}.bias", Width);
        }

        // A size of −1 may be any.
        void Take(string name, params long[] shape)
        {
            if (!tensors.TryGetValue(name, out var tensor))
                throw Fault($"it has no tensor {name}; a network of the BERT family with {LayerCount} layers has one");
            var isSo = tensor.Shape.Count == shape.Length && tensor.Shape.Zip(shape).All(pair => pair.Second == -1 || pair.First == pair.Second)
                && tensor.Shape.Aggregate(1L, (count, size) => count * size) == tensor.Values.Length;
            taken[name] = isSo ? tensor : throw Fault($"the tensor {name} is [{string.Join(", ", tensor.Shape)}]; [{string.Join(", ", shape.Select(size => size == -1 ? "any" : $"{size}"))}] was expected");
        }
    }

    private LightDxmlException Fault(string what) => new($"{Place}: {what}.");
}
