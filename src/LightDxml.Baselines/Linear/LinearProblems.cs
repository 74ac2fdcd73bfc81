using System.Collections.Concurrent;
using LightDxml.Data;
using LightDxml.Kernels.Linear;

namespace LightDxml.Baselines.Linear;

/// <summary>The problems of one node: each child's points against the other points of the node.</summary>
/// <param name="Candidates">The node's points, ascending.</param>
/// <param name="Positives">Of each child its points, ascending, each among the candidates.</param>
internal sealed record NodeProblems(int[] Candidates, IReadOnlyList<ReadOnlyMemory<int>> Positives)
{
    public long Size => (long)Candidates.Length * Positives.Count;
}

/// <summary>How linear problems are solved and what is kept of the solutions.</summary>
internal sealed record LinearProblemOptions(LinearSolverOptions Solver, LinearLoss Loss, double WeightThreshold, int Seed, int Threads);

/// <summary>Solves the one-against-rest problems of many nodes over the rows of one matrix, each problem in one thread.</summary>
/// <param name="features">[points, features].</param>
/// <param name="part">Tells apart problems of one seed: which tree of an ensemble.</param>
/// <param name="solved">Called, from any thread, with the number of problems solved so far.</param>
internal sealed class LinearProblems(SparseMatrix features, LinearProblemOptions options, int part, Action<int> solved, CancellationToken stop)
{
    private int _done;

    /// <param name="firstSlot">The number of the first child, which tells its random numbers apart from those of other calls.</param>
    /// <returns>One classifier a child, node after node; the same for every number of threads.</returns>
    public PrunedClassifier[] Solve(IReadOnlyList<NodeProblems> nodes, int firstSlot)
    {
        var firstSlots = new int[nodes.Count + 1];
        for (var node = 0; node < nodes.Count; node++)
            firstSlots[node + 1] = firstSlots[node] + nodes[node].Positives.Count;
        var into = new Solutions(new PrunedClassifier[firstSlots[^1]], firstSlot);
        var threads = RowRanges.ResolveThreads(options.Threads);

        // Large nodes share their threads over their children; small ones go to one thread each, the largest first.
        var order = Enumerable.Range(0, nodes.Count).OrderByDescending(node => nodes[node].Size).ToArray();
        var share = nodes.Sum(node => node.Size) / (4 * threads);
        var large = threads == 1 ? 0 : order.TakeWhile(node => nodes[node].Size > share).Count();
        using var scratch = new ThreadLocal<int[]>(() => new int[features.ColumnCount]);
        foreach (var node in order.AsSpan(0, large))
            SolveNode(nodes[node], firstSlots[node], into, scratch.Value!, threads);
        Parallel.ForEach(
            Partitioner.Create(order[large..], EnumerablePartitionerOptions.NoBuffering), Limit(threads),
            node => SolveNode(nodes[node], firstSlots[node], into, scratch.Value!, threads: 1));
        return into.Classifiers;
    }

    private void SolveNode(NodeProblems node, int firstChild, Solutions into, int[] scratch, int threads)
    {
        var rows = CompactRows.Of(features, node.Candidates, scratch);
        using var solvers = new ThreadLocal<(ProblemSolver Solver, int[] Rows)>(Workspace(rows, node.Candidates.Length));
        if (threads == 1)
        {
            for (var child = 0; child < node.Positives.Count; child++)
                SolveChild(child);
        }
        else
        {
            Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, node.Positives.Count), EnumerablePartitionerOptions.NoBuffering), Limit(threads), SolveChild);
        }

        void SolveChild(int child)
        {
            stop.ThrowIfCancellationRequested();
            into.Classifiers[firstChild + child] = Solve(node, child, into.FirstSlot + firstChild + child, rows, solvers);
            solved(Interlocked.Increment(ref _done));
        }
    }

    private PrunedClassifier Solve(NodeProblems node, int child, int slot, CompactRows rows, ThreadLocal<(ProblemSolver Solver, int[] Rows)> solvers)
    {
        var positives = node.Positives[child].Length;
        if (positives == 0)
            return PrunedClassifier.Never;
        if (positives == node.Candidates.Length)
            return PrunedClassifier.Always;
        var (solver, own) = solvers.Value;
        rows.Divide(node.Candidates, node.Positives[child].Span, own);
        solver.Solve(own.AsSpan(0, positives), own.AsSpan(positives), new RandomNumbers(options.Seed, RandomPurposes.LinearProblems, ((long)part << 32) + slot));
        return PrunedClassifier.Of(solver.Weights, rows.Features, solver.Bias, (float)options.WeightThreshold);
    }

    private Func<(ProblemSolver Solver, int[] Rows)> Workspace(CompactRows rows, int count)
    {
        var solvers = ProblemSolver.Factory(rows.Matrix, options.Solver, options.Loss);
        return () => (solvers(), new int[count]);
    }

    private sealed record Solutions(PrunedClassifier[] Classifiers, int FirstSlot);

    private ParallelOptions Limit(int threads) => new() { MaxDegreeOfParallelism = threads, CancellationToken = stop };
}
