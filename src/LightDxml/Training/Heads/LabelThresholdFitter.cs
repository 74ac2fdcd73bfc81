using System.Numerics;
using LightDxml.Data;
using LightDxml.Metrics;

namespace LightDxml.Training;

/// <summary>
/// Fits a threshold for each label on held-out documents, of which most labels have few or none. A label's own threshold maximises F1
/// of its counts and those of labels about as frequent, scaled to some documents. It counts by the label's documents; the rest of the
/// threshold is the group's: halfway between what is best for the F1 of its counts and what is best for the mean F1 of its labels. The mean
/// alone would give rare labels away, since mistakes with labels that no held-out document has cost it nothing.
/// </summary>
internal static class LabelThresholdFitter
{
    /// <summary>Thresholds are chosen among multiples of 1 / Steps.</summary>
    private const int Steps = 100;

    /// <summary>Held-out documents that the counts of a label's group weigh as much as.</summary>
    private const double GroupWeight = 20;

    /// <summary>Groups are labels with 0, 1 to 7, 8 to 63, … training documents.</summary>
    private const int GroupBits = 3;

    /// <summary>Of labels of whose like no held-out document has any.</summary>
    private const float Unknown = 0.5f;

    /// <param name="predictions">Of the documents, with probabilities.</param>
    /// <param name="truth">[documents, labels].</param>
    /// <param name="frequencies">[labels] training documents.</param>
    /// <returns>[labels]</returns>
    public static float[] Fit(RankedLabels predictions, SparseMatrix truth, int[] frequencies)
    {
        var pairs = LabelPairs.Of(predictions, truth, PointSlice.All);
        var groups = new Group?[32 / GroupBits + 2];
        for (var label = 0; label < frequencies.Length; label++)
            (groups[GroupOf(frequencies[label])] ??= new Group()).Add(Counts.Of(pairs, label));

        float?[] ofGroups = [.. groups.Select(group => group?.Threshold())];
        var thresholds = new float[frequencies.Length];
        for (var label = 0; label < thresholds.Length; label++)
        {
            var group = GroupOf(frequencies[label]);
            if (ofGroups[group] is not { } ofGroup)
            {
                thresholds[label] = Unknown;
                continue;
            }

            var own = Counts.Of(pairs, label);
            var weight = own.Documents / (own.Documents + GroupWeight);
            if (weight > 0)
                own.Add(groups[group]!.Pooled, GroupWeight / groups[group]!.Pooled.Documents);
            thresholds[label] = (float)(weight > 0 ? weight * own.Best() / Steps + (1 - weight) * ofGroup : ofGroup);
        }

        return thresholds;
    }

    private static int GroupOf(int frequency) => (32 - BitOperations.LeadingZeroCount((uint)frequency) + GroupBits - 1) / GroupBits;

    /// <summary>Pairs by the step that their probability reaches, and the documents that have the label.</summary>
    private sealed class Counts
    {
        private readonly double[] _assigned = new double[Steps];
        private readonly double[] _hits = new double[Steps];

        public double Documents { get; private set; }

        public static Counts Of(LabelPairs pairs, int label)
        {
            var counts = new Counts { Documents = pairs.Documents(label) };
            var scores = pairs.Scores(label);
            var hits = pairs.Hits(label);
            for (var pair = 0; pair < scores.Length; pair++)
            {
                var step = Math.Clamp((int)(scores[pair] * Steps), 0, Steps - 1);
                counts._assigned[step]++;
                if (hits[pair])
                    counts._hits[step]++;
            }

            return counts;
        }

        public void Add(Counts others, double share)
        {
            for (var step = 0; step < Steps; step++)
            {
                _assigned[step] += share * others._assigned[step];
                _hits[step] += share * others._hits[step];
            }

            Documents += share * others.Documents;
        }

        /// <summary>[steps] F1 where pairs from the step on are given.</summary>
        public void F1(Span<double> f1)
        {
            var (assigned, hits) = (0.0, 0.0);
            for (var step = Steps - 1; step >= 0; step--)
            {
                assigned += _assigned[step];
                hits += _hits[step];
                f1[step] = hits > 0 ? 2 * hits / (assigned + Documents) : 0;
            }
        }

        /// <summary>The highest step of the best F1.</summary>
        public int Best()
        {
            Span<double> f1 = stackalloc double[Steps];
            F1(f1);
            return BestOf(f1);
        }
    }

    /// <summary>Labels about as frequent.</summary>
    private sealed class Group
    {
        private readonly double[] _f1Sums = new double[Steps];

        public Counts Pooled { get; } = new();

        public void Add(Counts label)
        {
            Pooled.Add(label, 1);
            if (label.Documents == 0)
                return;
            Span<double> f1 = stackalloc double[Steps];
            label.F1(f1);
            for (var step = 0; step < Steps; step++)
                _f1Sums[step] += f1[step];
        }

        /// <summary>Null where no held-out document has one of the labels.</summary>
        public float? Threshold() => Pooled.Documents > 0 ? (Pooled.Best() + BestOf(Smoothed(_f1Sums))) / 2f / Steps : null;

        // Means over some steps around: sums over few labels are ragged.
        private static double[] Smoothed(double[] sums) =>
            [.. Enumerable.Range(0, Steps).Select(step => sums[Math.Max(0, step - 2)..Math.Min(Steps, step + 3)].Average())];
    }

    // Step 0 would give every label that is ranked.
    private static int BestOf(ReadOnlySpan<double> f1)
    {
        var best = Steps - 1;
        for (var step = Steps - 1; step > 0; step--)
        {
            if (f1[step] > f1[best])
                best = step;
        }

        return f1[best] > 0 ? best : Steps / 2;
    }
}
