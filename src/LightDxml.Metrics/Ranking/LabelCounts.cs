namespace LightDxml.Metrics;

/// <summary>By label, how often it stands in the first k places and how often rightly. Counts are whole numbers, so that threads may raise them in any order.</summary>
/// <param name="labelCount">Labels.</param>
/// <param name="slots">Ranks k that are counted.</param>
internal sealed class LabelCounts(int labelCount, int slots)
{
    // [slots, labels]: of the places after the slot before and up to this slot's k, so that a place is counted once.
    private readonly int[][] _places = NewCounts(labelCount, slots);
    private readonly int[][] _hits = NewCounts(labelCount, slots);

    public void Add(int slot, int label, bool hit)
    {
        Interlocked.Increment(ref _places[slot][label]);
        if (hit)
            Interlocked.Increment(ref _hits[slot][label]);
    }

    /// <summary>Means over the test labels, one per slot.</summary>
    /// <param name="truthCounts">[labels] test points with the label.</param>
    public (double[] Precision, double[] Recall, double[] F1, double[] Coverage) Average(int[] truthCounts)
    {
        var (precision, recall, f1, coverage) = (new double[slots], new double[slots], new double[slots], new double[slots]);
        var testLabels = 0;
        for (var label = 0; label < labelCount; label++)
        {
            if (truthCounts[label] == 0)
                continue;
            testLabels++;
            long places = 0, hits = 0;
            for (var slot = 0; slot < slots; slot++)
            {
                places += _places[slot][label];
                hits += _hits[slot][label];
                precision[slot] += places > 0 ? (double)hits / places : 0;
                recall[slot] += (double)hits / truthCounts[label];
                f1[slot] += 2.0 * hits / (places + truthCounts[label]);
                coverage[slot] += hits > 0 ? 1 : 0;
            }
        }

        foreach (var sums in (double[][])[precision, recall, f1, coverage])
            for (var slot = 0; slot < slots; slot++)
                sums[slot] /= Math.Max(1, testLabels);
        return (precision, recall, f1, coverage);
    }

    /// <summary>All places of a slot, whatever their label: how many they are, and their precision, recall and F1.</summary>
    public (long Places, double Precision, double Recall, double F1) Pool(int slot, int[] truthCounts)
    {
        long places = 0, hits = 0, truth = 0;
        for (var label = 0; label < labelCount; label++)
        {
            places += _places[slot][label];
            hits += _hits[slot][label];
            truth += truthCounts[label];
        }

        return (places, (double)hits / Math.Max(1, places), (double)hits / Math.Max(1, truth), 2.0 * hits / Math.Max(1, places + truth));
    }

    private static int[][] NewCounts(int labelCount, int slots)
    {
        var counts = new int[slots][];
        for (var slot = 0; slot < slots; slot++)
            counts[slot] = new int[labelCount];
        return counts;
    }
}
