namespace LightDxml.TextEncoding;

/// <summary>The function between the two dense steps of a transformer's layer.</summary>
internal enum TransformerActivation
{
    /// <summary>x · Φ(x), with the normal distribution itself.</summary>
    Gelu,

    /// <summary>max(0, x).</summary>
    Relu,
}

/// <summary>What the tensors of a network of the BERT family do not say themselves.</summary>
/// <param name="Heads">Heads of attention in a layer.</param>
/// <param name="Epsilon">Added to the variance in layer norms.</param>
/// <param name="FirstPosition">The number of the first token's position: RoBERTa keeps some for padding.</param>
internal sealed record TransformerSettings(int Heads, TransformerActivation Activation = TransformerActivation.Gelu, double Epsilon = 1e-12, int FirstPosition = 0);
