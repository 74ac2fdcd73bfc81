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

    private const int Signals = UnseenWeights.Count - 1;

    /// <summary>What is learnt.</summary>
    /// <param name="Names">Of the labels without training documents.</param>
    public sealed record Result(UnseenWeights Weights, NameStatistics Names);

    /// <param name="documents">Training documents, without those held out.</param>
    /// <param name="frequencies">[trained labels] their documents among these.</param>
    /// <returns>Null where too few labels tell.</returns>
    public static Result? Fit(Dataset documents, int[] frequencies, NameIndex names)
    {
        if (names.LabelCount == frequencies.Length)
            return null;
        var matcher = new NameMatcher(names);
        var counter = new NameCounter(names.LabelCount);
        var (labels, scores) = (new int[Ranks], new float[Ranks]);
        var pairs = new List<(int Label, NameSignal Name, bool IsOwn)>();
        for (var document = 0; document < documents.PointCount; document++)
        {
            matcher.Match(documents.Features.RowColumns(document), documents.Features.RowValues(document));
            var own = documents.Labels.RowColumns(document);
            var best = new BestRows<float>(labels, scores);
            foreach (var label in matcher.Labels)
            {
                if (label < frequencies.Length && frequencies[label] != 1)
                    continue;
                best.Offer(label, matcher[label].Similarity);

                // A label's only document tells nothing of it: one that never occurs has none.
                if (own.BinarySearch(label) < 0)
                    counter.Add(label, matcher[label]);
            }

            foreach (var label in labels.AsSpan(0, best.Count))
                pairs.Add((label, matcher[label], own.BinarySearch(label) >= 0));
        }

        if (pairs.Count(pair => pair.IsOwn) < LeastPositives)
            return null;
        var statistics = counter.Statistics;
        float[] signals = [.. pairs.SelectMany(SignalsOf)];
        var (weights, intercept) = LogisticRegression.Fit(signals, Signals, [.. pairs.Select(pair => pair.IsOwn)], [true, true, true, true, true]);
        return new Result(
            new UnseenWeights(weights[0], weights[1], weights[2], weights[3], weights[4], intercept),
            statistics.Select([.. Enumerable.Range(frequencies.Length, names.LabelCount - frequencies.Length)]));

        float[] SignalsOf((int Label, NameSignal Name, bool IsOwn) pair) =>
        [
            pair.Name.Similarity, pair.Name.Coverage, pair.Name.Information,
            UnseenWeights.DocumentSignal(statistics.Documents[pair.Label]), statistics.Similarities[pair.Label],
        ];
    }

    /// <summary>What documents tell of the names of labels that none of them has.</summary>
    /// <param name="trained">Labels with training documents.</param>
    public static NameStatistics Count(Dataset documents, NameIndex names, int trained)
    {
        var matcher = new NameMatcher(names);
        var counter = new NameCounter(names.LabelCount - trained);
        for (var document = 0; document < documents.PointCount; document++)
        {
            matcher.Match(documents.Features.RowColumns(document), documents.Features.RowValues(document));
            foreach (var label in matcher.Labels)
            {
                if (label >= trained)
                    counter.Add(label - trained, matcher[label]);
            }
        }

        return counter.Statistics;
    }
}
