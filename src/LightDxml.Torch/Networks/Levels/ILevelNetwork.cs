namespace LightDxml.Torch.Networks.Levels;

/// <summary>A network of one level of clusters of labels: it can be asked for some of its outputs alone, and starts where that of the level above ended.</summary>
internal interface ILevelNetwork
{
    /// <summary>What stands for the logit of a candidate that there is not.</summary>
    const double Never = -1e4;

    /// <summary>Logits of each document's candidates, [batch, width].</summary>
    /// <param name="candidates">[batch, width] outputs; −1, which gets <see cref="Never"/>, where there are no more.</param>
    Tensor Forward(Tensor tokens, Tensor candidates);

    /// <summary>Whether an output starts at the weights of its cluster, or anew.</summary>
    bool StartsOutputsAtClusters { get; }

    /// <summary>Whether a parameter, by its name in the network, has a row an output; all others are alike on every level.</summary>
    bool HasRowsOfOutputs(string parameter);
}
