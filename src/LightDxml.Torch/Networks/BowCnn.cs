using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// BoW-CNN (Johnson and Zhang, "Effective Use of Word Order for Text Categorization with Convolutional Neural Networks", NAACL 2015):
/// filters over regions of words whose order inside does not count, of each the greatest value in every part of the document, labels.
/// A filter over the words of a region is the sum of its weights of them.
/// </summary>
internal sealed class BowCnn : TextNetwork
{
    private readonly int _windows;
    private readonly int _pools;
    private readonly int _region;
    private readonly WordVectors _filters;
    private readonly TorchSharp.Modules.Parameter _biases;
    private readonly nn.Module<Tensor, Tensor> _dropout;
    private readonly TorchSharp.Modules.Linear _labels;

    /// <param name="longest">Words of the longest document that is read.</param>
    public BowCnn(int tokens, int labels, int longest, NetworkOptions options)
        : base(nameof(BowCnn))
    {
        _region = Math.Min(options.Region, longest);
        _windows = longest - _region + 1;
        _pools = Math.Min(options.Pools, _windows);
        _filters = new WordVectors(tokens, options.Filters, KimBound);
        _biases = nn.Parameter(zeros(options.Filters, 1));
        _dropout = nn.Dropout(options.Dropout);
        _labels = nn.Linear(options.Filters * _pools, labels);
        RegisterComponents();
    }

    public override int LeastLength => _region;

    protected override void StartAt(Tensor logOdds) => Start(_labels, logOdds);

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var words = _filters.forward(tokens).transpose(1, 2);
        var regions = nn.functional.avg_pool1d(words, _region, 1).Times(_region).Plus(_biases);

        // Regions that end within their document, and the first of one that is shorter.
        var isOwn = FirstWindows(Lengths(tokens).PlusWhole(1 - _region).AtLeastWhole(1), 0, regions.shape[2]);
        return _labels.forward(_dropout.forward(PoolParts(regions.relu() * isOwn, _windows, _pools))).MoveToOuterDisposeScope();
    }
}
