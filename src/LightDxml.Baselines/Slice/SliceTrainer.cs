using LightDxml.Baselines.Linear;
using LightDxml.Configuration;
using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;
using LightDxml.Training;

namespace LightDxml.Baselines.Slice;

/// <summary>
/// Linear classifiers over dense encodings, each trained on its positives and on the negatives that a generative model
/// takes for likely (Jain, Balasubramanian, Chunduri and Varma, WSDM 2019). The model: a label's points are normally
/// distributed around their mean, all labels alike in every direction, so that the likeliest labels of a point are those
/// with the nearest means.
/// </summary>
internal static class SliceTrainer
{
    private const int GrainLabels = 8;
    private const double Dropout = 0.3;

    /// <param name="seed">The same seed gives the same model for every number of threads.</param>
    /// <exception cref="LightDxmlException">No point has a label, or a setting is out of its range.</exception>
    public static SliceModel Train(
        Dataset train, SliceOptions options, int seed = 1, int threads = 0, ITrainingObserver? observer = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        LabelledPoints.Check(train);
        var kernels = KernelBackends.Select();
        train = train with { Features = UnitRows.Of(train.Features) };
        var encoding = Encoding(train, options, seed, threads, observer, stop);
        var points = encoding.Encode(train.Features, kernels, threads);
        var labelPoints = train.Labels.Transpose();
        var means = Means(points, labelPoints, kernels, threads);
        var shortlist = new RankedLabels(train.PointCount, train.LabelCount, Math.Min(options.Shortlist, train.LabelCount));
        SliceModel.CreateIndex(means, shortlist.Width, threads).Search(points, shortlist, threads);
        var likely = Transpose(shortlist, train.LabelCount);

        var weights = new DenseMatrix(train.LabelCount, encoding.Dimensions + 1);
        var done = 0;
        using var solvers = new ThreadLocal<DenseCoordinateDescent>(() => new DenseCoordinateDescent(points, options.Solver));
        RowRanges.ForEach(train.LabelCount, GrainLabels, threads, (first, end) =>
        {
            for (var label = first; label < end; label++)
            {
                stop.ThrowIfCancellationRequested();
                var positives = labelPoints.RowColumns(label);
                var row = weights.Row(label);
                // A label without points is never predicted.
                row[^1] = positives.IsEmpty ? SliceModel.NeverPredicted : 0;
                if (!positives.IsEmpty)
                    Solve(positives, likely[label], solvers.Value!, new RandomNumbers(seed, RandomPurposes.DenseProblems, label), row);
            }

            observer?.Report(new PhaseProgress("classifiers", Interlocked.Add(ref done, end - first), train.LabelCount));
        });
        return new SliceModel(options, train.FeatureCount, encoding, means, weights, threads);
    }

    private static void Solve(ReadOnlySpan<int> positives, List<int> likely, DenseCoordinateDescent solver, RandomNumbers random, Span<float> row)
    {
        var own = new List<int>(positives.Length + likely.Count);
        own.AddRange(positives);
        var isPositive = new HashSet<int>(own);
        own.AddRange(likely.Where(point => !isPositive.Contains(point)));
        solver.Solve(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(own), positives.Length, random);
        solver.Weights.CopyTo(row);
        row[^1] = solver.Bias;
    }

    private static PointEncoding Encoding(Dataset train, SliceOptions options, int seed, int threads, ITrainingObserver? observer, CancellationToken stop)
    {
        if (options.Encoding == SliceEncoding.Projection)
            return new PointEncoding.OfProjection(train.FeatureCount, options.Dimensions, seed);
        if (options.Encoding == SliceEncoding.Given)
            return new PointEncoding.AsGiven(train.FeatureCount);
        var standard = Presets.Get(Presets.Default);
        var encoder = standard.Encoder with { Dimensions = options.Dimensions, Dropout = Dropout, UnitRows = UnitLength.True, Standardize = Standardization.False };
        var network = Training.Trainer.Train(
            train, null, standard with { Seed = seed, Head = Head.Dense, Encoder = encoder }, threads, observer ?? new Silent(), stop).Network;
        stop.ThrowIfCancellationRequested();
        return new PointEncoding.OfNetwork(network.Embeddings.ToMatrix(), network.ResidualWeights, network.ResidualBias);
    }

    /// <summary>[labels, dimensions] the labels' means, of unit length; a label without points has 0.</summary>
    private static DenseMatrix Means(DenseMatrix points, SparseMatrix labelPoints, KernelSet kernels, int threads)
    {
        var means = new DenseMatrix(labelPoints.RowCount, points.Dimensions);
        RowRanges.ForEach(means.RowCount, GrainLabels, threads, (first, end) =>
        {
            for (var label = first; label < end; label++)
            {
                var own = labelPoints.RowColumns(label);
                kernels.LabelCentroids([0, own.Length], own, points.Span, points.Stride, points.Dimensions, means.Rows(label, 1), means.Stride);
            }
        });
        UnitEncodings.Normalize(means, kernels, threads);
        return means;
    }

    /// <summary>[labels] the points whose shortlist has the label, ascending.</summary>
    private static List<int>[] Transpose(RankedLabels shortlist, int labelCount)
    {
        var points = new List<int>[labelCount];
        for (var label = 0; label < labelCount; label++)
            points[label] = [];
        for (var point = 0; point < shortlist.PointCount; point++)
        {
            foreach (var label in shortlist.Labels(point))
            {
                if (label >= 0)
                    points[label].Add(point);
            }
        }

        return points;
    }

    private sealed class Silent : ITrainingObserver
    {
        public void Report(TrainingEvent progress)
        {
        }
    }
}
