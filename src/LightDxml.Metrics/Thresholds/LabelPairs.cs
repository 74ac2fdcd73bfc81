using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Ranked (point, label) pairs by their label.</summary>
internal sealed class LabelPairs
{
    // Those of label l from _starts[l] to _starts[l + 1].
    private readonly int[] _starts;
    private readonly float[] _scores;
    private readonly bool[] _hits;
    private readonly int[] _documents;

    private LabelPairs(int[] starts, float[] scores, bool[] hits, int[] documents) =>
        (_starts, _scores, _hits, _documents) = (starts, scores, hits, documents);

    /// <summary>Scores of a label where it is ranked, in no order.</summary>
    public Span<float> Scores(int label) => _scores.AsSpan(_starts[label].._starts[label + 1]);

    /// <summary>Whether it is a label of the point; as many.</summary>
    public Span<bool> Hits(int label) => _hits.AsSpan(_starts[label].._starts[label + 1]);

    /// <summary>Points that have the label, ranked or not.</summary>
    public int Documents(int label) => _documents[label];

    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="points">The points that count.</param>
    public static LabelPairs Of(RankedLabels predictions, SparseMatrix truth, PointSlice points)
    {
        var starts = new int[truth.ColumnCount + 1];
        var documents = new int[truth.ColumnCount];
        for (var point = points.First; point < truth.RowCount; point += points.Step)
        {
            foreach (var label in predictions.Labels(point))
                if (label >= 0)
                    starts[label + 1]++;
            foreach (var label in truth.RowColumns(point))
                documents[label]++;
        }

        for (var label = 0; label < truth.ColumnCount; label++)
            starts[label + 1] += starts[label];

        var next = starts.AsSpan(0, truth.ColumnCount).ToArray();
        var (scores, hits) = (new float[starts[^1]], new bool[starts[^1]]);
        for (var point = points.First; point < truth.RowCount; point += points.Step)
        {
            var labels = predictions.Labels(point);
            var ofPoint = predictions.Scores(point);
            var relevant = truth.RowColumns(point);
            for (var place = 0; place < labels.Length; place++)
            {
                if (labels[place] < 0)
                    continue;
                var slot = next[labels[place]]++;
                scores[slot] = ofPoint[place];
                hits[slot] = relevant.BinarySearch(labels[place]) >= 0;
            }
        }

        return new LabelPairs(starts, scores, hits, documents);
    }
}
