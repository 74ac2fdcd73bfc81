using LightDxml.Data;
using LightDxml.Models;
using LightDxml.Names;

namespace LightDxml.Training;

/// <summary>
/// Learns how likely labels without training documents are, from labels that would be such if one document less were there: those with a single
/// one (the Good-Turing estimate: as many first occurrences are to be expected as there are labels that occurred once). In its own document
/// such a label is as unknown as one that never occurs, since names are compared without learning. Labels that never occur are all negatives, so
/// that their number is reckoned with.
/// </summary>
internal static class UnseenLabelFitter
{
    /// <summary>Names that are looked at in a document.</summary>
    private const int Ranks = 10;

    /// <summary>Fewer right names tell nothing.</summary>
    private const int LeastPositives = 10;

    /// <param name="documents">Training documents, without those held out.</param>
    /// <param name="frequencies">[trained labels] their documents among these.</param>
    /// <returns>Null where too few labels tell.</returns>
    public static UnseenWeights? Fit(Dataset documents, int[] frequencies, NameIndex names)
    {
        if (names.LabelCount == frequencies.Length)
            return null;
        var matcher = new NameMatcher(names);
        var (labels, scores) = (new int[Ranks], new float[Ranks]);
        var signals = new List<float>();
        var targets = new List<bool>();
        var positives = 0;
        for (var document = 0; document < documents.PointCount; document++)
        {
            matcher.Match(documents.Features.RowColumns(document), documents.Features.RowValues(document));
            var best = new BestRows<float>(labels, scores);
            foreach (var label in matcher.Labels)
            {
                if (label >= frequencies.Length || frequencies[label] == 1)
                    best.Offer(label, matcher[label].Similarity);
            }

            foreach (var label in labels.AsSpan(0, best.Count))
            {
                var name = matcher[label];
                signals.AddRange([name.Similarity, name.Coverage, name.Information]);
                targets.Add(documents.Labels.RowColumns(document).BinarySearch(label) >= 0);
                positives += targets[^1] ? 1 : 0;
            }
        }

        if (positives < LeastPositives)
            return null;
        var (weights, intercept) = LogisticRegression.Fit([.. signals], 3, [.. targets], [true, true, true]);
        return new UnseenWeights(weights[0], weights[1], weights[2], intercept);
    }
}
