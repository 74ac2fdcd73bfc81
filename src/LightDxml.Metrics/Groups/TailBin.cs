namespace LightDxml.Metrics;

/// <summary>The labels of one frequency bin and what they contribute to each metric, one value a rank.</summary>
/// <param name="Labels">The bin's labels and their training frequencies.</param>
/// <param name="TestLabelCount">Labels of the bin that at least one test point has.</param>
/// <param name="TestPairs">(point, label) pairs of the bin in the test set: what there was to find.</param>
/// <param name="Precision">Part of P@k that comes from hits on the bin's labels.</param>
/// <param name="Recall">Part of R@k.</param>
/// <param name="PropensityScoredPrecision">Part of PSP@k; null without propensities.</param>
public sealed record TailBin(
    FrequencyBin Labels, int TestLabelCount, long TestPairs,
    IReadOnlyList<double> Precision, IReadOnlyList<double> Recall, IReadOnlyList<double>? PropensityScoredPrecision);
