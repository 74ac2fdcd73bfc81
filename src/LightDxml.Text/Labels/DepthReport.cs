using LightDxml.Data;

namespace LightDxml.Text;

/// <summary>What predictions find of the labels at one depth of a hierarchy.</summary>
/// <param name="Depth">Steps from a top label; null for labels that the hierarchy does not have.</param>
/// <param name="TestLabels">Labels of the depth that test points have.</param>
/// <param name="TestPairs">(point, label) pairs of the test set with a label of the depth.</param>
/// <param name="Recall">For each rank k: share of the pairs whose label is among the point's first k.</param>
/// <param name="Precision">For each rank k: share of the first k places that go to labels of the depth, whose label the point has.</param>
internal sealed record DepthBin(int? Depth, int TestLabels, long TestPairs, IReadOnlyList<double> Recall, IReadOnlyList<double> Precision);

/// <summary>Predictions by the depth of the labels in their hierarchy.</summary>
internal sealed record DepthReport(IReadOnlyList<int> Ks, IReadOnlyList<DepthBin> Bins)
{
    /// <param name="predictions">Rankings of the test points.</param>
    /// <param name="truth">[points, labels].</param>
    /// <param name="depths">[labels] depth of each, from 0; null where the hierarchy does not have it.</param>
    /// <param name="ks">Ranks, ascending.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    public static DepthReport Of(RankedLabels predictions, SparseMatrix truth, IReadOnlyList<int?> depths, IReadOnlyList<int> ks)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(depths);
        ArgumentNullException.ThrowIfNull(ks);
        if (predictions.PointCount != truth.RowCount || depths.Count != truth.ColumnCount)
            throw new LightDxmlException($"The predictions are of {predictions.PointCount} documents and the depths of {depths.Count} labels, but the test set has {truth.RowCount} and {truth.ColumnCount}.");

        // Labels without a depth come last.
        var unknown = (depths.Max() ?? -1) + 1;
        var levels = unknown + 1;
        int[] levelOf = [.. depths.Select(depth => depth ?? unknown)];
        var pairs = new long[levels];
        var seen = new HashSet<int>();
        var (hits, places) = (new long[levels, ks.Count], new long[levels, ks.Count]);
        for (var point = 0; point < truth.RowCount; point++)
        {
            var own = truth.RowColumns(point);
            foreach (var label in own)
            {
                pairs[levelOf[label]]++;
                seen.Add(label);
            }

            Count(predictions.Labels(point), own, levelOf, ks, hits, places);
        }

        var testLabels = seen.CountBy(label => levelOf[label]).ToDictionary();
        return new DepthReport(ks,
        [
            .. Enumerable.Range(0, levels).Where(level => pairs[level] > 0).Select(level => new DepthBin(
                level == unknown ? null : level, testLabels[level], pairs[level],
                [.. Enumerable.Range(0, ks.Count).Select(slot => (double)hits[level, slot] / pairs[level])],
                [.. Enumerable.Range(0, ks.Count).Select(slot => (double)hits[level, slot] / Math.Max(1, places[level, slot]))])),
        ]);
    }

    private static void Count(ReadOnlySpan<int> ranked, ReadOnlySpan<int> own, int[] levelOf, IReadOnlyList<int> ks, long[,] hits, long[,] places)
    {
        for (var place = 0; place < ranked.Length && ranked[place] >= 0; place++)
        {
            var isHit = own.BinarySearch(ranked[place]) >= 0;
            for (var slot = 0; slot < ks.Count; slot++)
            {
                if (place >= ks[slot])
                    continue;
                places[levelOf[ranked[place]], slot]++;
                hits[levelOf[ranked[place]], slot] += isHit ? 1 : 0;
            }
        }
    }
}
