using LightDxml.Data;
using LightDxml.Linear;
using LightDxml.Models;

namespace LightDxml.Training;

/// <summary>
/// Trains the sparse final classifier: for each label a squared-hinge linear SVM on the input features whose positives are
/// the label's points and whose negatives are the points that have the label on their shortlist without carrying it.
/// Hard negatives make every problem small, so that all labels take seconds.
/// </summary>
internal sealed class SparseHeadTrainer(Dataset train, SparseHeadOptions options, int seed, int threads)
{
    private const int BlockLabels = 4;

    /// <param name="shortlist">[training points, width].</param>
    /// <param name="progress">Hears labels done and the label count.</param>
    public SparseClassifier Train(RankedLabels shortlist, Action<long, long> progress, CancellationToken cancellation)
    {
        var solver = new DualCoordinateDescent(
            train.Features, new LinearSolverOptions(options.Cost, options.Tolerance, options.MaxPasses));
        var positives = train.Labels.Transpose();
        var negatives = NegativePoints(shortlist);
        var columns = new int[train.LabelCount][];
        var values = new float[train.LabelCount][];
        var biases = new float[train.LabelCount];
        var done = 0L;
        using var workspaces = new ThreadLocal<DualCoordinateDescent.Workspace>(() => new DualCoordinateDescent.Workspace(solver));
        RowRanges.ForEach(train.LabelCount, BlockLabels, threads, (first, end) =>
        {
            cancellation.ThrowIfCancellationRequested();
            for (var label = first; label < end; label++)
            {
                var workspace = workspaces.Value!;
                columns[label] = [];
                values[label] = [];
                biases[label] = -1;
                if (positives.RowLength(label) == 0)
                    continue;
                solver.Solve(
                    positives.RowColumns(label), negatives.RowColumns(label), options.PositiveCost,
                    new RandomNumbers(seed, RandomPurpose.LinearOrder, label), workspace);
                (columns[label], values[label]) = Prune(workspace.Weights);
                biases[label] = workspace.Bias;
            }

            progress(Interlocked.Add(ref done, end - first), train.LabelCount);
        });
        return new SparseClassifier(Join(columns, values), biases);
    }

    /// <summary>[labels, points]: the points that have a label on their shortlist and do not carry it.</summary>
    private SparseMatrix NegativePoints(RankedLabels shortlist)
    {
        var offsets = new long[train.LabelCount + 1];
        Visit((label, _) => offsets[label + 1]++);
        for (var label = 0; label < train.LabelCount; label++)
            offsets[label + 1] += offsets[label];
        var points = new int[offsets[^1]];
        var next = offsets[..^1].ToArray();
        Visit((label, point) => points[next[label]++] = point);
        return new SparseMatrix(train.LabelCount, train.PointCount, offsets, points);

        void Visit(Action<int, int> found)
        {
            for (var point = 0; point < train.PointCount; point++)
            {
                var truth = train.Labels.RowColumns(point);
                var labels = shortlist.Labels(point);
                for (var j = 0; j < labels.Length; j++)
                {
                    if (labels[j] >= 0 && truth.BinarySearch(labels[j]) < 0)
                        found(labels[j], point);
                }
            }
        }
    }

    private (int[] Columns, float[] Values) Prune(ReadOnlySpan<float> weights)
    {
        var least = (float)options.PruneBelow;
        var kept = 0;
        foreach (var weight in weights)
        {
            if (MathF.Abs(weight) >= least)
                kept++;
        }

        var columns = new int[kept];
        var values = new float[kept];
        kept = 0;
        for (var column = 0; column < weights.Length; column++)
        {
            if (MathF.Abs(weights[column]) < least)
                continue;
            columns[kept] = column;
            values[kept++] = weights[column];
        }

        return (columns, values);
    }

    private SparseMatrix Join(int[][] columns, float[][] values)
    {
        var offsets = new long[columns.Length + 1];
        for (var label = 0; label < columns.Length; label++)
            offsets[label + 1] = offsets[label] + columns[label].Length;
        return new SparseMatrix(columns.Length, train.FeatureCount, offsets, [.. columns.SelectMany(row => row)], [.. values.SelectMany(row => row)]);
    }
}
