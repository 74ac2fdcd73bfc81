using LightDxml.Configuration;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>The predictions whose scores lie in a range, and how many of them are right.</summary>
/// <param name="Low">Scores from here on …</param>
/// <param name="High">… to below here; the last bin includes 1.</param>
/// <param name="Count">Predictions in the range.</param>
/// <param name="MeanScore">What they promise; 0 without predictions.</param>
/// <param name="HitRate">What they hold: the share of hits; 0 without predictions.</param>
public sealed record ReliabilityBin(double Low, double High, long Count, double MeanScore, double HitRate);

/// <summary>Whether the scores of the first k places are what they look like: probabilities of a hit.</summary>
/// <param name="K">Places of each point that count.</param>
/// <param name="Bins">Ranges of score of equal width over 0..1.</param>
/// <param name="ExpectedCalibrationError">ECE@k: mean over the predictions in the first k places of |mean score − hit rate| of their bin.</param>
/// <param name="MeanScore">Of all predictions in the first k places.</param>
/// <param name="HitRate">Share of hits among them.</param>
public sealed record ReliabilityCurve(
    int K, IReadOnlyList<ReliabilityBin> Bins, double ExpectedCalibrationError, double MeanScore, double HitRate)
{
    /// <returns>Null where a score lies outside 0..1 and so cannot be meant as a probability, or where nothing is ranked.</returns>
    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    /// <exception cref="OptionsException">A number is not positive.</exception>
    public static ReliabilityCurve? Of(RankedLabels predictions, SparseMatrix truth, int k, int binCount = 10)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        Check.Positive(k, "evaluation.k");
        Check.Positive(binCount, "evaluation.bins");
        var (counts, hits, scores) = (new long[binCount], new long[binCount], new double[binCount]);
        for (var point = 0; point < truth.RowCount; point++)
        {
            var relevant = truth.RowColumns(point);
            for (var place = 0; place < Math.Min(k, predictions.Width); place++)
            {
                var (label, score) = (predictions.Labels(point)[place], predictions.Scores(point)[place]);
                if (label < 0)
                    continue;
                if (!(score >= 0 && score <= 1))
                    return null;
                var bin = Math.Min(binCount - 1, (int)((double)score * binCount));
                counts[bin]++;
                scores[bin] += score;
                hits[bin] += relevant.BinarySearch(label) >= 0 ? 1 : 0;
            }
        }

        var total = counts.Sum();
        return total == 0 ? null : new ReliabilityCurve(
            k,
            [.. Enumerable.Range(0, binCount).Select(bin => new ReliabilityBin(
                (double)bin / binCount, (bin + 1.0) / binCount, counts[bin], scores[bin] / Math.Max(1, counts[bin]), (double)hits[bin] / Math.Max(1, counts[bin])))],
            Enumerable.Range(0, binCount).Sum(bin => Math.Abs(scores[bin] - hits[bin])) / total,
            scores.Sum() / total,
            (double)hits.Sum() / total);
    }
}
