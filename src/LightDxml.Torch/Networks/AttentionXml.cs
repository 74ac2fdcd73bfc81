using LightDxml.Text.Tokens;
using LightDxml.Torch.Networks.Levels;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// AttentionXML (You et al., "AttentionXML: Label Tree-based Attention-Aware Deep Model for High-Performance Extreme Multi-Label Text
/// Classification", NeurIPS 2019), of one level of its label tree, or, as its authors run it on sets of few labels, without one: a bidirectional LSTM
/// over the words, for each label its own attention over their states, and one layer for all labels from there to a logit. With one level of clusters it is
/// HAXMLNet (You et al., "HAXMLNet: Hierarchical Attention Network for Extreme Multi-Label Text Classification", 2019).
/// </summary>
internal sealed class AttentionXml : TextNetwork, ILevelNetwork
{
    private const double WordDropout = 0.2;
    private const double VectorBound = 1;
    private readonly WordVectors _vectors;
    private readonly nn.Module<Tensor, Tensor> _wordDropout;
    private readonly TorchSharp.Modules.LSTM _recurrent;
    private readonly nn.Module<Tensor, Tensor> _dropout;
    private readonly LabelAttention _labels;

    public AttentionXml(int tokens, int labels, NetworkOptions options)
        : base(nameof(AttentionXml))
    {
        _vectors = new WordVectors(tokens, options.Dimensions, VectorBound);
        _wordDropout = nn.Dropout(WordDropout);
        _recurrent = nn.LSTM(options.Dimensions, options.RecurrentUnits, batchFirst: true, bidirectional: true);
        _dropout = nn.Dropout(options.Dropout);
        _labels = new LabelAttention(2 * options.RecurrentUnits, labels, options.Units);
        RegisterComponents();
    }

    public override int LeastLength => 1;

    protected override void StartAt(Tensor logOdds) => _labels.StartAt(logOdds);

    // Labels of a cluster differ in what they look at alone. Two that look at the same words would hardly part.
    public bool StartsOutputsAtClusters => false;

    public bool HasRowsOfOutputs(string parameter) => parameter == $"{nameof(_labels)}.{LabelAttention.OfLabels}";

    public override Tensor forward(Tensor tokens) => Attend(tokens, null);

    public Tensor Forward(Tensor tokens, Tensor candidates) => Attend(tokens, candidates);

    private Tensor Attend(Tensor tokens, Tensor? candidates)
    {
        using var scope = NewDisposeScope();
        var isWord = tokens.ne(TokenSequences.Padding);

        // A document without words is one word of padding: attention needs something to look at.
        var lengths = isWord.sum(1).AtLeastWhole(1);
        var packed = nn.utils.rnn.pack_padded_sequence(_wordDropout.forward(_vectors.forward(tokens)), lengths.cpu(), batch_first: true, enforce_sorted: false);
        var (states, _) = nn.utils.rnn.pad_packed_sequence(_recurrent.call(packed).Item1, batch_first: true, total_length: tokens.shape[1]);
        var isRead = arange(tokens.shape[1], device: tokens.device).unsqueeze(0).lt(lengths.unsqueeze(1));
        return _labels.forward(_dropout.forward(states), isRead, candidates).MoveToOuterDisposeScope();
    }
}
