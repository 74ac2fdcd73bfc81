using LightDxml.Data;
using LightDxml.Kernels.Linear;

namespace LightDxml.Baselines.Linear;

/// <summary>Solves the problems of one matrix, one after another, in one thread.</summary>
internal abstract class ProblemSolver
{
    /// <summary>[features of the matrix], the last solution.</summary>
    public abstract ReadOnlySpan<float> Weights { get; }

    public abstract float Bias { get; }

    /// <summary>Makes a solver for each thread; what threads can share, they do.</summary>
    public static Func<ProblemSolver> Factory(SparseMatrix matrix, LinearSolverOptions options, LinearLoss loss)
    {
        if (loss == LinearLoss.Logistic)
            return () => new Logistic(matrix, options);
        if (loss == LinearLoss.SparseSquaredHinge)
        {
            var columns = matrix.Transpose();
            return () => new SparseSquaredHinge(columns, options);
        }

        var shared = new DualCoordinateDescent(matrix, options);
        return () => new SquaredHinge(shared, matrix.ColumnCount);
    }

    /// <param name="positives">Rows of the matrix.</param>
    /// <param name="negatives">Rows of the matrix.</param>
    public abstract void Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, RandomNumbers seed);

    private sealed class SquaredHinge(DualCoordinateDescent solver, int features) : ProblemSolver
    {
        private readonly DualCoordinateDescent.Workspace _workspace = new(solver);
        private readonly float[] _weights = new float[features];

        public override ReadOnlySpan<float> Weights => _weights;

        public override float Bias => _workspace.Bias;

        public override void Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, RandomNumbers seed)
        {
            solver.Solve(positives, negatives, positiveCost: 1, seed, _workspace);
            _workspace.CopyWeights(_weights);
        }
    }

    private sealed class Logistic(SparseMatrix matrix, LinearSolverOptions options) : ProblemSolver
    {
        private readonly LogisticCoordinateDescent _solver = new(matrix, options);

        public override ReadOnlySpan<float> Weights => _solver.Weights;

        public override float Bias => _solver.Bias;

        public override void Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, RandomNumbers seed) =>
            _solver.Solve(positives, negatives, seed);
    }

    private sealed class SparseSquaredHinge(SparseMatrix columns, LinearSolverOptions options) : ProblemSolver
    {
        private readonly L1SquaredHinge _solver = new(columns, (float)options.BiasFeature);
        private readonly sbyte[] _signs = new sbyte[columns.ColumnCount];

        public override ReadOnlySpan<float> Weights => _solver.Weights;

        public override float Bias => _solver.Bias;

        public override void Solve(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives, RandomNumbers seed)
        {
            // Rows of neither kind, where a matrix holds more than the problem, must not pull.
            Array.Clear(_signs);
            foreach (var row in positives)
                _signs[row] = 1;
            foreach (var row in negatives)
                _signs[row] = -1;
            _solver.Solve(_signs, (float)options.Cost, options.Tolerance, options.MaxPasses, seed);
        }
    }
}
