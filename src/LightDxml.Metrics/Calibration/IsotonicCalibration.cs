using LightDxml.Configuration;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>
/// A rising map from scores to probabilities of a hit, fitted by isotonic regression (pool adjacent violators): of all rising
/// maps the one with the least squared error. It keeps rankings and mends scores; fit it on points that are not measured.
/// </summary>
public sealed class IsotonicCalibration
{
    // Knots of a piecewise linear map, scores strictly ascending: the lowest and highest score of each pooled block.
    private readonly float[] _scores;
    private readonly double[] _probabilities;

    private IsotonicCalibration(float[] scores, double[] probabilities) => (_scores, _probabilities) = (scores, probabilities);

    /// <summary>Between two knots linear, outside of all knots constant.</summary>
    public double Map(float score)
    {
        var at = Array.BinarySearch(_scores, score);
        if (at >= 0)
            return _probabilities[at];
        var above = ~at;
        if (above == 0)
            return _probabilities[0];
        if (above == _scores.Length)
            return _probabilities[^1];
        var share = ((double)score - _scores[above - 1]) / ((double)_scores[above] - _scores[above - 1]);
        return _probabilities[above - 1] + share * (_probabilities[above] - _probabilities[above - 1]);
    }

    /// <summary>Fits on the first k places of some of the points.</summary>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree, or nothing is ranked.</exception>
    public static IsotonicCalibration Fit(RankedLabels predictions, SparseMatrix truth, int k, PointSlice points)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        Check.Positive(k, "evaluation.k");
        var pairs = ScoredPairs.Of(predictions, truth, points, withLabels: false, places: k);
        if (pairs.Count == 0)
            throw new LightDxmlException("The predictions rank no label, so there is nothing to calibrate on.");

        // Blocks from the lowest score up; a block whose hit rate does not exceed the one before it is merged into it.
        var blocks = new Stack<Block>();
        for (var i = pairs.Count - 1; i >= 0;)
        {
            var (score, hits, count) = (pairs.Score(i), 0L, 0L);
            for (; i >= 0 && pairs.Score(i) == score; i--, count++)
                hits += pairs.IsHit(i) ? 1 : 0;
            var block = new Block(score, score, hits, count);
            while (blocks.TryPeek(out var below) && below.Rate >= block.Rate)
                block = new Block(blocks.Pop().Low, block.High, below.Hits + block.Hits, below.Count + block.Count);
            blocks.Push(block);
        }

        var (scores, probabilities) = (new List<float>(), new List<double>());
        foreach (var block in blocks.Reverse())
        {
            foreach (var knot in block.Low == block.High ? (float[])[block.Low] : [block.Low, block.High])
            {
                scores.Add(knot);
                probabilities.Add(block.Rate);
            }
        }

        return new IsotonicCalibration([.. scores], [.. probabilities]);
    }

    /// <summary>The first k places with calibrated scores: each half of the points by what was fitted on the other half.</summary>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree, or a half ranks no label.</exception>
    public static RankedLabels CrossFit(RankedLabels predictions, SparseMatrix truth, int k)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var calibrated = new RankedLabels(predictions.PointCount, predictions.LabelCount, Math.Min(k, predictions.Width));
        foreach (var (fit, apply) in PointSlice.Halves)
        {
            var map = Fit(predictions, truth, k, fit);
            for (var point = apply.First; point < predictions.PointCount; point += apply.Step)
            {
                predictions.Labels(point)[..calibrated.Width].CopyTo(calibrated.Labels(point));
                for (var place = 0; place < calibrated.Width; place++)
                    if (calibrated.Labels(point)[place] >= 0)
                        calibrated.Scores(point)[place] = (float)map.Map(predictions.Scores(point)[place]);
            }
        }

        return calibrated;
    }

    private readonly record struct Block(float Low, float High, long Hits, long Count)
    {
        public double Rate => (double)Hits / Count;
    }
}
