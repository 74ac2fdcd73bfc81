using LightDxml.Data;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>
/// Brings the vectors of texts near those of their labels, each label a vector of its own (a proxy; Dahiya et al., "NGAME", WSDM 2023) that
/// starts at the mean of its documents. The loss is the softmax of each of a document's labels against all labels that it lacks (Gupta et al.,
/// "Dual-Encoders for Extreme Multi-Label Classification", ICLR 2024): all of them, not a shortlist, since they cost less than the transformer.
/// </summary>
internal sealed class LabelProxies : TransformerNetwork
{
    /// <summary>What stands in for −∞, which has no gradient, among logits of cosines.</summary>
    private const double Never = -1e4;

    private readonly TextPooling _pooling;
    private readonly double _temperature;
    private readonly int _readTogether;
    private readonly TorchSharp.Modules.Parameter _labels;

    public LabelProxies(PretrainedTransformer pretrained, int labels, NetworkOptions options)
        : base(nameof(LabelProxies), pretrained, options)
    {
        (_pooling, _temperature, _readTogether) = (pretrained.Pooling, options.Temperature, options.ReadTogether);
        _labels = nn.Parameter(zeros(labels, pretrained.Width));
        RegisterComponents();
    }

    public override void StartAt(TokenSequences documents, SparseMatrix labels, int longest, CancellationToken stop)
    {
        using var off = no_grad();
        eval();
        foreach (var batch in TokenBatches.ByLength(documents, _readTogether))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var vectors = Vectors(TokenBatches.Tokens(documents, batch, LeastLength, longest, _labels.device));
            _labels.add_(TokenBatches.Targets(labels, null, batch, _labels.device).transpose(0, 1).matmul(vectors));
        }

        using var units = Unit(_labels);
        _labels.copy_(units);
    }

    /// <summary>Cosines by the temperature, [batch, labels].</summary>
    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return Vectors(tokens).matmul(Unit(_labels).transpose(0, 1)).Over(_temperature).MoveToOuterDisposeScope();
    }

    /// <summary>The logits themselves: of a low temperature, a sigmoid or a softmax would give many labels the same number.</summary>
    public override Tensor Probabilities(Tensor logits) => logits;

    public override Tensor Loss(Tensor logits, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var others = logits.Masked(targets.IsAbove(0), Never).logsumexp(1, keepdim: true);
        var losses = nn.functional.softplus(others - logits) * targets;
        return (losses.sum(1) / targets.sum(1).AtLeast(1)).mean().MoveToOuterDisposeScope();
    }

    private Tensor Vectors(Tensor tokens)
    {
        var (states, isRead) = States(tokens);
        return Unit(StatePooling.Pool(states, isRead, _pooling));
    }

    private static Tensor Unit(Tensor rows) => nn.functional.normalize(rows, 2, 1);
}
