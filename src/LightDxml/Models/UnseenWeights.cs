namespace LightDxml.Models;

/// <summary>
/// How likely a label without training documents is, from what its names have in common with the document:
/// σ(intercept + similarity · w₁ + coverage · w₂ + information · w₃).
/// </summary>
internal sealed record UnseenWeights(float Similarity, float Coverage, float Information, float Intercept)
{
    /// <summary>Numbers that the weights are stored as.</summary>
    public const int Count = 4;
}
