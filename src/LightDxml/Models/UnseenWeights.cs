using LightDxml.Names;

namespace LightDxml.Models;

/// <summary>
/// How likely a label without training documents is, from what its names have in common with the document:
/// σ(intercept + similarity · w₁ + coverage · w₂ + information · w₃ + ln(1 + m) · w₄ + t · w₅), m and t being what <see cref="NameStatistics"/>
/// has of the label: the training documents that have its name whole, and the similarity of the twentieth of the most similar ones.
/// </summary>
internal sealed record UnseenWeights(float Similarity, float Coverage, float Information, float Documents, float Twentieth, float Intercept)
{
    /// <summary>Numbers that the weights are stored as.</summary>
    public const int Count = 6;

    /// <summary>ln(1 + m).</summary>
    public static float DocumentSignal(int documents) => MathF.Log(1 + documents);

    /// <summary>What of each label's score does not depend on the document.</summary>
    public float[] Offsets(NameStatistics names) =>
        [.. names.Documents.Zip(names.Similarities, (documents, twentieth) => Intercept + Documents * DocumentSignal(documents) + Twentieth * twentieth)];
}
