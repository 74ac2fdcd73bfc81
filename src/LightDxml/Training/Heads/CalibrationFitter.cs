using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Fits a <see cref="ScoreCalibration"/> by isotonic regression (pool adjacent violators) on the ranked labels of held-out documents.
/// Scores are cut into small bins first; each bin also holds some made-up pairs that are hit as often as their score says, so that few
/// documents change scores little. Knots lie at the means of the pooled bins, between which the map is linear: it has no plateaus.
/// </summary>
internal static class CalibrationFitter
{
    /// <summary>A bin takes pairs until it has this many, …</summary>
    private const int LeastPairs = 50;

    /// <summary>… and this many hits would be expected. Most pairs have scores near 0.</summary>
    private const double LeastExpectedHits = 5;

    /// <summary>Made-up pairs of a bin.</summary>
    private const double Prior = 5;

    /// <param name="predictions">Of the documents, with scores in 0..1.</param>
    /// <param name="truth">[documents, labels].</param>
    /// <returns>The map, or null where nothing is ranked.</returns>
    public static ScoreCalibration? Fit(RankedLabels predictions, SparseMatrix truth, PointSlice points)
    {
        var blocks = new Stack<Block>();
        foreach (var bin in Bins(ScoredPairs.Of(predictions, truth, points, withLabels: false)))
        {
            var block = bin.WithPrior();
            while (blocks.TryPeek(out var above) && block.Rate >= above.Rate)
                block = blocks.Pop().And(block);
            blocks.Push(block);
        }

        // From the lowest score up: a stack is read from its top.
        var (scores, probabilities) = (new List<float> { 0 }, new List<float> { 0 });
        foreach (var block in blocks)
        {
            if ((float)block.MeanScore <= scores[^1] || (float)block.MeanScore >= 1)
                continue;
            scores.Add((float)block.MeanScore);
            probabilities.Add((float)block.Rate);
        }

        if (scores.Count == 1)
            return null;
        scores.Add(1);
        probabilities.Add((1 + probabilities[^1]) / 2);
        return new ScoreCalibration([.. scores], [.. probabilities]);
    }

    /// <summary>Bins of pairs by falling score; pairs of one score share a bin.</summary>
    private static IEnumerable<Block> Bins(ScoredPairs pairs)
    {
        var bin = default(Block);
        for (var i = 0; i < pairs.Count; i++)
        {
            bin = bin.And(new Block(pairs.Score(i), pairs.IsHit(i) ? 1 : 0, 1));
            if (pairs.IsLastOfItsScore(i) && bin.Count >= LeastPairs && bin.ScoreSum >= LeastExpectedHits)
            {
                yield return bin;
                bin = default;
            }
        }

        if (bin.Count > 0)
            yield return bin;
    }

    private readonly record struct Block(double ScoreSum, double Hits, double Count)
    {
        public double MeanScore => ScoreSum / Count;

        public double Rate => Hits / Count;

        public Block And(Block other) => new(ScoreSum + other.ScoreSum, Hits + other.Hits, Count + other.Count);

        public Block WithPrior() => new(ScoreSum + Prior * MeanScore, Hits + Prior * MeanScore, Count + Prior);
    }
}
