using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Fits <see cref="ScoreWeights"/> by <see cref="LogisticRegression"/> on the candidates of held-out documents, from those of a training without such documents.</summary>
internal static class ScoreWeightFitter
{
    /// <summary>Precision of what is expected, that of 40 examples in doubt: a fit to few held-out labels alone is worse than no fit (docs/research/experiments.md).</summary>
    private const double Trust = 10;

    /// <summary>[9] the weights that a hybrid head takes in a training without held-out documents.</summary>
    private static readonly float[] Expected = [ScoreWeights.Unfitted.Logit, ScoreWeights.Unfitted.Margin, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Fits the weights of several choices of signals; each process fits some of them, a thread one, and all get all.</summary>
    /// <param name="choices">[choices][9]: signals that may get a weight; the others keep 0.</param>
    public static ScoreWeights[] FitEach(CandidateSignals signals, bool[][] choices, Workers workers)
    {
        const int Width = CandidateSignals.Count + 1;
        var parts = workers.Parts(choices.Length);
        var fitted = new float[choices.Length * Width];
        workers.ForEach(parts, 1, (choice, _) =>
        {
            var (weights, intercept) = LogisticRegression.Fit(signals.Values, CandidateSignals.Count, signals.Targets, choices[choice], Expected, Trust);
            weights.CopyTo(fitted, choice * Width);
            fitted[(choice + 1) * Width - 1] = intercept;
        });

        workers.Processes.Gather<float>(fitted, Width, parts, "signals");
        return [.. Enumerable.Range(0, choices.Length).Select(choice => Of(fitted.AsSpan(choice * Width, Width)))];
    }

    private static ScoreWeights Of(ReadOnlySpan<float> w) =>
        new ScoreWeights(w[0], w[1], w[2], w[3], w[4], w[5], w[9]) { Name = w[6], NameCoverage = w[7], FrequencyName = w[8] };
}
