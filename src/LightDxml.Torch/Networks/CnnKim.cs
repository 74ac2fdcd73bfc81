using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// CNN-Kim (Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014): filters over 3, 4 and 5 words, of each the
/// greatest value, dropout, labels.
/// </summary>
internal sealed class CnnKim : TextNetwork
{
    private static readonly int[] Widths = [3, 4, 5];
    private readonly WordVectors _vectors;
    private readonly TorchSharp.Modules.ModuleList<TorchSharp.Modules.Conv1d> _filters;
    private readonly nn.Module<Tensor, Tensor> _dropout;
    private readonly TorchSharp.Modules.Linear _labels;

    public CnnKim(int tokens, int labels, NetworkOptions options)
        : base(nameof(CnnKim))
    {
        _vectors = new WordVectors(tokens, options.Dimensions, KimBound);
        _filters = Filters(Widths, options);
        _dropout = nn.Dropout(options.Dropout);
        _labels = nn.Linear(Widths.Length * options.Filters, labels);
        RegisterComponents();
    }

    public override int LeastLength => 1;

    protected override void StartAt(Tensor logOdds) => Start(_labels, logOdds);

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var greatest = Filtered(tokens, _vectors.forward(tokens), _filters, Widths).Select(values => values.amax([2])).ToArray();
        return _labels.forward(_dropout.forward(cat(greatest, 1))).MoveToOuterDisposeScope();
    }
}
