using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>How well each group of labels is served, and what it contributes to the metrics; one value a rank in every list.</summary>
/// <param name="LabelCount">Labels of the group.</param>
/// <param name="TestLabelCount">Those of them that at least one test point has.</param>
/// <param name="TestPairs">(point, label) pairs of the group in the test set: what there was to find.</param>
/// <param name="Precision">Part of P@k that comes from hits on the group's labels.</param>
/// <param name="Recall">Part of R@k.</param>
/// <param name="PropensityScoredPrecision">Part of PSP@k; null without propensities.</param>
/// <param name="Found">Share of the group's test pairs that stand in the first k.</param>
/// <param name="MacroF1">Mean over the group's test labels of their F1 at k.</param>
public sealed record GroupScores(
    string Name, int LabelCount, int TestLabelCount, long TestPairs,
    IReadOnlyList<double> Precision, IReadOnlyList<double> Recall, IReadOnlyList<double>? PropensityScoredPrecision,
    IReadOnlyList<double> Found, IReadOnlyList<double> MacroF1);

/// <summary>The metrics by groups of labels, such as the depths of a hierarchy. Contributions add up to the metric.</summary>
/// <param name="Ks">The ranks k of every list.</param>
/// <param name="Groups">One for each of <see cref="LabelGroups.Names"/>.</param>
public sealed record GroupReport(IReadOnlyList<int> Ks, IReadOnlyList<GroupScores> Groups)
{
    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="inversePropensities">[labels], or null for no PSP.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree, or a point ranks a label twice.</exception>
    /// <exception cref="Configuration.OptionsException">An option is out of its range.</exception>
    public static GroupReport Of(
        RankedLabels predictions, SparseMatrix truth, LabelGroups groups, EvaluationOptions options, double[]? inversePropensities = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        EvaluationInput.Check(predictions, truth, inversePropensities);
        if (groups.LabelCount != truth.ColumnCount)
            throw new LightDxmlException($"The groups are of {groups.LabelCount} labels, but the test set has {truth.ColumnCount}.");

        int[] ks = [.. options.Ks];
        var whole = Evaluator.Sum(predictions, truth, ks, inversePropensities, labelCounts: null, options.Threads);
        var parts = GroupHitSums.Of(predictions, truth, groups.Rows, groups.Names.Count, ks, inversePropensities, options.Threads);
        var f1 = new double[groups.Names.Count * ks.Length];
        for (var slot = 0; slot < ks.Length; slot++)
            AddF1(LabelScores.Of(predictions, truth, ks[slot], options.Threads), slot);

        var (labels, testLabels, pairs) = (new int[groups.Names.Count], new int[groups.Names.Count], new long[groups.Names.Count]);
        var frequencies = LabelFrequencies.Count(truth);
        for (var label = 0; label < frequencies.Length; label++)
        {
            var group = groups.Rows[label];
            labels[group]++;
            testLabels[group] += frequencies[label] > 0 ? 1 : 0;
            pairs[group] += frequencies[label];
        }

        return new GroupReport(ks, [.. groups.Names.Select(Scores)]);

        GroupScores Scores(string name, int group)
        {
            var (precision, recall, weighted) = parts.Contributions(group, truth.RowCount, whole);
            var found = parts.Ratios(group, parts.Hits, _ => pairs[group]);
            return new GroupScores(name, labels[group], testLabels[group], pairs[group], precision, recall, weighted, found, parts.Ratios(group, f1, _ => testLabels[group]));
        }

        void AddF1(LabelScores scores, int slot)
        {
            for (var label = 0; label < scores.LabelCount; label++)
                if (scores.TestPoints(label) > 0)
                    f1[groups.Rows[label] * ks.Length + slot] += scores.F1(label);
        }
    }
}
