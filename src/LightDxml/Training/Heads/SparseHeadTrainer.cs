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
    /// <param name="Full">Trained on all points, from the solutions of the other: what the model keeps.</param>
    public sealed record Result(SparseClassifier Blind, SparseClassifier Full)
    {
        public void Write(SafetensorsWriter file)
        {
            file.Add("blind", Blind.Weights);
            file.Add("blind.biases", Blind.Biases);
            if (ReferenceEquals(Blind, Full))
                return;
            file.Add("full", Full.Weights);
            file.Add("full.biases", Full.Biases);
        }

        public static Result Read(SafetensorsFile file)
        {
            var blind = new SparseClassifier(file.Sparse("blind"), file.Floats("blind.biases"));
            return new Result(blind, ModelTensors.Has(file, "full.biases") ? new SparseClassifier(file.Sparse("full"), file.Floats("full.biases")) : blind);
        }
    }

    /// <param name="shortlist">[all points, width]; null where every label is on every point's shortlist.</param>
    /// <param name="progress">Hears labels done and the label count.</param>
    public Result Train(RankedLabels? shortlist, Action<long, long> progress, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var points = split.All;
        var solver = new DualCoordinateDescent(
            points.Features, new LinearSolverOptions(options.Cost, options.Tolerance, options.MaxPasses, Contrast: options.Contrast));
        var positives = points.Labels.Transpose();
        var negatives = new NegativePoints(split, shortlist, seed);

        // The blind problem is solved with these costs, too, so that they must not know of points held out.
        var costs = Array.ConvertAll(
            Propensities.Inverse(split.BlindFrequencies, split.Blind.PointCount, PropensityOptions.Standard),
            inverse => options.PositiveCost * Math.Pow(inverse, options.Propensity));
        var blind = new SparseHeadRows(points.LabelCount);
        var full = split.IsHeldOut is null ? blind : new SparseHeadRows(points.LabelCount);
        var solved = new SolvedLabels(points.LabelCount, blind, full);
        checkpoint.Read("labels", solved.Read);
        checkpoint.State("labels", solved.Write);
        _weights = blind.Count + (split.IsHeldOut is null ? 0 : full.Count);
        using var workspaces = new ThreadLocal<DualCoordinateDescent.Workspace>(() => new DualCoordinateDescent.Workspace(solver));
        using var negativeRows = new ThreadLocal<NegativePoints.Rows>(() => new NegativePoints.Rows());
        var parts = workers.Parts(points.LabelCount, label => positives.RowLength(label) + negatives.Count(label));
        workers.ForEach(parts, BlockLabels, (first, end) =>
        {
            if (solved.HaveAll(first, end))
                return;
            checkpoint.Boundary(cancellation);
            for (var label = first; label < end; label++)
            {
                if (solved.Has(label))
                    continue;
                var (workspace, rows) = (workspaces.Value!, negativeRows.Value!);
                var (trainedPositives, heldPositives) = Split(positives.RowColumns(label));
                if (trainedPositives.Length + heldPositives.Length == 0)
                    continue;
                negatives.Fill(label, positives.RowColumns(label), rows);
                var trainedNegatives = CollectionsMarshal.AsSpan(rows.Trained);
                var heldNegatives = CollectionsMarshal.AsSpan(rows.HeldOut);
                var order = new RandomNumbers(seed, RandomPurpose.LinearOrder, label);
                if (trainedPositives.Length > 0)
                {
                    solver.Solve(trainedPositives, trainedNegatives, costs[label], order, workspace);
                    Keep(workspace, label, blind);
                    if (split.IsHeldOut is null)
                        continue;
                    solver.Extend(heldPositives, heldNegatives, costs[label], order, workspace);
                    Keep(workspace, label, full);
                }
                else
                {
                    solver.Solve(heldPositives, [.. trainedNegatives, .. heldNegatives], costs[label], order, workspace);
                    Keep(workspace, label, full);
                }
            }

            progress(solved.Add(first, end), points.LabelCount);
        });
        blind.Gather(workers.Processes, parts);
        if (split.IsHeldOut is not null)
            full.Gather(workers.Processes, parts);
        CheckCount(blind.Count + (split.IsHeldOut is null ? 0 : full.Count));
        var classifier = blind.Join(points.FeatureCount);
        return new Result(classifier, split.IsHeldOut is null ? classifier : full.Join(points.FeatureCount));
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
