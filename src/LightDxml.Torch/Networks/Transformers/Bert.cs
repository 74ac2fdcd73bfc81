using LightDxml.TextEncoding;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>
/// BERT with a sigmoid a label (Chalkidis et al., "Large-Scale Multi-Label Text Classification on EU Legislation", ACL 2019): the text's
/// vector, dropout, labels.
/// </summary>
internal sealed class Bert : TransformerNetwork
{
    private readonly TextPooling _pooling;
    private readonly nn.Module<Tensor, Tensor> _dropout;
    private readonly TorchSharp.Modules.Linear _labels;

    public Bert(PretrainedTransformer pretrained, int labels, NetworkOptions options)
        : base(nameof(Bert), pretrained, options)
    {
        _pooling = pretrained.Pooling;
        _dropout = nn.Dropout(options.Dropout);
        _labels = nn.Linear(pretrained.Width, labels);
        RegisterComponents();
    }

    protected override void StartAt(Tensor logOdds) => Start(_labels, logOdds);

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var (states, isRead) = States(tokens);
        return _labels.forward(_dropout.forward(StatePooling.Pool(states, isRead, _pooling))).MoveToOuterDisposeScope();
    }
}
