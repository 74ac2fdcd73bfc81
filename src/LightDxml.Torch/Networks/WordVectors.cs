using LightDxml.Text.Tokens;
using static TorchSharp.torch;

namespace LightDxml.Torch.Networks;

/// <summary>Vectors of words, [batch, length] token numbers → [batch, length, dimensions]; that of padding is 0 and stays so.</summary>
internal sealed class WordVectors : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding _all;

    /// <param name="bound">Numbers are drawn from −bound to bound.</param>
    public WordVectors(int tokens, int dimensions, double bound)
        : base(nameof(WordVectors))
    {
        _all = nn.Embedding(tokens, dimensions, padding_idx: TokenSequences.Padding);
        using (no_grad())
        {
            All.uniform_(-bound, bound);
            All[TokenSequences.Padding].zero_();
        }

        RegisterComponents();
    }

    /// <summary>[tokens, dimensions].</summary>
    public TorchSharp.Modules.Parameter All => _all.weight!;

    /// <summary>What steps the vectors that a batch reads; null where gradients are those of all vectors.</summary>
    public WordSteps? Steps { get; set; }

    public override Tensor forward(Tensor tokens) => Steps is { } steps && is_grad_enabled() ? steps.Read(tokens) : _all.forward(tokens);
}
