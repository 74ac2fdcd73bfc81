using LightDxml.TextEncoding;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>
/// A pretrained transformer that is trained further with what reads its states. Layers learn the more slowly the lower they lie (Howard and
/// Ruder, "Universal Language Model Fine-tuning for Text Classification", ACL 2018), and what is new learns faster.
/// </summary>
internal abstract class TransformerNetwork : TextNetwork
{
    private readonly Transformer _transformer;

    protected TransformerNetwork(string name, PretrainedTransformer pretrained, NetworkOptions options)
        : base(name)
    {
        _transformer = new Transformer(pretrained, options.Dropout);
        register_module(nameof(_transformer), _transformer);
    }

    public override int LeastLength => 1;

    /// <summary>The transformer's tensors as they are now, by their names in BERT.</summary>
    public IReadOnlyDictionary<string, TransformerTensor> Export() => _transformer.Export();

    public override double RateOf(string parameter, NetworkOptions options) =>
        parameter.StartsWith($"{nameof(_transformer)}.", StringComparison.Ordinal)
            ? options.Rate * Math.Pow(options.LayerDecay, _transformer.LayersAbove(parameter[(nameof(_transformer).Length + 1)..]))
            : options.NewRate;

    /// <summary>States of the tokens and which of them are read.</summary>
    protected (Tensor States, Tensor IsRead) States(Tensor tokens) => _transformer.forward(tokens);
}
