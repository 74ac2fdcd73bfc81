using LightDxml.Baselines.Linear;
using LightDxml.Data;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>Grows one tree: a ranking split, a sparse separator that imitates it, and so on in both sides. Serves one thread.</summary>
/// <param name="features">[points, features].</param>
/// <param name="labels">[points, labels].</param>
/// <param name="gains">[labels], what a label counts.</param>
internal sealed class InstanceTreeGrower(SparseMatrix features, SparseMatrix labels, float[] gains, InstanceTreeOptions options, int seed)
{
    private const double Tolerance = 0.1;
    private const int Bits = 32;
    private readonly RankingSplit _split = new(labels, gains, byIdeal: !options.PropensityScored);
    private readonly int[] _featureScratch = new int[features.ColumnCount];
    private readonly TouchedSums _sums = new(labels.ColumnCount);
    private readonly List<int> _children = [];
    private readonly List<float> _biases = [];
    private readonly List<int> _offsets = [0];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];

    /// <param name="tree">Which tree of the ensemble: trees differ by their random numbers alone.</param>
    public InstanceTree Grow(int tree, CancellationToken stop)
    {
        var open = new Queue<(int[] Points, int Parent, int Side)>([(Enumerable.Range(0, features.RowCount).ToArray(), -1, 0)]);
        while (open.TryDequeue(out var next))
        {
            stop.ThrowIfCancellationRequested();
            var node = _biases.Count;
            if (next.Parent >= 0)
                _children[2 * next.Parent + next.Side] = node;
            _children.AddRange([-1, -1]);
            var random = new RandomNumbers(seed, RandomPurposes.InstanceTrees, ((long)tree << Bits) + node);
            if (next.Points.Length > options.MaxLeafPoints && Separate(next.Points, random) is { } sides)
            {
                open.Enqueue((sides.Left, node, 0));
                open.Enqueue((sides.Right, node, 1));
            }
            else
            {
                AddLeaf(next.Points);
            }
        }

        return new InstanceTree([.. _children], [.. _biases], [.. _offsets], _columns.ToArray(), _values.ToArray());
    }

    /// <summary>Adds an inner node; null, and nothing added, where no separator divides the points.</summary>
    private (int[] Left, int[] Right)? Separate(int[] points, RandomNumbers random)
    {
        var signs = new sbyte[points.Length];
        if (!_split.Divide(points, signs, random))
            return null;
        var rows = CompactRows.Of(features, points, _featureScratch);
        var solver = new L1Logistic(rows.Matrix.Transpose(), biasFeature: 1);
        solver.Solve(signs, (float)options.Cost, Tolerance, options.MaxPasses, random);
        var sides = (Left: new List<int>(), Right: new List<int>());
        for (var i = 0; i < points.Length; i++)
            (Score(rows.Matrix, i, solver) > 0 ? sides.Right : sides.Left).Add(points[i]);
        if (sides.Left.Count == 0 || sides.Right.Count == 0)
            return null;

        var weights = solver.Weights;
        for (var own = 0; own < weights.Length; own++)
        {
            if (weights[own] == 0)
                continue;
            _columns.Add(rows.Features is { } of ? of[own] : own);
            _values.Add(weights[own]);
        }

        Close(solver.Bias);
        return ([.. sides.Left], [.. sides.Right]);
    }

    private static float Score(SparseMatrix rows, int row, L1CoordinateDescent solver)
    {
        var columns = rows.RowColumns(row);
        var values = rows.RowValues(row);
        var weights = solver.Weights;
        var score = solver.Bias;
        for (var i = 0; i < columns.Length; i++)
            score += values[i] * weights[columns[i]];
        return score;
    }

    private void AddLeaf(int[] points)
    {
        foreach (var point in points)
        {
            foreach (var label in labels.RowColumns(point))
                _sums.Add(label, gains[label]);
        }

        var best = new int[options.LeafLabels];
        var shares = new float[options.LeafLabels];
        _sums.TakeTop(1f / points.Length, best, shares);
        var count = best.AsSpan().IndexOf(-1);
        count = count < 0 ? best.Length : count;
        Array.Sort(best, shares, 0, count);
        _columns.AddRange(best.AsSpan(0, count));
        _values.AddRange(shares.AsSpan(0, count));
        Close(bias: 0);
    }

    private void Close(float bias)
    {
        _biases.Add(bias);
        _offsets.Add(_columns.Count);
    }
}
