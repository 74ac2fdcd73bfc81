using LightDxml.Data;
using LightDxml.Linear;

namespace LightDxml.Baselines.Linear;

/// <summary>Solves one-against-rest problems, one after another, in one thread.</summary>
internal abstract class ProblemSolver
{
    private int[] _negatives = [];

    /// <summary>A solver for each thread of the loss; what threads can share, they do.</summary>
    public static Func<ProblemSolver> Factory(SparseMatrix features, LinearSolverOptions options, LinearLoss loss)
    {
        if (loss == LinearLoss.Logistic)
            return () => new Logistic(features, options);
        var shared = new DualCoordinateDescent(features, options);
        return () => new SquaredHinge(shared);
    }

    public PrunedClassifier Solve(LinearProblem problem, float weightThreshold, RandomNumbers seed)
    {
        var positives = problem.Positives.Span;
        var negatives = Others(problem.Candidates.Span, positives);
        if (positives.IsEmpty)
            return PrunedClassifier.Never;
        return negatives.IsEmpty ? PrunedClassifier.Always : Solve(positives, negatives, weightThreshold, seed);
    }

    protected abstract PrunedClassifier Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, float weightThreshold, RandomNumbers seed);

    // Both lists ascend, and the positives are among the candidates.
    private ReadOnlySpan<int> Others(ReadOnlySpan<int> candidates, ReadOnlySpan<int> positives)
    {
        if (_negatives.Length < candidates.Length)
            _negatives = new int[candidates.Length];
        var (count, next) = (0, 0);
        foreach (var candidate in candidates)
        {
            if (next < positives.Length && positives[next] == candidate)
                next++;
            else
                _negatives[count++] = candidate;
        }

        return _negatives.AsSpan(0, count);
    }

    private sealed class SquaredHinge(DualCoordinateDescent solver) : ProblemSolver
    {
        private readonly DualCoordinateDescent.Workspace _workspace = new(solver);

        protected override PrunedClassifier Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, float weightThreshold, RandomNumbers seed)
        {
            solver.Solve(positives, negatives, positiveCost: 1, seed, _workspace);
            return PrunedClassifier.Of(_workspace.Weights, _workspace.Bias, weightThreshold);
        }
    }

    private sealed class Logistic(SparseMatrix features, LinearSolverOptions options) : ProblemSolver
    {
        private readonly LogisticCoordinateDescent _solver = new(features, options);

        protected override PrunedClassifier Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, float weightThreshold, RandomNumbers seed)
        {
            _solver.Solve(positives, negatives, seed);
            return PrunedClassifier.Of(_solver.Weights, _solver.Bias, weightThreshold);
        }
    }
}
