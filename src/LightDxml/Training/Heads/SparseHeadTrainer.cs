using System.Runtime.InteropServices;
using LightDxml.Data;
using LightDxml.Kernels.Linear;
using LightDxml.Metrics;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Trains the sparse final classifier: for each label a linear SVM with squared hinge loss on the input features whose
/// positives are the label's points and whose negatives are the points that have the label on their shortlist without carrying
/// it. Hard negatives make every problem small, so that all labels take seconds.
/// </summary>
/// <param name="split">All points: a label's problem is solved on the blind ones, and goes on from there with those held out.</param>
internal sealed class SparseHeadTrainer(TrainingSplit split, SparseHeadOptions options, int seed, Workers workers)
{
    private const int BlockLabels = 4;
    private long _weights;

    /// <summary>Weights of the classifier at most: a model keeps them in one array. Their number shows only as labels are trained.</summary>
    internal long MostWeights { get; init; } = Array.MaxLength;

    /// <summary>The classifier twice.</summary>
    /// <param name="Blind">Trained without the points held out, so that score weights can be fitted on them.</param>
    /// <param name="Full">Trained on all points, from the solutions of the other: what the model keeps. Nothing asks for its margins before the model is done.</param>
    public sealed record Result(SparseClassifier Blind, KeptClassifier Full)
    {
        public void Write(SafetensorsWriter file)
        {
            // The first process's file has what all have.
            if (Full.IsFirst)
            {
                file.Add("blind", Blind.Weights);
                file.Add("blind.biases", Blind.Biases);
            }

            if (!ReferenceEquals(Blind, Full.Own))
                Full.Write(file, "full");
        }

        /// <param name="files">Of all parts.</param>
        public static Result Read(IReadOnlyList<SafetensorsFile> files, Workers workers)
        {
            var blind = new SparseClassifier(files[0].Sparse("blind"), files[0].Floats("blind.biases"));
            return new Result(blind, files[0].Has("full.biases") ? KeptClassifier.Read(files, "full", workers) : KeptClassifier.Of(blind));
        }
    }

    /// <summary>The problems of all labels, and where their solutions are put.</summary>
    /// <param name="Positives">[labels, points].</param>
    /// <param name="Costs">[labels] of positives.</param>
    /// <param name="Full">The same as <paramref name="Blind"/> where no points are held out.</param>
    private sealed record Problems(DualCoordinateDescent Solver, SparseMatrix Positives, NegativePoints Negatives, double[] Costs, SparseHeadRows Blind, SparseHeadRows Full);

    /// <param name="candidates">Of this process's points; null where every label is a candidate of every point.</param>
    /// <param name="progress">Hears labels done and the label count.</param>
    public Result Train(Shortlists? candidates, Action<long, long> progress, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var points = split.All;
        var solver = new DualCoordinateDescent(
            points.Features, new LinearSolverOptions(options.Cost, options.Tolerance, options.MaxPasses, Contrast: options.Contrast));
        var positives = points.Labels.Transpose();
        var listed = candidates is null ? null : ListedPoints.Of(points.Labels, candidates, workers, (label, count) => positives.RowLength(label) + Math.Max(NegativePoints.Least, count));
        candidates = null;
        var blind = new SparseHeadRows(points.LabelCount);
        var full = split.IsHeldOut is null ? blind : new SparseHeadRows(points.LabelCount);
        var problems = new Problems(solver, positives, new NegativePoints(split, listed, seed), PositiveCosts(), blind, full);
        var solved = new SolvedLabels(points.LabelCount, blind, full);
        checkpoint.Read("labels", solved.Read);
        checkpoint.State("labels", solved.Write);
        _weights = blind.Count(0, points.LabelCount) + (split.IsHeldOut is null ? 0 : full.Count(0, points.LabelCount));
        using var workspaces = new ThreadLocal<DualCoordinateDescent.Workspace>(() => new DualCoordinateDescent.Workspace(solver));
        using var negativeRows = new ThreadLocal<NegativePoints.Rows>(() => new NegativePoints.Rows());
        var parts = listed?.Labels ?? workers.Parts(points.LabelCount, label => positives.RowLength(label) + points.PointCount);
        workers.ForEach(parts, BlockLabels, (first, end) =>
        {
            if (solved.HaveAll(first, end))
                return;
            checkpoint.Boundary(cancellation);
            for (var label = first; label < end; label++)
            {
                if (!solved.Has(label))
                    Solve(label, problems, workspaces.Value!, negativeRows.Value!);
            }

            progress(solved.Add(first, end), points.LabelCount);
        });
        return split.IsHeldOut is null ? One(blind, parts) : Both(blind, full, parts);
    }

    /// <summary>[labels] the costs of positives. The blind problem is solved with them, too, so that they must not know of points held out.</summary>
    private double[] PositiveCosts() => Array.ConvertAll(
        Propensities.Inverse(split.BlindFrequencies, split.Blind.PointCount, PropensityOptions.Standard),
        inverse => options.PositiveCost * Math.Pow(inverse, options.Propensity));

    /// <summary>Solves a label's problem on the blind points, and goes on from there with those held out.</summary>
    private void Solve(int label, Problems problems, DualCoordinateDescent.Workspace workspace, NegativePoints.Rows rows)
    {
        var (solver, cost) = (problems.Solver, problems.Costs[label]);
        var (trainedPositives, heldPositives) = Split(problems.Positives.RowColumns(label));
        if (trainedPositives.Length + heldPositives.Length == 0)
            return;
        problems.Negatives.Fill(label, problems.Positives.RowColumns(label), rows);
        var trainedNegatives = CollectionsMarshal.AsSpan(rows.Trained);
        var heldNegatives = CollectionsMarshal.AsSpan(rows.HeldOut);
        var order = new RandomNumbers(seed, RandomPurpose.LinearOrder, label);
        if (trainedPositives.Length > 0)
        {
            solver.Solve(trainedPositives, trainedNegatives, cost, order, workspace);
            Keep(workspace, label, problems.Blind);
            if (split.IsHeldOut is null)
                return;
            solver.Extend(heldPositives, heldNegatives, cost, order, workspace);
        }
        else
        {
            solver.Solve(heldPositives, [.. trainedNegatives, .. heldNegatives], cost, order, workspace);
        }

        Keep(workspace, label, problems.Full);
    }

    /// <summary>The one classifier of all points, which every process has.</summary>
    private Result One(SparseHeadRows rows, int[] parts)
    {
        rows.Gather(workers.Processes, parts);
        CheckCount(rows.Count(0, split.All.LabelCount));
        var only = rows.Join(split.All.FeatureCount, 0, split.All.LabelCount);
        return new Result(only, KeptClassifier.Of(only));
    }

    /// <summary>The blind classifier, which every process has, and of that of all points the labels that this process has solved.</summary>
    private Result Both(SparseHeadRows blind, SparseHeadRows full, int[] parts)
    {
        var points = split.All;
        var (first, end) = (parts[workers.Processes.Rank], parts[workers.Processes.Rank + 1]);
        var fullCount = workers.Processes.GatherItems([full.Count(first, end)], SparseHeadRows.Exchanged).Sum();
        var kept = new KeptClassifier(full.Join(points.FeatureCount, first, end), parts, fullCount, workers.Processes);
        Leftovers.Collect();
        blind.Gather(workers.Processes, parts);
        CheckCount(blind.Count(0, points.LabelCount) + fullCount);
        return new Result(blind.Join(points.FeatureCount, 0, points.LabelCount), kept);
    }

    /// <summary>The positives that are trained on and those held out.</summary>
    private (int[] Trained, int[] HeldOut) Split(ReadOnlySpan<int> rows) => split.IsHeldOut is not { } heldOut
        ? (rows.ToArray(), [])
        : (Array.FindAll(rows.ToArray(), point => !heldOut[point]), Array.FindAll(rows.ToArray(), point => heldOut[point]));

    /// <param name="weights">Of the classifiers of blind and of all points, which are much alike, together.</param>
    private void CheckCount(long weights)
    {
        if (weights / (split.IsHeldOut is null ? 1 : 2) > MostWeights)
            throw new LightDxmlException(FormattableString.Invariant($"The sparse classifier comes to more than the {MostWeights:N0} weights that a model can hold; raise sparse.pruneBelow ({options.PruneBelow}) or set head=dense."));
    }

    /// <summary>Keeps the weights that pruning leaves.</summary>
    private void Keep(DualCoordinateDescent.Workspace workspace, int label, SparseHeadRows rows)
    {
        var (ascending, weights) = PrunedWeights.Of(workspace.Weights, workspace.Features, (float)options.PruneBelow);
        Array.Sort(ascending, weights);

        CheckCount(Interlocked.Add(ref _weights, weights.Length));
        (rows.Weights[label], rows.Biases[label]) = ((ascending, weights), workspace.Bias);
    }
}
