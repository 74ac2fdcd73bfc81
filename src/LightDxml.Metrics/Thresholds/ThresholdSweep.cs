using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Metrics of assigning every ranked label whose score reaches the threshold.</summary>
/// <param name="Assignments">Labels assigned.</param>
public sealed record ThresholdPoint(
    double Threshold, long Assignments, double MicroPrecision, double MicroRecall, double MicroF1, double MacroF1);

/// <summary>F1 as the threshold falls from the highest score to the lowest, in one pass over the ranked labels sorted by score.</summary>
/// <param name="Points">Thresholds in falling order, evenly spread over the logarithm of the number of assignments; empty where nothing is ranked.</param>
/// <param name="BestMicro">At the threshold of the highest micro-F1 on these very points: an upper bound, not an estimate. Threshold 0 where nothing is ranked.</param>
/// <param name="BestMacro">The same of macro-F1.</param>
public sealed record ThresholdSweep(IReadOnlyList<ThresholdPoint> Points, ThresholdScores BestMicro, ThresholdScores BestMacro)
{
    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="pointCount">Points of the curve at most.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    public static ThresholdSweep Of(RankedLabels predictions, SparseMatrix truth, int pointCount = 100)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        var pairs = ScoredPairs.Of(predictions, truth, PointSlice.All, withLabels: true);
        var truthCounts = LabelFrequencies.Count(truth);
        var truthPairs = truth.NonZeroCount;
        var testLabels = Math.Max(1, truthCounts.Count(n => n > 0));

        var curve = new List<ThresholdPoint>();
        var (assigned, hits) = (new int[truth.ColumnCount], new int[truth.ColumnCount]);
        var (right, f1Sum, bestMicro, bestMacro) = (0L, 0.0, -1.0, -1.0);
        var (microAt, macroAt, nextPoint) = (0f, 0f, 1.0);
        var step = Math.Pow(pairs.Count, 1.0 / Math.Max(1, pointCount - 1));
        for (var i = 0; i < pairs.Count; i++)
        {
            var label = pairs.Label(i);
            f1Sum -= F1(label);
            assigned[label]++;
            if (pairs.IsHit(i))
            {
                hits[label]++;
                right++;
            }

            f1Sum += F1(label);
            if (!pairs.IsLastOfItsScore(i))
                continue;
            var count = i + 1L;
            var (micro, macro) = (2.0 * right / (count + truthPairs), f1Sum / testLabels);
            if (micro > bestMicro)
                (bestMicro, microAt) = (micro, pairs.Score(i));
            if (macro > bestMacro)
                (bestMacro, macroAt) = (macro, pairs.Score(i));
            if (count < nextPoint && count < pairs.Count)
                continue;
            curve.Add(new ThresholdPoint(pairs.Score(i), count, (double)right / count, (double)right / Math.Max(1, truthPairs), micro, macro));
            while (nextPoint <= count)
                nextPoint = Math.Max(nextPoint * step, nextPoint + 1);
        }

        return new ThresholdSweep(
            curve,
            ThresholdScores.Of(predictions, truth, truthCounts, microAt, threads: 0),
            ThresholdScores.Of(predictions, truth, truthCounts, macroAt, threads: 0));

        double F1(int label) => truthCounts[label] == 0 ? 0 : 2.0 * hits[label] / (assigned[label] + truthCounts[label]);
    }

    /// <summary>The score from which assigning gives the highest micro-F1 on some of the points; +∞ where nothing is ranked rightly.</summary>
    internal static float Best(RankedLabels predictions, SparseMatrix truth, PointSlice points)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        var pairs = ScoredPairs.Of(predictions, truth, points, withLabels: false);
        var truthPairs = 0L;
        for (var point = points.First; point < truth.RowCount; point += points.Step)
            truthPairs += truth.RowLength(point);
        var (right, best, bestF1) = (0L, float.PositiveInfinity, 0.0);
        for (var i = 0; i < pairs.Count; i++)
        {
            right += pairs.IsHit(i) ? 1 : 0;
            var f1 = 2.0 * right / (i + 1L + truthPairs);
            if (f1 > bestF1 && pairs.IsLastOfItsScore(i))
                (bestF1, best) = (f1, pairs.Score(i));
        }

        return best;
    }
}
