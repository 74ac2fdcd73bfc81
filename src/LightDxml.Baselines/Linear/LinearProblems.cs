using System.Collections.Concurrent;
using LightDxml.Data;
using LightDxml.Linear;

namespace LightDxml.Baselines.Linear;

/// <summary>The points of a child against the other points of its node.</summary>
/// <param name="Positives">Ascending, each among the candidates.</param>
/// <param name="Candidates">Ascending.</param>
internal readonly record struct LinearProblem(ReadOnlyMemory<int> Positives, ReadOnlyMemory<int> Candidates);

/// <summary>Solves many one-against-rest problems over the rows of one matrix, in parallel, each in one thread.</summary>
internal static class LinearProblems
{
    /// <param name="features">[points, features].</param>
    /// <param name="problems">A problem's place seeds its solver, so that results do not depend on threads.</param>
    /// <param name="seed">Of the whole; <paramref name="part"/> tells apart the trees of an ensemble.</param>
    /// <param name="solved">Called, from any thread, with the number of problems solved so far.</param>
    /// <returns>One classifier a problem.</returns>
    public static PrunedClassifier[] Solve(
        SparseMatrix features, IReadOnlyList<LinearProblem> problems, LinearSolverOptions options, LinearLoss loss, double weightThreshold,
        int seed, int part, int threads, Action<int> solved, CancellationToken stop)
    {
        var classifiers = new PrunedClassifier[problems.Count];
        using var solvers = new ThreadLocal<ProblemSolver>(ProblemSolver.Factory(features, options, loss));
        // The longest first, so that no thread is left alone with one at the end.
        var order = Enumerable.Range(0, problems.Count).OrderByDescending(i => problems[i].Candidates.Length).ToArray();
        var done = 0;
        Parallel.ForEach(
            Partitioner.Create(order, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = RowRanges.ResolveThreads(threads), CancellationToken = stop },
            i =>
            {
                var random = new RandomNumbers(seed, RandomPurposes.LinearProblems, ((long)part << 32) + i);
                classifiers[i] = solvers.Value!.Solve(problems[i], (float)weightThreshold, random);
                solved(Interlocked.Increment(ref done));
            });
        return classifiers;
    }
}
