namespace LightDxml.Models;

/// <summary>
/// How the signals of a candidate label become its score: σ of their weighted sum. The weights are fitted on held-out
/// training points, so that the score reads as a probability. With f = ln(1 + n_l), n_l being the label's training points,
/// the last two signals let labels of different frequency be compared: the margins of rare labels are small.
/// </summary>
/// <param name="Logit">Weight of the dense classifier's logit.</param>
/// <param name="Margin">Weight of the sparse classifier's margin.</param>
/// <param name="Cosine">Weight of the similarity of document and label embedding.</param>
/// <param name="Centroid">Weight of the similarity of the document's features and the label's sparse centroid.</param>
/// <param name="Frequency">Weight of f.</param>
/// <param name="FrequencyMargin">Weight of f · margin.</param>
internal sealed record ScoreWeights(float Logit, float Margin, float Cosine, float Centroid, float Frequency, float FrequencyMargin, float Intercept)
{
    /// <summary>Weight of the similarity of the document and the label's best name.</summary>
    public float Name { get; init; }

    /// <summary>Weight of the share of that name that the document has.</summary>
    public float NameCoverage { get; init; }

    /// <summary>Weight of f · similarity: names matter most where documents are few.</summary>
    public float FrequencyName { get; init; }

    /// <summary>How labels without training documents are scored; null where they are not predicted.</summary>
    public UnseenWeights? Unseen { get; init; }

    /// <summary>Whether names make a difference.</summary>
    public bool CountsNames => Name != 0 || NameCoverage != 0 || FrequencyName != 0;

    /// <summary>What training takes without held-out points: margins lead, logits help.</summary>
    public static ScoreWeights Unfitted { get; } = new(0.3f, 4, 0, 0, 0, 0, 0);

    /// <summary>The sparse head's order: the margin alone.</summary>
    public static ScoreWeights MarginAlone { get; } = new(0, 1, 0, 0, 0, 0, 0);

    /// <summary>f of a label.</summary>
    /// <param name="trainingPoints">n_l.</param>
    public static float FrequencySignal(int trainingPoints) => MathF.Log(1 + trainingPoints);
}
