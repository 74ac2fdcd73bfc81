using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Fits <see cref="ScoreWeights"/> by <see cref="LogisticRegression"/> on the candidates of held-out documents.</summary>
internal static class ScoreWeightFitter
{
    /// <param name="signals">[n, 9]: logit, margin, cosine, centroid, f, f · margin, similarity and coverage of the name, f · similarity of each candidate.</param>
    /// <param name="targets">[n]: whether the candidate is a label of its document.</param>
    /// <param name="used">[9]: signals that may get a weight; the others keep 0.</param>
    public static ScoreWeights Fit(ReadOnlySpan<float> signals, ReadOnlySpan<bool> targets, ReadOnlySpan<bool> used)
    {
        var (w, intercept) = LogisticRegression.Fit(signals, CandidateSignals.Count, targets, used);
        return new ScoreWeights(w[0], w[1], w[2], w[3], w[4], w[5], intercept) { Name = w[6], NameCoverage = w[7], FrequencyName = w[8] };
    }
}
