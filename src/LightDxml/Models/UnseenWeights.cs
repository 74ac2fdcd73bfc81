namespace LightDxml.Models;

/// <summary>
/// How likely a label without training documents is, from what its names have in common with the document:
/// σ(intercept + similarity · w₁ + coverage · w₂ + information · w₃ + ln(1 + m) · w₄), m being the training documents that have its name whole and
/// yet do not have the label.
/// </summary>
internal sealed record UnseenWeights(float Similarity, float Coverage, float Information, float Documents, float Intercept)
{
    /// <summary>Numbers that the weights are stored as.</summary>
    public const int Count = 5;

    /// <summary>ln(1 + m).</summary>
    public static float DocumentSignal(int documents) => MathF.Log(1 + documents);
}
