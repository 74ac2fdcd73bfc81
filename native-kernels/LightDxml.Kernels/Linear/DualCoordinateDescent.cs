using LightDxml.Data;

namespace LightDxml.Kernels.Linear;

/// <summary>
/// Trains a linear classifier with squared hinge loss, min ½‖w‖² + Σ_i C_i max(0, 1 − y_i ⟨w, x_i⟩)², on chosen rows of
/// a sparse matrix by dual coordinate descent with shrinking (Hsieh et al., ICML 2008). One object serves many threads,
/// each with its own <see cref="Workspace"/>; a problem's solution depends on its rows and seed alone. Values are kept in
/// bfloat16 (relative error at most 0.2 %, twice that where features are scaled by <see cref="FeatureContrast"/>).
/// </summary>
internal sealed partial class DualCoordinateDescent
{
    /// <summary>
    /// A row at α = 0 whose gradient is above this share of the last pass's greatest violation is shrunk away. LIBLINEAR waits
    /// for the whole of it; since all rows are looked at again before the end, a tenth costs nothing and saves a third of the visits.
    /// </summary>
    private const float ShrinkBeyond = 0.1f;

    private readonly SparseMatrix _features;
    private readonly LinearSolverOptions _options;

    /// <param name="features">[rows, features], with values; problems are lists of its rows.</param>
    public DualCoordinateDescent(SparseMatrix features, LinearSolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        _features = features;
        _options = options.Validate();
    }

    /// <summary>
    /// Solves one problem and leaves the weights in the workspace. The dual variables α_i ≥ 0 have the gradient
    /// G = y_i ⟨w, x_i⟩ − 1 + α_i / (2 C_i) with w = Σ α_i y_i x_i; each step minimises over one of them.
    /// </summary>
    /// <param name="positives">Rows with y = 1.</param>
    /// <param name="negatives">Rows with y = −1.</param>
    /// <param name="positiveCost">Factor on C for the positive rows, for example an inverse propensity.</param>
    /// <param name="seed">Seeds the order in which rows are visited.</param>
    /// <returns>Passes taken.</returns>
    public int Solve(
        ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, double positiveCost, RandomNumbers seed, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Begin();
        workspace.Append(positives, negatives);
        var passes = Solve(positiveCost, seed, workspace, positives.Length + negatives.Length);
        workspace.Finish();
        return passes;
    }

    /// <summary>
    /// Adds rows to the problem that the workspace solved last and goes on from its solution: on the new rows and those that
    /// hold the old solution up (α &gt; 0). The others lay beyond the margin and, as few rows are added, will stay there.
    /// </summary>
    /// <param name="positives">Further rows with y = 1.</param>
    /// <param name="negatives">Further rows with y = −1.</param>
    /// <param name="positiveCost">That of the problem.</param>
    /// <param name="seed">Seeds the order in which rows are visited.</param>
    /// <returns>Passes taken.</returns>
    public int Extend(
        ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, double positiveCost, RandomNumbers seed, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var first = workspace.Count;
        workspace.Append(positives, negatives);
        var passes = Solve(positiveCost, seed, workspace, workspace.OrderSupportFirst(first));
        workspace.Finish();
        return passes;
    }

    /// <summary>
    /// Goes on from a solution whose rows are not at hand: min ½‖w − w₀‖² + Σ_i C_i max(0, 1 − y_i ⟨w, x_i⟩)² over further rows alone
    /// (the adaptive SVM of Yang, Yan and Hauptmann 2007). Weights of features that these rows lack stay as they are, and are not
    /// among the workspace's. Features are not scaled by their contrast, which few rows do not tell.
    /// </summary>
    /// <param name="columns">Features of w₀, ascending.</param>
    /// <param name="values">Their weights.</param>
    /// <param name="bias">Its constant term.</param>
    /// <param name="share">Factor on the cost of every row: their share of all the rows that the solution is to stand for.</param>
    /// <inheritdoc cref="Extend"/>
    public int GoOn(
        ReadOnlySpan<int> columns, ReadOnlySpan<float> values, float bias,
        ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, double positiveCost, double share, RandomNumbers seed, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (_options.Contrast > 0)
            throw new InvalidOperationException("A solver with a contrast cannot go on from other weights.");
        workspace.Begin();
        workspace.Append(positives, negatives);
        workspace.StartFrom(columns, values, bias);
        return Solve(positiveCost, seed, workspace, positives.Length + negatives.Length, share);
    }

    /// <param name="scope">The rows at the beginning of the order that take part.</param>
    /// <param name="share">Factor on the cost of every row.</param>
    private int Solve(double positiveCost, RandomNumbers seed, Workspace workspace, int scope, double share = 1)
    {
        var positiveRegularizer = (float)(0.5 / (_options.Cost * share * positiveCost));
        var negativeRegularizer = (float)(0.5 / (_options.Cost * share));
        var active = scope;
        var greatest = float.PositiveInfinity;
        var order = workspace.Order[..scope];
        for (var pass = 1; ; pass++)
        {
            var (greatestNow, leastNow) = (float.NegativeInfinity, float.PositiveInfinity);
            seed.Shuffle(order[..active]);
            for (var k = 0; k < active; k++)
            {
                var i = order[k];
                if (k + 1 < active)
                    workspace.Prefetch(order[k + 1]);
                var sign = workspace.Signs[i];
                var regularizer = sign > 0 ? positiveRegularizer : negativeRegularizer;
                var alpha = workspace.Alphas[i];
                var gradient = sign * workspace.Dot(i) - 1 + alpha * regularizer;
                var projected = gradient;
                if (alpha == 0)
                {
                    if (gradient > greatest * ShrinkBeyond)
                    {
                        (order[k], order[active - 1]) = (order[active - 1], order[k]);
                        active--;
                        k--;
                        continue;
                    }

                    projected = MathF.Min(gradient, 0);
                }

                greatestNow = MathF.Max(greatestNow, projected);
                leastNow = MathF.Min(leastNow, projected);
                if (MathF.Abs(projected) > 1e-6f)
                {
                    var next = MathF.Max(alpha - gradient / (workspace.SquaredNorm(i) + regularizer), 0);
                    workspace.Alphas[i] = next;
                    workspace.Add(i, (next - alpha) * sign);
                }
            }

            if (pass >= _options.MaxPasses)
                return pass;
            if (greatestNow - leastNow <= _options.Tolerance)
            {
                if (active == order.Length)
                    return pass;

                // Solved on the rows that were kept: look at all of them once more.
                active = order.Length;
                greatest = float.PositiveInfinity;
                continue;
            }

            greatest = greatestNow <= 0 ? float.PositiveInfinity : greatestNow;
        }
    }
}
