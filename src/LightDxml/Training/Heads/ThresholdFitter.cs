using System.Numerics;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Fits <see cref="DecisionThresholds"/> on held-out documents. A label's own threshold maximises F1 of its own counts plus those of
/// labels as frequent, scaled to a few documents: labels with many held-out documents decide for themselves, the others take what is best
/// for their like. Those groups lean on all labels in the same way.
/// </summary>
internal static class ThresholdFitter
{
    /// <summary>Thresholds of labels are multiples of 1 / Steps.</summary>
    private const int Steps = 100;

    /// <summary>Documents that the counts of a label's group weigh.</summary>
    private const double GroupWeight = 10;

    /// <summary>Documents that the counts of all labels weigh in a group.</summary>
    private const double OverallWeight = 10;

    /// <param name="predictions">Of the documents, with probabilities.</param>
    /// <param name="truth">[documents, labels].</param>
    /// <param name="frequencies">[labels] training documents.</param>
    public static DecisionThresholds Fit(RankedLabels predictions, SparseMatrix truth, int[] frequencies)
    {
        var overall = ThresholdSweep.Best(predictions, truth, PointSlice.All);
        return new DecisionThresholds(
            float.IsFinite(overall) ? overall : 0.5f, PerLabel(predictions, truth, frequencies), ByPrecision(predictions, truth));
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

    private static float[] PerLabel(RankedLabels predictions, SparseMatrix truth, int[] frequencies)
    {
        var labels = LabelPairs.Of(predictions, truth, PointSlice.All);
        var groups = new Counts[33];
        var all = new Counts();
        for (var label = 0; label < frequencies.Length; label++)
        {
            ref var group = ref groups[GroupOf(frequencies[label])];
            (group ??= new Counts()).Add(labels, label);
            all.Add(labels, label);
        }

        foreach (var group in groups)
            group?.Lean(all, OverallWeight);
        var thresholds = new float[frequencies.Length];
        for (var label = 0; label < thresholds.Length; label++)
        {
            var counts = new Counts();
            counts.Add(labels, label);
            counts.Lean(groups[GroupOf(frequencies[label])], GroupWeight);
            thresholds[label] = counts.Best();
        }

        return thresholds;
    }

    /// <summary>Labels with 0, 1, 2–3, 4–7, … training documents.</summary>
    private static int GroupOf(int frequency) => 32 - BitOperations.LeadingZeroCount((uint)frequency);

    /// <summary>Pairs by the step that their probability reaches, hits and all, and the documents that have the labels.</summary>
    private sealed class Counts
    {
        private readonly double[] _assigned = new double[Steps];
        private readonly double[] _hits = new double[Steps];
        private double _documents;

        public void Add(LabelPairs labels, int label)
        {
            var scores = labels.Scores(label);
            var hits = labels.Hits(label);
            for (var pair = 0; pair < scores.Length; pair++)
            {
                var step = Math.Clamp((int)(scores[pair] * Steps), 0, Steps - 1);
                _assigned[step]++;
                if (hits[pair])
                    _hits[step]++;
            }

            _documents += labels.Documents(label);
        }

        /// <summary>Adds the counts of others, scaled to a number of documents.</summary>
        public void Lean(Counts others, double documents)
        {
            if (others._documents == 0)
                return;
            var share = documents / others._documents;
            for (var step = 0; step < Steps; step++)
            {
                _assigned[step] += share * others._assigned[step];
                _hits[step] += share * others._hits[step];
            }

            _documents += documents;
        }

        /// <summary>The threshold of the highest F1, or 0.5 where no pair is a hit.</summary>
        public float Best()
        {
            var (assigned, hits, best, at) = (0.0, 0.0, 0.0, Steps / 2);
            for (var step = Steps - 1; step > 0; step--)
            {
                assigned += _assigned[step];
                hits += _hits[step];
                if (2 * hits / (assigned + _documents) > best)
                    (best, at) = (2 * hits / (assigned + _documents), step);
            }

            return (float)at / Steps;
        }
    }
}
