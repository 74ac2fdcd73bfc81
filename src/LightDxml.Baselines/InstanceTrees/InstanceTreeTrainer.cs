using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Metrics;
using LightDxml.Training;

namespace LightDxml.Baselines.InstanceTrees;

/// <summary>Trains FastXML and PfastreXML: trees over points, each grown in one thread.</summary>
internal static class InstanceTreeTrainer
{
    /// <param name="seed">The same seed gives the same model for every number of threads.</param>
    /// <exception cref="LightDxmlException">No point has a label, or a setting is out of its range.</exception>
    public static InstanceTreeModel Train(
        Dataset train, InstanceTreeOptions options, int seed = 1, int threads = 0, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        LabelledPoints.Check(train);
        var features = options.UnitRows ? UnitRows.Of(train.Features) : train.Features;
        float[] gains = options.PropensityScored
            ? [.. Propensities.Inverse(train.Labels, new PropensityOptions(options.PropensityA, options.PropensityB)).Select(inverse => (float)inverse)]
            : [.. Enumerable.Repeat(1f, train.LabelCount)];
        var trees = new InstanceTree[options.Trees];
        var done = 0;
        Parallel.For(
            0, trees.Length, new ParallelOptions { MaxDegreeOfParallelism = RowRanges.ResolveThreads(threads), CancellationToken = stop },
            tree =>
            {
                trees[tree] = new InstanceTreeGrower(features, train.Labels, gains, options, seed).Grow(tree, stop);
                observer?.Report(new PhaseProgress("trees", Interlocked.Increment(ref done), trees.Length));
            });
        var means = options.PropensityScored ? Means(UnitRows.Of(features), train.Labels.Transpose(), threads) : null;
        return new InstanceTreeModel(options, train.FeatureCount, train.LabelCount, trees, means);
    }

    /// <summary>[labels, features]: the mean of each label's points, which is the shorter the less alike they are.</summary>
    private static SparseMatrix Means(SparseMatrix points, SparseMatrix labelPoints, int threads) =>
        GroupSums.Of(points, labelPoints, threads, static (columns, sums) => (columns, sums))
            .ChangeRows((label, sums) => TensorPrimitives.Multiply(sums, 1f / labelPoints.RowLength(label), sums));
}
