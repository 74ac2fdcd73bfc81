using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>
/// A score threshold for each label, the best for its F1 on the points it is fitted on. A label without a ranked hit there
/// gives no evidence; it gets the best single threshold for micro-F1.
/// </summary>
public sealed class LabelThresholds
{
    private readonly float[] _thresholds;

    private LabelThresholds(float[] thresholds) => _thresholds = thresholds;

    /// <summary>Scores from which a label row counts as assigned.</summary>
    public float this[int label] => _thresholds[label];

    /// <summary>Number of labels.</summary>
    public int LabelCount => _thresholds.Length;

    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="points">The points to fit on; measure on others.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    public static LabelThresholds Fit(RankedLabels predictions, SparseMatrix truth, PointSlice points)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        var pairs = LabelPairs.Of(predictions, truth, points);
        var thresholds = new float[truth.ColumnCount];
        Array.Fill(thresholds, ThresholdSweep.Best(predictions, truth, points));
        for (var label = 0; label < thresholds.Length; label++)
        {
            var scores = pairs.Scores(label);
            var hits = pairs.Hits(label);
            scores.Sort(hits);
            if (Best(scores, hits, pairs.Documents(label)) is { } best)
                thresholds[label] = best;
        }

        return new LabelThresholds(thresholds);
    }

    /// <param name="scores">Ascending.</param>
    private static float? Best(ReadOnlySpan<float> scores, ReadOnlySpan<bool> hits, int truth)
    {
        var (assigned, right, bestF1) = (0, 0, 0.0);
        float? best = null;
        for (var i = scores.Length - 1; i >= 0; i--)
        {
            assigned++;
            right += hits[i] ? 1 : 0;
            if (i > 0 && scores[i - 1] == scores[i])
                continue;
            var f1 = 2.0 * right / (assigned + truth);
            if (f1 <= bestF1)
                continue;
            bestF1 = f1;
            // Halfway to the next score below: the two are equally likely to fall on their sides elsewhere.
            best = i > 0 ? scores[i - 1] + (scores[i] - scores[i - 1]) / 2 : scores[i];
            if (i > 0 && best <= scores[i - 1])
                best = scores[i];
        }

        return best;
    }
}
