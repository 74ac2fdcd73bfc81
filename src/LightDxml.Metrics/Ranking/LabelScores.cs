using LightDxml.Configuration;
using LightDxml.Data;

namespace LightDxml.Metrics;

/// <summary>Each label's share in the first k places of all points: three whole numbers a label, from which its precision, recall and F1 follow.</summary>
public sealed class LabelScores
{
    private readonly int[] _testPoints;
    private readonly int[] _predicted;
    private readonly int[] _hits;

    private LabelScores(int k, int[] testPoints, int[] predicted, int[] hits)
    {
        K = k;
        (_testPoints, _predicted, _hits) = (testPoints, predicted, hits);
    }

    /// <summary>Places of a ranking that count as predicted.</summary>
    public int K { get; }

    /// <summary>Number of labels.</summary>
    public int LabelCount => _testPoints.Length;

    /// <summary>Test points that have the label.</summary>
    public int TestPoints(int label) => _testPoints[label];

    /// <summary>Test points that have the label in their first k places.</summary>
    public int Predicted(int label) => _predicted[label];

    /// <summary>Test points for which both hold.</summary>
    public int Hits(int label) => _hits[label];

    /// <summary>Hits over predicted; 0 for a label that is never predicted.</summary>
    public double Precision(int label) => _predicted[label] > 0 ? (double)_hits[label] / _predicted[label] : 0;

    /// <summary>Hits over test points; 0 for a label that no test point has.</summary>
    public double Recall(int label) => _testPoints[label] > 0 ? (double)_hits[label] / _testPoints[label] : 0;

    /// <summary>2 · hits / (predicted + test points); 0 for a label with neither.</summary>
    public double F1(int label) => _hits[label] > 0 ? 2.0 * _hits[label] / (_predicted[label] + _testPoints[label]) : 0;

    /// <param name="truth">[points, labels], the points of the predictions in the same order.</param>
    /// <param name="threads">Threads at most; 0 is one for each processor.</param>
    /// <exception cref="LightDxmlException">Points or labels of the inputs do not agree.</exception>
    /// <exception cref="OptionsException"><paramref name="k"/> is not positive.</exception>
    public static LabelScores Of(RankedLabels predictions, SparseMatrix truth, int k, int threads = 0)
    {
        EvaluationInput.Check(predictions, truth, inversePropensities: null);
        Check.Positive(k, "evaluation.k");
        var (predicted, hits) = (new int[truth.ColumnCount], new int[truth.ColumnCount]);
        RowRanges.ForEach(truth.RowCount, Evaluator.RangePoints, threads, (first, end) =>
        {
            for (var point = first; point < end; point++)
            {
                var relevant = truth.RowColumns(point);
                foreach (var label in predictions.Labels(point)[..Math.Min(k, predictions.Width)])
                {
                    if (label < 0)
                        continue;
                    Interlocked.Increment(ref predicted[label]);
                    if (relevant.BinarySearch(label) >= 0)
                        Interlocked.Increment(ref hits[label]);
                }
            }
        });
        return new LabelScores(k, LabelFrequencies.Count(truth), predicted, hits);
    }
}
