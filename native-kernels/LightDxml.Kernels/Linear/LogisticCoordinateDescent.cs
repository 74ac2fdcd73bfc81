using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>
/// Trains a logistic classifier, min ½‖w‖² + C Σ_i log(1 + exp(−y_i ⟨w, x_i⟩)), on chosen rows of a sparse matrix by
/// dual coordinate descent (Yu, Huang and Lin, Machine Learning 2011; LIBLINEAR's solver 7). One object serves one thread;
/// a problem's solution depends on its rows and seed alone.
/// </summary>
internal sealed class LogisticCoordinateDescent
{
    private const int MaxNewtonSteps = 100;
    private const double Shrink = 0.1;
    private readonly SparseMatrix _features;
    private readonly LinearSolverOptions _options;
    private readonly double[] _squaredNorms;
    private readonly float[] _weights;
    private readonly float _biasFeature;
    private float _biasWeight;
    private int[] _order = [];
    private double[] _alphas = [];

    /// <param name="features">[rows, features], with values; problems are lists of its rows.</param>
    public LogisticCoordinateDescent(SparseMatrix features, LinearSolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        (_features, _options) = (features, options.Validate());
        _weights = new float[features.ColumnCount];
        _biasFeature = (float)options.BiasFeature;
        _squaredNorms = new double[features.RowCount];
        for (var row = 0; row < _squaredNorms.Length; row++)
        {
            var sum = options.BiasFeature * options.BiasFeature;
            foreach (var value in features.RowValues(row))
                sum += value * value;
            _squaredNorms[row] = sum;
        }
    }

    /// <summary>[features], the solution.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The solution's constant term.</summary>
    public float Bias => _biasWeight * _biasFeature;

    /// <summary>Solves one problem; <see cref="Weights"/> and <see cref="Bias"/> hold it until the next.</summary>
    /// <param name="positives">Rows with y = 1.</param>
    /// <param name="negatives">Rows with y = −1.</param>
    /// <param name="seed">Seeds the order in which rows are visited.</param>
    /// <returns>Passes taken.</returns>
    public int Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, RandomNumbers seed)
    {
        var count = positives.Length + negatives.Length;
        Begin(positives, negatives);
        var order = _order.AsSpan(0, count);
        var innerTolerance = 1e-2;
        var innerLeast = Math.Min(1e-8, _options.Tolerance);
        for (var pass = 1; ; pass++)
        {
            seed.Shuffle(order);
            var greatest = 0.0;
            var newtonSteps = 0;
            foreach (var i in order)
            {
                var row = i < positives.Length ? positives[i] : negatives[i - positives.Length];
                var (gradient, steps) = Step(i, row, i < positives.Length ? 1 : -1, innerTolerance);
                greatest = Math.Max(greatest, gradient);
                newtonSteps += steps;
            }

            if (greatest < _options.Tolerance || pass >= _options.MaxPasses)
                return pass;
            if (newtonSteps <= count / 10)
                innerTolerance = Math.Max(innerLeast, 0.1 * innerTolerance);
        }
    }

    // The dual variables start near 0, in the interior, where the logarithms of the dual are finite.
    private void Begin(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives)
    {
        var count = positives.Length + negatives.Length;
        if (_order.Length < count)
        {
            _order = new int[count * 2];
            _alphas = new double[count * 2];
        }

        Array.Clear(_weights);
        _biasWeight = 0;
        var start = Math.Min(0.001 * _options.Cost, 1e-8);
        for (var i = 0; i < count; i++)
        {
            _order[i] = i;
            _alphas[i] = start;
            var row = i < positives.Length ? positives[i] : negatives[i - positives.Length];
            Add(row, (float)(i < positives.Length ? start : -start));
        }
    }

    /// <summary>
    /// Minimises g(z) = z log z + (C − z) log(C − z) + ½ a (z − α)² + b (z − α) over the dual variable of one row by
    /// Newton's method, for whichever of α and C − α is nearer to its bound.
    /// </summary>
    private (double Gradient, int Steps) Step(int i, int row, int sign, double tolerance)
    {
        var (cost, a) = (_options.Cost, _squaredNorms[row]);
        var b = sign * (double)Dot(row);
        var (own, side) = (_alphas[i], 1.0);
        if (0.5 * a * (cost - own - own) + b < 0)
            (own, side) = (cost - own, -1.0);
        var z = cost - own < 0.5 * cost ? 0.1 * own : own;
        var gradient = a * (z - own) + side * b + Math.Log(z / (cost - z));
        var first = Math.Abs(gradient);
        var steps = 0;
        for (; steps <= MaxNewtonSteps && Math.Abs(gradient) >= tolerance; steps++)
        {
            var next = z - gradient / (a + cost / (cost - z) / z);
            z = next <= 0 ? z * Shrink : next;
            gradient = a * (z - own) + side * b + Math.Log(z / (cost - z));
        }

        if (steps > 0)
        {
            _alphas[i] = side > 0 ? z : cost - z;
            Add(row, (float)(side * (z - own) * sign));
        }

        return (first, steps);
    }

    private float Dot(int row) =>
        SparseDot.Of(_features.RowColumns(row), _features.RowValues(row), _weights) + _biasFeature * _biasWeight;

    private void Add(int row, float factor)
    {
        ScatterAdd.Into(_weights, factor, _features.RowColumns(row), _features.RowValues(row));
        _biasWeight += factor * _biasFeature;
    }
}
