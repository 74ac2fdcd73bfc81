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
/// <param name="points">The training points, those held out among them.</param>
/// <param name="heldOut">[points] whether a point is held out, or null where none is.</param>
internal sealed class SparseHeadTrainer(Dataset points, bool[]? heldOut, SparseHeadOptions options, int seed, int threads)
{
    private const int BlockLabels = 4;

    /// <summary>The classifier twice.</summary>
    /// <param name="Blind">Trained without the points held out, so that score weights can be fitted on them.</param>
    /// <param name="Full">Trained on all points, from the solutions of the other: what the model keeps.</param>
    public sealed record Result(SparseClassifier Blind, SparseClassifier Full);

    /// <param name="shortlist">[points, width].</param>
    /// <param name="progress">Hears labels done and the label count.</param>
    public Result Train(RankedLabels shortlist, Action<long, long> progress, CancellationToken cancellation)
    {
        var solver = new DualCoordinateDescent(
            points.Features, new LinearSolverOptions(options.Cost, options.Tolerance, options.MaxPasses, Contrast: options.Contrast));
        var positives = points.Labels.Transpose();
        var negatives = NegativePoints(shortlist);
        var costs = Array.ConvertAll(
            Propensities.Inverse(points.Labels, PropensityOptions.Standard), inverse => options.PositiveCost * Math.Pow(inverse, options.Propensity));
        var blind = new Rows(points.LabelCount);
        var full = heldOut is null ? blind : new Rows(points.LabelCount);
        var done = 0L;
        using var workspaces = new ThreadLocal<DualCoordinateDescent.Workspace>(() => new DualCoordinateDescent.Workspace(solver));
        RowRanges.ForEach(points.LabelCount, BlockLabels, threads, (first, end) =>
        {
            cancellation.ThrowIfCancellationRequested();
            for (var label = first; label < end; label++)
            {
                var workspace = workspaces.Value!;
                var (trainedPositives, heldPositives) = Split(positives.RowColumns(label));
                var (trainedNegatives, heldNegatives) = Split(negatives.RowColumns(label));
                var order = new RandomNumbers(seed, RandomPurpose.LinearOrder, label);
                if (trainedPositives.Length > 0)
                {
                    solver.Solve(trainedPositives, trainedNegatives, costs[label], order, workspace);
                    Keep(workspace, label, blind);
                    if (heldOut is null)
                        continue;
                    solver.Extend(heldPositives, heldNegatives, costs[label], order, workspace);
                    Keep(workspace, label, full);
                }
                else if (heldPositives.Length > 0)
                {
                    solver.Solve(heldPositives, [.. trainedNegatives, .. heldNegatives], costs[label], order, workspace);
                    Keep(workspace, label, full);
                }
            }

            progress(Interlocked.Add(ref done, end - first), points.LabelCount);
        });
        var classifier = blind.Join(points.FeatureCount);
        return new Result(classifier, heldOut is null ? classifier : full.Join(points.FeatureCount));
    }

    /// <summary>The points that are trained on and those held out.</summary>
    private (int[] Trained, int[] HeldOut) Split(ReadOnlySpan<int> rows) => heldOut is null
        ? (rows.ToArray(), [])
        : (Array.FindAll(rows.ToArray(), point => !heldOut[point]), Array.FindAll(rows.ToArray(), point => heldOut[point]));

    /// <summary>[labels, points]: the points that have a label on their shortlist and do not carry it.</summary>
    private SparseMatrix NegativePoints(RankedLabels shortlist)
    {
        var offsets = new long[points.LabelCount + 1];
        Visit((label, _) => offsets[label + 1]++);
        for (var label = 0; label < points.LabelCount; label++)
            offsets[label + 1] += offsets[label];
        var rows = new int[offsets[^1]];
        var next = offsets[..^1].ToArray();
        Visit((label, point) => rows[next[label]++] = point);
        return new SparseMatrix(points.LabelCount, points.PointCount, offsets, rows);

        void Visit(Action<int, int> found)
        {
            for (var point = 0; point < points.PointCount; point++)
            {
                var truth = points.Labels.RowColumns(point);
                var labels = shortlist.Labels(point);
                for (var j = 0; j < labels.Length; j++)
                {
                    if (labels[j] >= 0 && truth.BinarySearch(labels[j]) < 0)
                        found(labels[j], point);
                }
            }
        }
    }

    /// <summary>Keeps the weights that pruning leaves.</summary>
    private void Keep(DualCoordinateDescent.Workspace workspace, int label, Rows rows)
    {
        var (ascending, weights) = PrunedWeights.Of(workspace.Weights, workspace.Features, (float)options.PruneBelow);
        Array.Sort(ascending, weights);
        (rows.Weights[label], rows.Biases[label]) = ((ascending, weights), workspace.Bias);
    }

    /// <summary>A classifier that is filled label by label; a label that is not trained has the margin −1 everywhere.</summary>
    private sealed class Rows
    {
        public Rows(int labels)
        {
            Weights = new (int[] Columns, float[] Values)[labels];
            Biases = new float[labels];
            Array.Fill(Weights, ([], []));
            Array.Fill(Biases, -1);
        }

        public (int[] Columns, float[] Values)[] Weights { get; }

        public float[] Biases { get; }

        public SparseClassifier Join(int featureCount) => new(SparseMatrix.OfRows(Weights, featureCount), Biases);
    }
}
