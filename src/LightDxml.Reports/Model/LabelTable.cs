using LightDxml.Metrics;
using LightDxml.Reports.Labels;

namespace LightDxml.Reports.Model;

/// <summary>Labels and how each method serves them in the first k places.</summary>
/// <param name="Total">Labels that are in the test set or predicted.</param>
/// <param name="Rows">All of them, or where these are too many those with most test points of each frequency bin.</param>
internal sealed record LabelTable(int K, int Total, IReadOnlyList<LabelRow> Rows);

/// <param name="Bin">Index of the frequency bin.</param>
/// <param name="Depth">In the hierarchy; null without one.</param>
/// <param name="Train">Training points with the label.</param>
/// <param name="Test">Test points with the label.</param>
/// <param name="Methods">One for each method.</param>
internal sealed record LabelRow(int Label, int Bin, int? Depth, int Train, int Test, IReadOnlyList<LabelCell> Methods);

/// <param name="Predicted">Test points with the label in the first k places.</param>
/// <param name="Hits">Of these, rightly.</param>
/// <param name="Confusions">What stands in the first k places of points that miss the label.</param>
internal sealed record LabelCell(int Predicted, int Hits, IReadOnlyList<Confusion> Confusions);

/// <summary>Every label's counts, as the evaluator keeps them.</summary>
/// <param name="Train">[labels] training points.</param>
/// <param name="Scores">One for each method.</param>
/// <param name="Confusions">One for each method.</param>
/// <param name="Thresholds">One for each method: the best for each label on all test documents; null where scores are not probabilities.</param>
internal sealed record AllLabels(
    IReadOnlyList<int> Train, FrequencyBins Bins, NamedLabels? Catalog, IReadOnlyList<LabelScores> Scores, IReadOnlyList<LabelConfusions> Confusions,
    IReadOnlyList<LabelThresholds?> Thresholds)
{
    /// <summary>[labels] what the data call each label; null where they number them.</summary>
    public IReadOnlyList<string>? Ids { get; init; }
}
