using LightDxml.Configuration;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>P@k and PSP@k at one tail weight.</summary>
public sealed record HeadToTailPoint(double Dial, double Precision, double PropensityScoredPrecision);

/// <summary>
/// What a method can trade of P@k for PSP@k by re-ranking alone: every score s of label l becomes s · q_l^dial, q_l being the
/// label's inverse propensity. At 0 the ranking is the method's own; the higher the tail weight, the more rare labels rise. Scores
/// below 0 are first brought to 0..1 by the logistic function. Only ranked labels can rise, so rank many.
/// </summary>
/// <param name="K">The rank of both metrics.</param>
/// <param name="Points">One for each position, rising.</param>
public sealed record HeadToTailCurve(int K, IReadOnlyList<HeadToTailPoint> Points)
{
    /// <summary>From the method's own ranking to one that inverse propensities dominate.</summary>
    public static IReadOnlyList<double> StandardDials { get; } = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2];

    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="inversePropensities">[labels], from <see cref="Propensities"/>.</param>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    /// <exception cref="OptionsException"><paramref name="k"/> is not positive.</exception>
    public static HeadToTailCurve Of(
        RankedLabels predictions, SparseMatrix truth, double[] inversePropensities, int k = 1, IReadOnlyList<double>? dials = null, int threads = 0) =>
        Of(predictions, truth, inversePropensities, inversePropensities, k, dials, threads);

    /// <summary>The same where scores are not weighed by what hits are.</summary>
    /// <param name="inversePropensities">[labels] what hits weigh in PSP@k.</param>
    /// <param name="factors">[labels] what a score is multiplied by at the tail weight 1.</param>
    internal static HeadToTailCurve Of(
        RankedLabels predictions, SparseMatrix truth, double[] inversePropensities, double[] factors, int k = 1, IReadOnlyList<double>? dials = null, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(inversePropensities);
        ArgumentNullException.ThrowIfNull(factors);
        Check.Positive(k, "evaluation.k");
        EvaluationInput.Check(predictions, truth, inversePropensities);
        var logistic = HasNegativeScores(predictions);
        var options = new EvaluationOptions { Ks = [k], Threads = threads };
        return new HeadToTailCurve(k, [.. (dials ?? StandardDials).Select(Turn)]);

        HeadToTailPoint Turn(double dial)
        {
            var weights = Array.ConvertAll(factors, q => Math.Pow(q, dial));
            var turned = dial == 0 ? predictions : Rerank(predictions, weights, k, logistic, threads);
            var report = Evaluator.Evaluate(turned, truth, options, inversePropensities);
            return new HeadToTailPoint(dial, report.Precision[0], report.PropensityScoredPrecision![0]);
        }
    }

    private static bool HasNegativeScores(RankedLabels predictions)
    {
        for (var point = 0; point < predictions.PointCount; point++)
            for (var place = 0; place < predictions.Width; place++)
                if (predictions.Labels(point)[place] >= 0 && predictions.Scores(point)[place] < 0)
                    return true;
        return false;
    }

    private static RankedLabels Rerank(RankedLabels predictions, double[] weights, int k, bool logistic, int threads)
    {
        var turned = new RankedLabels(predictions.PointCount, predictions.LabelCount, Math.Min(k, predictions.Width));
        RowRanges.ForEach(predictions.PointCount, Evaluator.RangePoints, threads, (first, end) =>
        {
            var (places, scores) = (new int[turned.Width], new double[turned.Width]);
            for (var point = first; point < end; point++)
            {
                // Of equal scores the lower place, which ranked higher before, wins.
                var best = new BestRows<double>(places, scores);
                var labels = predictions.Labels(point);
                for (var place = 0; place < labels.Length; place++)
                {
                    double score = predictions.Scores(point)[place];
                    if (labels[place] >= 0)
                        best.Offer(place, weights[labels[place]] * (logistic ? 1 / (1 + Math.Exp(-score)) : score));
                }

                for (var rank = 0; rank < places.Length; rank++)
                    (turned.Labels(point)[rank], turned.Scores(point)[rank]) = (places[rank] < 0 ? -1 : labels[places[rank]], (float)scores[rank]);
            }
        });
        return turned;
    }
}
