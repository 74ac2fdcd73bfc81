namespace LightDxml.Models;

/// <summary>
/// A rising, piecewise linear map from a model's scores to probabilities, fitted on held-out documents. It is applied to labels that
/// are ranked already, so that it changes what a score says and never the order.
/// </summary>
internal sealed class ScoreCalibration
{
    private readonly float[] _scores;
    private readonly float[] _probabilities;

    /// <param name="scores">Knots in 0..1, strictly ascending from 0 to 1.</param>
    /// <param name="probabilities">[knots] in 0..1, ascending.</param>
    /// <exception cref="LightDxmlException">They are not.</exception>
    public ScoreCalibration(float[] scores, float[] probabilities)
    {
        if (scores.Length < 2 || scores.Length != probabilities.Length || scores[0] != 0 || scores[^1] != 1)
            throw new LightDxmlException($"A calibration has {scores.Length} scores and {probabilities.Length} probabilities; it needs as many of both, for scores from 0 to 1.");
        for (var knot = 0; knot < scores.Length; knot++)
        {
            if (!(probabilities[knot] is >= 0 and <= 1) || (knot > 0 && !(scores[knot] > scores[knot - 1] && probabilities[knot] >= probabilities[knot - 1])))
                throw new LightDxmlException($"A calibration does not rise at its knot {knot}.");
        }

        (_scores, _probabilities) = (scores, probabilities);
    }

    public ReadOnlySpan<float> Scores => _scores;

    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>The probability that a score stands for.</summary>
    public float Map(float score)
    {
        if (!(score > 0))
            return _probabilities[0];
        var above = Array.BinarySearch(_scores, score);
        if (above >= 0)
            return _probabilities[above];
        above = ~above;
        if (above == _scores.Length)
            return _probabilities[^1];
        var share = (score - _scores[above - 1]) / (_scores[above] - _scores[above - 1]);
        return _probabilities[above - 1] + share * (_probabilities[above] - _probabilities[above - 1]);
    }
}
