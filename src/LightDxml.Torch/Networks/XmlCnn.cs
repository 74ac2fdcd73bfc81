using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// XML-CNN (Liu et al., "Deep Learning for Extreme Multi-label Text Classification", SIGIR 2017): filters over 2, 4 and 8 words, of each
/// the greatest value in every part of the document (dynamic max pooling), a narrow layer, labels.
/// </summary>
internal sealed class XmlCnn : TextNetwork
{
    private static readonly int[] Widths = [2, 4, 8];

    // Below it, a part knows a word at a few places alone, and learns it at each anew.
    private const int LeastPart = 16;

    private readonly int _longest;
    private readonly int _pools;
    private readonly WordVectors _vectors;
    private readonly TorchSharp.Modules.ModuleList<TorchSharp.Modules.Conv1d> _filters;
    private readonly TorchSharp.Modules.Linear _narrow;
    private readonly nn.Module<Tensor, Tensor> _dropout;
    private readonly TorchSharp.Modules.Linear _labels;

    /// <param name="longest">Words of the longest document that is read.</param>
    public XmlCnn(int tokens, int labels, int longest, NetworkOptions options)
        : base(nameof(XmlCnn))
    {
        (_longest, _pools) = (longest, Math.Clamp(longest / LeastPart, 1, options.Pools));
        _vectors = new WordVectors(tokens, options.Dimensions, KimBound);
        _filters = Filters(Widths, options);
        _narrow = nn.Linear(Widths.Length * options.Filters * _pools, options.Units);
        nn.init.xavier_uniform_(_narrow.weight!);
        _dropout = nn.Dropout(options.Dropout);
        _labels = nn.Linear(options.Units, labels);
        RegisterComponents();
    }

    public override int LeastLength => 1;

    protected override void StartAt(Tensor logOdds) => Start(_labels, logOdds);

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var pooled = Filtered(tokens, _vectors.forward(tokens), _filters, Widths).Select((values, i) => PoolParts(values, _longest + Widths[i] - 1, _pools)).ToArray();
        return _labels.forward(_dropout.forward(_narrow.forward(cat(pooled, 1)).relu())).MoveToOuterDisposeScope();
    }
}
