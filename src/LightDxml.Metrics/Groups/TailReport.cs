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
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(bins);
        if (bins.LabelCount != truth.ColumnCount)
            throw new LightDxmlException($"The training set has {bins.LabelCount} labels, but the test set has {truth.ColumnCount}.");

        var groups = GroupReport.Of(predictions, truth, LabelGroups.Of(bins), options, inversePropensities);
        var test = LabelFrequencies.Count(truth);
        return new TailReport(
            groups.Ks,
            [.. groups.Groups.Zip(bins.Bins, (group, bin) => new TailBin(bin, group.TestLabelCount, group.TestPairs, group.Precision, group.Recall, group.PropensityScoredPrecision))],
            [.. Enumerable.Range(0, test.Length).Where(label => test[label] > 0 && bins.BinOf(label) == bins.Bins.Count - 1)]);
    }
}
