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

    /// <summary>Share of a name's weight from which a document has it whole, but for rounding.</summary>
    private const float Whole = 0.999f;

    /// <summary>What is learnt.</summary>
    /// <param name="NameDocuments">[labels without training documents] training documents that have a name whole.</param>
    public sealed record Result(UnseenWeights Weights, int[] NameDocuments);

    /// <param name="documents">Training documents, without those held out.</param>
    /// <param name="frequencies">[trained labels] their documents among these.</param>
    /// <returns>Null where too few labels tell.</returns>
    public static Result? Fit(Dataset documents, int[] frequencies, NameIndex names)
    {
        if (names.LabelCount == frequencies.Length)
            return null;
        var matcher = new NameMatcher(names);
        var nameDocuments = new int[names.LabelCount];
        var (labels, scores) = (new int[Ranks], new float[Ranks]);
        var pairs = new List<(int Label, NameSignal Name, bool IsOwn)>();
        for (var document = 0; document < documents.PointCount; document++)
        {
            matcher.Match(documents.Features.RowColumns(document), documents.Features.RowValues(document));
            var best = new BestRows<float>(labels, scores);
            foreach (var label in matcher.Labels)
            {
                if (label < frequencies.Length && frequencies[label] != 1)
                    continue;
                best.Offer(label, matcher[label].Similarity);
                nameDocuments[label] += matcher[label].Coverage >= Whole ? 1 : 0;
            }

            var own = documents.Labels.RowColumns(document);
            foreach (var label in labels.AsSpan(0, best.Count))
                pairs.Add((label, matcher[label], own.BinarySearch(label) >= 0));
        }

        if (pairs.Count(pair => pair.IsOwn) < LeastPositives)
            return null;
        float[] signals = [.. pairs.SelectMany(pair => Signals(pair.Label, pair.Name, nameDocuments, isTrained: pair.Label < frequencies.Length, pair.IsOwn))];
        var (weights, intercept) = LogisticRegression.Fit(signals, 4, [.. pairs.Select(pair => pair.IsOwn)], [true, true, true, true]);
        return new Result(new UnseenWeights(weights[0], weights[1], weights[2], weights[3], intercept), nameDocuments[frequencies.Length..]);
    }

    /// <summary>How many documents have the name of each label without training documents whole.</summary>
    /// <param name="trained">Labels with training documents.</param>
    /// <returns>[labels without training documents].</returns>
    public static int[] CountNames(Dataset documents, NameIndex names, int trained)
    {
        var matcher = new NameMatcher(names);
        var counts = new int[names.LabelCount - trained];
        for (var document = 0; document < documents.PointCount; document++)
        {
            matcher.Match(documents.Features.RowColumns(document), documents.Features.RowValues(document));
            foreach (var label in matcher.Labels)
            {
                if (label >= trained && matcher[label].Coverage >= Whole)
                    counts[label - trained]++;
            }
        }

        return counts;
    }

    // A label's only document does not count against it.
    private static float[] Signals(int label, NameSignal name, int[] nameDocuments, bool isTrained, bool isOwn)
    {
        var documents = nameDocuments[label] - (isTrained && isOwn && name.Coverage >= Whole ? 1 : 0);
        return [name.Similarity, name.Coverage, name.Information, UnseenWeights.DocumentSignal(documents)];
    }
}
