using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>
/// Balanced spherical 2-means (Prabhu et al., WWW 2018): both halves have the same number of labels, up to one, and each
/// label goes where its similarity is greater, as far as the balance allows. One object serves one thread.
/// </summary>
/// <param name="centroids">[labels, features], unit rows.</param>
internal sealed class BalancedBisection(SparseMatrix centroids)
{
    private const int MaxIterations = 20;

    /// <summary>Iterations stop when the mean similarity to the own centre grows by less: Parabel's.</summary>
    private const double Tolerance = 1e-4;

    // The two centres, interleaved: a label's column is looked up in both at once.
    private readonly float[] _centres = new float[2 * centroids.ColumnCount];

    /// <summary>Reorders <paramref name="labels"/> so that the first half, rounded up, is one cluster and the rest the other.</summary>
    /// <returns>Labels of the first cluster.</returns>
    public int Split(Span<int> labels, RandomNumbers random)
    {
        var half = (labels.Length + 1) / 2;
        if (labels.Length < 2)
            return half;
        Start(labels, random);
        var order = new (float Lean, int Label)[labels.Length];
        var similarities = new (float First, float Second)[labels.Length];
        var last = double.NegativeInfinity;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            for (var i = 0; i < order.Length; i++)
            {
                var (first, second) = Similarities(labels[i]);
                similarities[i] = (first, second);
                order[i] = (first - second, labels[i]);
            }

            Array.Sort(order, similarities, Comparer);
            var total = 0.0;
            for (var i = 0; i < order.Length; i++)
            {
                labels[i] = order[i].Label;
                total += i < half ? similarities[i].First : similarities[i].Second;
            }

            var mean = total / order.Length;
            if (mean - last < Tolerance)
                break;
            last = mean;
            Centre(labels, half);
        }

        return half;
    }

    private static readonly Comparer<(float Lean, int Label)> Comparer = Comparer<(float Lean, int Label)>.Create(
        static (a, b) => a.Lean != b.Lean ? b.Lean.CompareTo(a.Lean) : a.Label.CompareTo(b.Label));

    // Two different labels, drawn at random, are the first centres.
    private void Start(ReadOnlySpan<int> labels, RandomNumbers random)
    {
        var a = random.Next(labels.Length);
        var b = random.Next(labels.Length - 1);
        b += b >= a ? 1 : 0;
        Array.Clear(_centres);
        Add(labels[a], 0);
        Add(labels[b], 1);
    }

    private (float First, float Second) Similarities(int label)
    {
        var columns = centroids.RowColumns(label);
        var values = centroids.RowValues(label);
        float first = 0, second = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var slot = 2 * columns[i];
            first += values[i] * _centres[slot];
            second += values[i] * _centres[slot + 1];
        }

        return (first, second);
    }

    private void Centre(ReadOnlySpan<int> labels, int half)
    {
        Array.Clear(_centres);
        for (var i = 0; i < labels.Length; i++)
            Add(labels[i], i < half ? 0 : 1);
        double first = 0, second = 0;
        for (var slot = 0; slot < _centres.Length; slot += 2)
        {
            first += (double)_centres[slot] * _centres[slot];
            second += (double)_centres[slot + 1] * _centres[slot + 1];
        }

        var (firstScale, secondScale) = (Scale(first), Scale(second));
        for (var slot = 0; slot < _centres.Length; slot += 2)
        {
            _centres[slot] *= firstScale;
            _centres[slot + 1] *= secondScale;
        }
    }

    private static float Scale(double squares) => squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;

    private void Add(int label, int side)
    {
        var columns = centroids.RowColumns(label);
        var values = centroids.RowValues(label);
        for (var i = 0; i < columns.Length; i++)
            _centres[2 * columns[i] + side] += values[i];
    }
}
