using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>What head and tail labels contribute to the metrics: over the bins, contributions add up to the metric.</summary>
/// <param name="Ks">The ranks k of every list in the bins.</param>
/// <param name="Bins">One for each of <see cref="FrequencyBins.Bins"/>, the last of labels never seen in training.</param>
/// <param name="UnseenTestLabels">Label rows, ascending, that test points have and no training point has.</param>
public sealed record TailReport(IReadOnlyList<int> Ks, IReadOnlyList<TailBin> Bins, IReadOnlyList<int> UnseenTestLabels)
{
    /// <param name="predictions">Rankings of the test points.</param>
    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="bins">Bins of the same labels, from the training set.</param>
    /// <param name="inversePropensities">[labels], or null for no PSP.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree, or a point ranks a label twice.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static TailReport Of(
        RankedLabels predictions, SparseMatrix truth, FrequencyBins bins, EvaluationOptions options, double[]? inversePropensities = null)
    {
        ArgumentNullException.ThrowIfNull(bins);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        EvaluationInput.Check(predictions, truth, inversePropensities);
        if (bins.LabelCount != truth.ColumnCount)
            throw new LightDxmlException($"The training set has {bins.LabelCount} labels, but the test set has {truth.ColumnCount}.");

        int[] ks = [.. options.Ks];
        var whole = Evaluator.Sum(predictions, truth, ks, inversePropensities, labelCounts: null, options.Threads);
        var parts = GroupHitSums.Of(predictions, truth, bins.Rows, bins.Bins.Count, ks, inversePropensities, options.Threads);
        var test = TestLabels(truth, bins);
        var tail = new TailBin[bins.Bins.Count];
        for (var bin = 0; bin < tail.Length; bin++)
        {
            var (precision, recall, weighted) = parts.Contributions(bin, truth.RowCount, whole);
            tail[bin] = new TailBin(bins.Bins[bin], test.Labels[bin], test.Pairs[bin], precision, recall, weighted);
        }

        return new TailReport(ks, tail, test.Unseen);
    }

    private static (int[] Labels, long[] Pairs, int[] Unseen) TestLabels(SparseMatrix truth, FrequencyBins bins)
    {
        var (labels, pairs, unseen) = (new int[bins.Bins.Count], new long[bins.Bins.Count], new List<int>());
        var truthCounts = LabelFrequencies.Count(truth);
        for (var label = 0; label < truthCounts.Length; label++)
        {
            if (truthCounts[label] == 0)
                continue;
            var bin = bins.BinOf(label);
            labels[bin]++;
            pairs[bin] += truthCounts[label];
            if (bins.Bins[bin].GreatestFrequency == 0)
                unseen.Add(label);
        }

        return (labels, pairs, [.. unseen]);
    }
}
