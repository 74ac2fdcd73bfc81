namespace LightDxml.Models;

/// <summary>
/// How the signals of a candidate label become its score: σ(Logit · logit + Margin · margin + Cosine · cosine + Intercept).
/// The weights are fitted on held-out training points, so that the score reads as a probability.
/// </summary>
/// <param name="Logit">Weight of the dense classifier's logit.</param>
/// <param name="Margin">Weight of the sparse classifier's margin.</param>
/// <param name="Cosine">Weight of the similarity of document and label embedding.</param>
public sealed record ScoreWeights(float Logit, float Margin, float Cosine, float Intercept)
{
    /// <summary>What training takes without held-out points: margins lead, logits help.</summary>
    public static ScoreWeights Unfitted { get; } = new(0.3f, 4, 0, 0);
}
