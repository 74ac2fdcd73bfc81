using LightDxml.Configuration;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>How often a label stood wrongly in the first k places of points that miss another.</summary>
/// <param name="Label">The row of the label that was ranked instead.</param>
/// <param name="Points">Points on which it was.</param>
public readonly record struct Confusion(int Label, int Points);

/// <summary>
/// What is predicted in a label's stead: of the points that have the label but not in their first k places, the labels that
/// stand there wrongly, most frequent first.
/// </summary>
public sealed class LabelConfusions
{
    private readonly Dictionary<int, Confusion[]> _best;

    private LabelConfusions(Dictionary<int, Confusion[]> best) => _best = best;

    /// <summary>The most frequent confusions of a label, of equally frequent ones the lower row first; none where it was always found.</summary>
    public IReadOnlyList<Confusion> Of(int label) => _best.TryGetValue(label, out var confusions) ? confusions : [];

    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="perLabel">Confusions kept of each label.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    /// <exception cref="OptionsException">A number is not positive.</exception>
    public static LabelConfusions Count(RankedLabels predictions, SparseMatrix truth, int k, int perLabel = 3)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        Check.Positive(k, "evaluation.k");
        Check.Positive(perLabel, "confusions of a label");
        var pairs = Pairs(predictions, truth, Math.Min(k, predictions.Width));
        pairs.Sort();
        return new LabelConfusions(Best(pairs, perLabel));
    }

    // A pair is missed label · 2³² + wrong label: sorting brings equal pairs, and the pairs of a label, together.
    private static List<long> Pairs(RankedLabels predictions, SparseMatrix truth, int places)
    {
        var pairs = new List<long>();
        for (var point = 0; point < truth.RowCount; point++)
        {
            var relevant = truth.RowColumns(point);
            var ranked = predictions.Labels(point)[..places];
            foreach (var missed in relevant)
            {
                if (ranked.Contains(missed))
                    continue;
                foreach (var wrong in ranked)
                    if (wrong >= 0 && relevant.BinarySearch(wrong) < 0)
                        pairs.Add(((long)missed << 32) | (uint)wrong);
            }
        }

        return pairs;
    }

    private static Dictionary<int, Confusion[]> Best(List<long> pairs, int perLabel)
    {
        var best = new Dictionary<int, Confusion[]>();
        var ofLabel = new List<Confusion>();
        for (var start = 0; start < pairs.Count;)
        {
            var end = start + 1;
            while (end < pairs.Count && pairs[end] == pairs[start])
                end++;
            ofLabel.Add(new Confusion((int)(uint)pairs[start], end - start));
            var label = (int)(pairs[start] >> 32);
            start = end;
            if (start < pairs.Count && (int)(pairs[start] >> 32) == label)
                continue;
            best[label] = [.. ofLabel.OrderByDescending(confusion => confusion.Points).ThenBy(confusion => confusion.Label).Take(perLabel)];
            ofLabel.Clear();
        }

        return best;
    }
}
