using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>
/// Each label's own attention over the states of a document's tokens, and one layer for all labels from there to a logit: [batch, length,
/// width] and [batch, length], which states are read, → [batch, labels].
/// </summary>
internal sealed class LabelAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear _attention;
    private readonly TorchSharp.Modules.Linear _shared;
    private readonly TorchSharp.Modules.Linear _logit;

    public LabelAttention(int width, int labels, int units)
        : base(nameof(LabelAttention))
    {
        _attention = nn.Linear(width, labels, hasBias: false);
        _shared = nn.Linear(width, units);
        _logit = nn.Linear(units, 1);
        RegisterComponents();
    }

    /// <summary>Starts the bias that labels share at the mean of their log odds.</summary>
    public void StartAt(Tensor logOdds) => TextNetwork.Start(_logit, logOdds.mean().unsqueeze(0));

    public override Tensor forward(Tensor states, Tensor isRead)
    {
        using var scope = NewDisposeScope();
        var weights = _attention.forward(states).transpose(1, 2).masked_fill(isRead.unsqueeze(1).logical_not(), double.NegativeInfinity).softmax(2);
        return _logit.forward(_shared.forward(weights.matmul(states)).relu()).squeeze(2).MoveToOuterDisposeScope();
    }
}
