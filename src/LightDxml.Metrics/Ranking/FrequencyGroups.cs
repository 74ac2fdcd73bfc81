using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>What a ranking finds of the labels of one group, as if there were no others.</summary>
/// <param name="Least">Training documents of its labels at least.</param>
/// <param name="Most">Training documents at most.</param>
/// <param name="Labels">Labels of the group that test documents have.</param>
/// <param name="Documents">Test documents with such a label: the means are over these.</param>
/// <param name="RPrecision">R-precision@k: right labels among the group's first k, over min(k, the document's labels of the group).</param>
/// <param name="Ndcg">nDCG@k.</param>
/// <param name="OccurringRPrecision">R-precision@k where labels that no test document has are not ranked, as where these are not known to exist.</param>
internal sealed record FrequencyGroup(int Least, int Most, int Labels, int Documents, double RPrecision, double Ndcg, double OccurringRPrecision);

/// <summary>
/// Rankings by how many training documents a label has: none, few or many, as Chalkidis et al. (ACL 2019) part the labels of EURLEX57K. Of a document
/// only the labels of the group are ranked and looked for, so that a group's figures say nothing of what the others hide.
/// </summary>
internal static class FrequencyGroups
{
    /// <summary>Training documents of few-shot labels at most.</summary>
    public const int Few = 50;

    private static readonly (int Least, int Most)[] Bounds = [(0, 0), (1, Few), (Few + 1, int.MaxValue)];

    /// <param name="predictions">Rankings long enough to hold labels of every group.</param>
    /// <param name="truth">[documents, labels].</param>
    /// <param name="frequencies">[labels] training documents of each.</param>
    /// <param name="k">Labels of the group that are looked at.</param>
    /// <returns>The groups that test documents have labels of.</returns>
    public static IReadOnlyList<FrequencyGroup> Of(RankedLabels predictions, SparseMatrix truth, ReadOnlySpan<int> frequencies, int k)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (predictions.PointCount != truth.RowCount || frequencies.Length != truth.ColumnCount)
            throw new LightDxmlException($"The predictions are of {predictions.PointCount} documents and the frequencies of {frequencies.Length} labels, but the test set has {truth.RowCount} and {truth.ColumnCount}.");
        var testDocuments = LabelFrequencies.Count(truth);
        var groups = new List<FrequencyGroup>();
        foreach (var (least, most) in Bounds)
        {
            if (Group(predictions, truth, frequencies, testDocuments, k, least, most) is { Documents: > 0 } group)
                groups.Add(group);
        }

        return groups;
    }

    private static FrequencyGroup Group(RankedLabels predictions, SparseMatrix truth, ReadOnlySpan<int> frequencies, int[] testDocuments, int k, int least, int most)
    {
        var (isMember, occurs) = (new bool[frequencies.Length], new bool[frequencies.Length]);
        for (var label = 0; label < frequencies.Length; label++)
        {
            isMember[label] = frequencies[label] >= least && frequencies[label] <= most;
            occurs[label] = isMember[label] && testDocuments[label] > 0;
        }

        var (documents, precision, ndcg, occurring) = (0, 0.0, 0.0, 0.0);
        for (var document = 0; document < truth.RowCount; document++)
        {
            var own = 0;
            foreach (var label in truth.RowColumns(document))
                own += isMember[label] ? 1 : 0;

            if (own == 0)
                continue;
            documents++;
            var (hits, gain) = Found(predictions.Labels(document), truth.RowColumns(document), isMember, k);
            var ideal = Enumerable.Range(0, Math.Min(k, own)).Sum(rank => 1 / Math.Log2(rank + 2));
            precision += hits / (double)Math.Min(k, own);
            ndcg += gain / ideal;
            occurring += Found(predictions.Labels(document), truth.RowColumns(document), occurs, k).Hits / (double)Math.Min(k, own);
        }

        var mean = 1.0 / Math.Max(1, documents);
        return new FrequencyGroup(least, most, occurs.Count(occur => occur), documents, mean * precision, mean * ndcg, mean * occurring);
    }

    /// <summary>Right labels among the first k that take part, and their discounted gain.</summary>
    private static (int Hits, double Gain) Found(ReadOnlySpan<int> ranked, ReadOnlySpan<int> truth, bool[] takesPart, int k)
    {
        var (place, hits, gain) = (0, 0, 0.0);
        foreach (var label in ranked)
        {
            if (label < 0 || place == k)
                break;
            if (!takesPart[label])
                continue;
            if (truth.BinarySearch(label) >= 0)
                (hits, gain) = (hits + 1, gain + 1 / Math.Log2(place + 2));
            place++;
        }

        return (hits, gain);
    }
}
