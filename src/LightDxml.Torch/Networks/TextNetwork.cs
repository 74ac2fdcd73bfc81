using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Text.Tokens;
using LightDxml.Torch.Networks.Levels;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// A network from the words of documents, [batch, length] token numbers that end in padding, to a logit per label, [batch, labels].
/// But for rounding, a document's logits do not depend on how far its batch is padded.
/// </summary>
internal abstract class TextNetwork(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Words that a batch is padded to at least.</summary>
    public abstract int LeastLength { get; }

    /// <summary>Starts what stands for labels from the training set, before the first step.</summary>
    /// <param name="labels">[documents, labels].</param>
    /// <param name="longest">Tokens of a document that are read at most.</param>
    public virtual void StartAt(TokenSequences documents, SparseMatrix labels, int longest, CancellationToken stop)
    {
        using var logOdds = LogOdds(labels).to(parameters().First().device);
        StartAt(logOdds);
    }

    /// <summary>Starts where the network of coarser outputs ended, in place of what was drawn.</summary>
    /// <param name="clusters">[outputs] the output there that each output starts at, if it does not start anew; −1 for one that does.</param>
    public void StartFrom(TextNetwork above, int[] clusters)
    {
        using var off = no_grad();
        var (network, device) = ((ILevelNetwork)this, parameters().First().device);
        long[] own = [.. Enumerable.Range(0, clusters.Length).Where(output => clusters[output] >= 0)];
        using var rows = tensor(own, device: device);
        using var from = tensor(own.Select(output => (long)clusters[output]).ToArray(), device: device);
        foreach (var ((name, parameter), (_, old)) in named_parameters().Zip(above.named_parameters()))
        {
            using var scope = NewDisposeScope();
            if (!network.HasRowsOfOutputs(name))
                parameter.copy_(old);
            else if (network.StartsOutputsAtClusters)
                parameter.index_copy_(0, rows, old.index_select(0, from));
        }
    }

    /// <summary>The logits of documents' candidates, or of all outputs.</summary>
    /// <param name="candidates">[documents, outputs]; null for all.</param>
    /// <param name="batch">The documents that the tokens are of.</param>
    public Tensor Logits(Tensor tokens, SparseMatrix? candidates, int[] batch) =>
        candidates is null ? forward(tokens) : ((ILevelNetwork)this).Forward(tokens, TokenBatches.Candidates(candidates, batch, tokens.device));

    /// <summary>What labels are ranked by: the probabilities that logits stand for, or what lies in the same order.</summary>
    public virtual Tensor Probabilities(Tensor logits) => logits.sigmoid();

    /// <summary>The mean loss per document: the binary cross-entropy, summed over labels.</summary>
    /// <param name="logits">[batch, labels], or of each document its candidates.</param>
    /// <param name="targets">As many, 1 for each label of a document, else 0.</param>
    public virtual Tensor Loss(Tensor logits, Tensor targets) =>
        nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction: nn.Reduction.Sum).Over(logits.shape[0]);

    /// <summary>The learning rate of a parameter, by its name in the network.</summary>
    public virtual double RateOf(string parameter, NetworkOptions options) => options.Rate;

    /// <summary>Starts the labels' biases at their log odds in the training set.</summary>
    /// <param name="logOdds">[labels].</param>
    protected virtual void StartAt(Tensor logOdds)
    {
    }

    /// <summary>Kim's bound of the vectors of words without a pretrained one.</summary>
    protected const double KimBound = 0.25;

    /// <summary>
    /// Filters over the vectors of so many words each, which meet every word of a document at each of their places: vectors of zeros stand before and behind
    /// the document, as in Kim's program.
    /// </summary>
    protected static TorchSharp.Modules.ModuleList<TorchSharp.Modules.Conv1d> Filters(int[] widths, NetworkOptions options) =>
        nn.ModuleList([.. widths.Select(width => nn.Conv1d(options.Dimensions, options.Filters, width))]);

    /// <summary>What filters make of the windows of documents that hold a word, of each width [batch, filters, length + width − 1]: at least 0, and 0 behind them.</summary>
    /// <param name="words">[batch, length, dimensions], the vectors of the tokens.</param>
    protected static IEnumerable<Tensor> Filtered(Tensor tokens, Tensor words, TorchSharp.Modules.ModuleList<TorchSharp.Modules.Conv1d> filters, int[] widths) =>
        filters.Select((filter, i) => Convolution.Over(words, filter, widths[i] - 1L).relu() * FirstWindows(Lengths(tokens), widths[i] - 1, tokens.shape[1] + widths[i] - 1));

    /// <summary>[batch, 1] the words of each document.</summary>
    protected static Tensor Lengths(Tensor tokens) => tokens.ne(TokenSequences.Padding).sum(1, keepdim: true);

    /// <summary>1 for the first windows of each document, so many more than the count, else 0: [batch, 1] → [batch, 1, windows].</summary>
    protected static Tensor FirstWindows(Tensor count, int more, long windows) =>
        arange(windows, device: count.device).unsqueeze(0).lt(count.PlusWhole(more)).unsqueeze(1).to_type(ScalarType.Float32);

    /// <summary>The greatest value of every filter in each of as many parts of the document of the most windows: [batch, filters, windows] → [batch, filters · pools].</summary>
    /// <param name="values">At least 0.</param>
    protected static Tensor PoolParts(Tensor values, int most, int pools)
    {
        var part = (most + pools - 1) / pools;
        return nn.functional.max_pool1d(nn.functional.pad(values, [0, part * pools - values.shape[2]]), part).flatten(1);
    }

    internal static void Start(TorchSharp.Modules.Linear layer, Tensor biases)
    {
        using var off = no_grad();
        layer.bias!.copy_(biases);
    }

    /// <summary>ln(p / (1 − p)) of each label's share p of the documents, half a document more for and against it.</summary>
    private static Tensor LogOdds(SparseMatrix labels)
    {
        var odds = LabelFrequencies.Count(labels).Select(count => (float)Math.Log((count + 0.5) / (labels.RowCount - count + 0.5))).ToArray();
        return tensor(odds);
    }
}
