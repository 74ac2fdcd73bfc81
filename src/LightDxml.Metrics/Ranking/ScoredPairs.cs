using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>All ranked (point, label) pairs by falling score, each with whether it is a hit.</summary>
internal sealed class ScoredPairs
{
    private readonly float[] _scores;

    // A hit's label is stored as its complement.
    private readonly int[] _labels;

    private ScoredPairs(float[] scores, int[] labels) => (_scores, _labels) = (scores, labels);

    public int Count => _labels.Length;

    public float Score(int i) => _scores[i];

    public bool IsHit(int i) => _labels[i] < 0;

    public int Label(int i) => _labels[i] < 0 ? ~_labels[i] : _labels[i];

    /// <summary>Whether a threshold can lie right below pair i: labels of equal score are assigned together.</summary>
    public bool IsLastOfItsScore(int i) => i + 1 == Count || _scores[i + 1] != _scores[i];

    /// <param name="withLabels">Keeps the labels; without them only scores and hits are meant to be read.</param>
    /// <param name="places">Places of each ranking that count.</param>
    public static ScoredPairs Of(RankedLabels predictions, SparseMatrix truth, PointSlice points, bool withLabels, int places = int.MaxValue)
    {
        places = Math.Min(places, predictions.Width);
        var count = 0;
        for (var point = points.First; point < truth.RowCount; point += points.Step)
            count += predictions.Labels(point)[..places].Length - predictions.Labels(point)[..places].Count(-1);
        CheckCount(count);
        var (scores, labels) = (new float[count], new int[count]);
        var next = 0;
        for (var point = points.First; point < truth.RowCount; point += points.Step)
        {
            var ranked = predictions.Labels(point);
            var ofPoint = predictions.Scores(point);
            var relevant = truth.RowColumns(point);
            for (var place = 0; place < places; place++)
            {
                if (ranked[place] < 0)
                    continue;
                var label = withLabels ? ranked[place] : 0;
                scores[next] = ofPoint[place];
                labels[next++] = relevant.BinarySearch(ranked[place]) >= 0 ? ~label : label;
            }
        }

        RankingSort.BestFirst(scores, labels, new ulong[2 * count]);
        return new ScoredPairs(scores, labels);
    }

    /// <exception cref="LightDxmlException">They cannot be sorted in one array.</exception>
    internal static void CheckCount(int count)
    {
        if (2L * count > Array.MaxLength)
            throw new LightDxmlException($"The predictions give {count} labels with scores, and thresholds and probabilities are measured on {Array.MaxLength / 2} at most; give fewer labels per document.");
    }
}
