using LightDxml.TextEncoding;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>
/// BERTMeSH (You et al., "BERTMeSH: deep contextual representation learning for large-scale high-performance MeSH indexing with full text",
/// Bioinformatics 2021): for each label its own attention over the transformer's states, and one layer for all labels to a logit.
/// </summary>
internal sealed class BertMesh : TransformerNetwork
{
    private readonly nn.Module<Tensor, Tensor> _dropout;
    private readonly LabelAttention _labels;

    public BertMesh(PretrainedTransformer pretrained, int labels, NetworkOptions options)
        : base(nameof(BertMesh), pretrained, options)
    {
        _dropout = nn.Dropout(options.Dropout);
        _labels = new LabelAttention(pretrained.Width, labels, options.Units);
        RegisterComponents();
    }

    protected override void StartAt(Tensor logOdds) => _labels.StartAt(logOdds);

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var (states, isRead) = States(tokens);
        return _labels.forward(_dropout.forward(states), isRead, null).MoveToOuterDisposeScope();
    }
}
