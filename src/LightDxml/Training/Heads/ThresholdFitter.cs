using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>Fits <see cref="DecisionThresholds"/> on held-out documents.</summary>
internal static class ThresholdFitter
{
    /// <param name="predictions">Of the documents, with probabilities.</param>
    /// <param name="truth">[documents, labels].</param>
    /// <param name="frequencies">[labels] training documents.</param>
    public static DecisionThresholds Fit(RankedLabels predictions, SparseMatrix truth, int[] frequencies) =>
        new(Overall(predictions, truth), LabelThresholdFitter.Fit(predictions, truth, frequencies), ByPrecision(predictions, truth));

    /// <summary>Halfway from the best threshold to the next probability below: the two are equally likely to fall on their sides elsewhere.</summary>
    private static float Overall(RankedLabels predictions, SparseMatrix truth)
    {
        var best = ThresholdSweep.Best(predictions, truth, PointSlice.All);
        if (!float.IsFinite(best))
            return 0.5f;
        var below = 0f;
        for (var document = 0; document < predictions.PointCount; document++)
        {
            foreach (var score in predictions.Scores(document))
            {
                if (score < best)
                    below = Math.Max(below, score);
            }
        }

        return below + (best - below) / 2;
    }

    private static float[] ByPrecision(RankedLabels predictions, SparseMatrix truth)
    {
        var thresholds = new float[DecisionThresholds.PrecisionSteps];
        Array.Fill(thresholds, float.PositiveInfinity);
        var pairs = ScoredPairs.Of(predictions, truth, PointSlice.All, withLabels: false);
        var hits = 0L;
        for (var i = 0; i < pairs.Count; i++)
        {
            hits += pairs.IsHit(i) ? 1 : 0;
            if (!pairs.IsLastOfItsScore(i))
                continue;
            var reached = (int)(hits * DecisionThresholds.PrecisionSteps / (i + 1L));
            thresholds.AsSpan(0, reached).Fill(pairs.Score(i));
        }

        return thresholds;
    }
}
