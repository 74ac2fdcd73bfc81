using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Text.Tokens;
using LightDxml.TextEncoding;
using LightDxml.Torch.Networks.Levels;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks.Transformers;

/// <summary>
/// Matches texts with clusters of labels: the text's vector, dropout, a linear classifier a cluster. It is what X-BERT (Chang et al., "Taming
/// Pretrained Transformers for Extreme Multi-label Text Classification", KDD 2020) and XR-Transformer (Zhang et al., "Fast Multi-Resolution
/// Transformer Fine-tuning for Extreme Multi-label Text Classification", NeurIPS 2021) train of a transformer, on the squared hinge loss.
/// </summary>
internal sealed class ClusterMatcher : TransformerNetwork, ILevelNetwork
{
    private readonly TextPooling _pooling;
    private readonly nn.Module<Tensor, Tensor> _dropout;
    private readonly TorchSharp.Modules.Linear _clusters;

    public ClusterMatcher(PretrainedTransformer pretrained, int clusters, NetworkOptions options)
        : base(nameof(ClusterMatcher), pretrained, options)
    {
        (_pooling, Width) = (pretrained.Pooling, pretrained.Width);
        _dropout = nn.Dropout(options.Dropout);
        _clusters = nn.Linear(pretrained.Width, clusters);
        RegisterComponents();
    }

    /// <summary>Numbers in a text's vector.</summary>
    public int Width { get; }

    /// <summary>Starts the biases at 2p − 1, with p the cluster's share of the documents: of all constants that has the least loss.</summary>
    public override void StartAt(TokenSequences documents, SparseMatrix labels, int longest, CancellationToken stop)
    {
        using var biases = tensor(LabelFrequencies.Count(labels).Select(count => 2f * count / labels.RowCount - 1).ToArray());
        Start(_clusters, biases);
    }

    public bool StartsOutputsAtClusters => true;

    public bool HasRowsOfOutputs(string parameter) => parameter.StartsWith($"{nameof(_clusters)}.", StringComparison.Ordinal);

    /// <summary>[batch, width].</summary>
    public Tensor Vectors(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var (states, isRead) = States(tokens);
        return StatePooling.Pool(states, isRead, _pooling).MoveToOuterDisposeScope();
    }

    public override Tensor forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return Match(Vectors(tokens)).MoveToOuterDisposeScope();
    }

    /// <summary>The logits of texts whose vectors are there, [batch, clusters].</summary>
    public Tensor Match(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        return _clusters.forward(_dropout.forward(vectors)).MoveToOuterDisposeScope();
    }

    public Tensor Forward(Tensor tokens, Tensor candidates)
    {
        using var scope = NewDisposeScope();
        var outputs = candidates.AtLeastWhole(0);
        var products = _clusters.weight![outputs].matmul(_dropout.forward(Vectors(tokens)).unsqueeze(2)).squeeze(2);
        return products.Plus(_clusters.bias![outputs]).Masked(candidates.IsBelowWhole(0), ILevelNetwork.Never).MoveToOuterDisposeScope();
    }

    /// <summary>Σ max(0, 1 − y s)² over clusters, y = ±1, averaged over documents.</summary>
    public override Tensor Loss(Tensor logits, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var missing = targets.Times(-2).Add(1).mul(logits).Add(1).relu();
        return missing.mul(missing).sum().Over(logits.shape[0]).MoveToOuterDisposeScope();
    }

    /// <summary>exp(−max(0, 1 − s)³), as the label trees over features have it.</summary>
    public override Tensor Probabilities(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var missing = logits.neg().Add(1).relu();
        return missing.mul(missing).mul(missing).neg().exp().MoveToOuterDisposeScope();
    }
}
