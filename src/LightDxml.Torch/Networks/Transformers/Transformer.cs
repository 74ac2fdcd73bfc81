using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>
/// The BERT family (Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", NAACL 2019; RoBERTa,
/// DistilBERT): the sum of the vectors of a token, its position and its type; then layers of self-attention and two dense steps, each with
/// a residual and a layer norm after it. Gives the states of a text's tokens, [batch, length, width], and which of them are read,
/// [batch, length]. Parameters start at the pretrained ones.
/// </summary>
internal sealed class Transformer : nn.Module<Tensor, (Tensor States, Tensor IsRead)>
{
    /// <summary>In parameters' names a torch module has no points.</summary>
    private const char Point = '.', NoPoint = '/';

    private readonly TorchSharp.Modules.ParameterDict _tensors;
    private readonly TransformerSettings _settings;
    private readonly ITextTokenizer _tokenizer;
    private readonly int _layers;
    private readonly bool _hasTokenTypes;
    private readonly double _dropout;

    /// <param name="dropout">Share of values dropped in training: of the embeddings, of the attention, and of each step before its residual.</param>
    public Transformer(PretrainedTransformer pretrained, double dropout)
        : base(nameof(Transformer))
    {
        (_settings, _tokenizer, _layers, _dropout) = (pretrained.Settings, pretrained.Tokenizer, pretrained.LayerCount, dropout);
        _hasTokenTypes = pretrained.Tensors.ContainsKey(TransformerNames.TokenTypes);
        _tensors = nn.ParameterDict([.. pretrained.Tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => (entry.Key.Replace(Point, NoPoint), nn.Parameter(tensor(entry.Value.Values.ToArray(), [.. entry.Value.Shape]))))]);
        RegisterComponents();
    }

    /// <summary>How many layers lie above the parameter: 0 of the last, all of the embeddings.</summary>
    /// <param name="parameter">Its name in this module.</param>
    public int LayersAbove(string parameter)
    {
        var parts = parameter.Split(Point)[^1].Split(NoPoint);
        return parts[0] == "encoder" ? _layers - 1 - int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : _layers;
    }

    /// <summary>The parameters as they are now, by their names in BERT.</summary>
    public IReadOnlyDictionary<string, TransformerTensor> Export() => _tensors.named_parameters(recurse: true).ToDictionary(
        entry => entry.name.Replace(NoPoint, Point),
        entry => new TransformerTensor(entry.parameter.shape, entry.parameter.detach().cpu().contiguous().data<float>().ToArray()));

    /// <param name="tokens">[batch, length], ids plus one without marks, which end in padding (<see cref="TokenSequences.Padding"/>).</param>
    public override (Tensor States, Tensor IsRead) forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var ids = WithMarks(tokens);

        // A text without tokens and marks is one token of padding: attention needs something to look at.
        var lengths = ids.ne(TokenSequences.Padding).sum(1, keepdim: true).AtLeastWhole(1);
        var places = arange(ids.shape[1], device: ids.device);
        var isRead = places.unsqueeze(0).lt(lengths);
        var states = P(TransformerNames.Words)[ids.PlusWhole(-1).AtLeastWhole(0)].Plus(P(TransformerNames.Positions)[places.PlusWhole(_settings.FirstPosition)]);
        if (_hasTokenTypes)
            states = states.Plus(P(TransformerNames.TokenTypes)[0]);
        states = Drop(Norm(states, TransformerNames.EmbeddingNorm));
        var mask = isRead.unsqueeze(1).unsqueeze(1);
        for (var layer = 0; layer < _layers; layer++)
            states = Layer(states, mask, layer);
        return (states.MoveToOuterDisposeScope(), isRead.MoveToOuterDisposeScope());
    }

    private Tensor Layer(Tensor states, Tensor mask, int layer)
    {
        var attended = nn.functional.scaled_dot_product_attention(
            Heads(TransformerNames.Query), Heads(TransformerNames.Key), Heads(TransformerNames.Value), mask, training ? _dropout : 0);
        var joined = attended.transpose(1, 2).flatten(2);
        states = Norm(Drop(Dense(joined, Part(TransformerNames.Attended))).Plus(states), Part(TransformerNames.AttentionNorm));
        var inner = Dense(states, Part(TransformerNames.Inner));
        inner = _settings.Activation == TransformerActivation.Gelu ? nn.functional.gelu(inner) : inner.relu();
        return Norm(Drop(Dense(inner, Part(TransformerNames.Outer))).Plus(states), Part(TransformerNames.OutputNorm));

        string Part(string part) => TransformerNames.Of(layer, part);

        // [batch, heads, length, width / heads]
        Tensor Heads(string part) => Dense(states, Part(part)).unflatten(2, _settings.Heads, -1).transpose(1, 2);
    }

    /// <summary>[batch, length] → [batch, length + marks]: a text's marks stand right before and after its tokens.</summary>
    private Tensor WithMarks(Tensor tokens)
    {
        var (texts, prefix, suffix) = (tokens.shape[0], _tokenizer.Prefix, _tokenizer.Suffix);
        var ends = tokens.ne(TokenSequences.Padding).sum(1, keepdim: true).PlusWhole(prefix.Count);
        var before = tensor(prefix.Select(id => (long)id + 1).ToArray(), device: tokens.device).expand(texts, prefix.Count);
        var marked = cat([before, tokens, zeros(texts, suffix.Count, dtype: ScalarType.Int64, device: tokens.device)], 1);
        for (var i = 0; i < suffix.Count; i++)
            marked = marked.scatter(1, ends.PlusWhole(i), zeros_like(ends).PlusWhole(suffix[i] + 1));
        return marked;
    }

    private TorchSharp.Modules.Parameter P(string name) => _tensors[name.Replace(Point, NoPoint)];

    private Tensor Dense(Tensor inputs, string name) => nn.functional.linear(inputs, P($"{name}.weight"), P($"{name}.bias"));

    private Tensor Norm(Tensor values, string name) => nn.functional.layer_norm(values, [values.shape[^1]], P($"{name}.weight"), P($"{name}.bias"), _settings.Epsilon);

    private Tensor Drop(Tensor values) => _dropout > 0 ? nn.functional.dropout(values, _dropout, training) : values;
}
