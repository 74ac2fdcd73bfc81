using LightDxml.Torch.Networks.Levels;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// Each label's own attention over the states of a document's tokens, and one layer for all labels from there to a logit: [batch, length,
/// width] and [batch, length], which states are read, → [batch, labels]; or, of labels that are asked for alone, [batch, candidates] → the same.
/// </summary>
internal sealed class LabelAttention : nn.Module<Tensor, Tensor, Tensor?, Tensor>
{
    /// <summary>The parameter that has a row a label.</summary>
    public const string OfLabels = $"{nameof(_attention)}.weight";

    private readonly TorchSharp.Modules.Linear _attention;
    private readonly TorchSharp.Modules.Linear _shared;
    private readonly TorchSharp.Modules.Linear _logit;

    public LabelAttention(int width, int labels, int units)
        : base(nameof(LabelAttention))
    {
        _attention = nn.Linear(width, labels, hasBias: false);
        _shared = nn.Linear(width, units);
        _logit = nn.Linear(units, 1);

        // As the authors of AttentionXML start them: with smaller weights all labels look at all words alike for long.
        foreach (var layer in new[] { _attention, _shared, _logit })
            nn.init.xavier_uniform_(layer.weight!);
        RegisterComponents();
    }

    /// <summary>Starts the bias that labels share at the mean of their log odds.</summary>
    public void StartAt(Tensor logOdds) => TextNetwork.Start(_logit, logOdds.mean().unsqueeze(0));

    public override Tensor forward(Tensor states, Tensor isRead, Tensor? candidates)
    {
        using var scope = NewDisposeScope();
        var own = candidates is null ? _attention.weight! : _attention.weight![candidates.AtLeastWhole(0)];
        var weights = own.matmul(states.transpose(1, 2)).Masked(isRead.unsqueeze(1).logical_not(), double.NegativeInfinity).softmax(2);

        // Weights add up to 1, so that the shared layer may come before or behind them: it works on the fewer of labels and tokens.
        var shared = weights.shape[1] > weights.shape[2] ? weights.matmul(_shared.forward(states)) : _shared.forward(weights.matmul(states));
        var logits = _logit.forward(shared.relu()).squeeze(2);
        return (candidates is null ? logits : logits.Masked(candidates.IsBelowWhole(0), ILevelNetwork.Never)).MoveToOuterDisposeScope();
    }
}
