using LightDxml.Data;
using LightDxml.Inference;
using LightDxml.Kernels;

namespace LightDxml.Training;

/// <summary>
/// Phase 1: label embeddings φ(l) = M₂(M₁ c_l + a₁) + a₂ over the label centroids c_l, trained with the robust distance
/// Σ log(1 + ‖φ(l) − z_i‖²) over all (label, point) pairs. φ depends on the label alone, so a step takes a batch of labels
/// with all their points: each φ(l) is computed once a pass instead of once a pair, and the points' encodings are gathered
/// on the fly. The maps start as the identity, so that training starts from the centroids.
/// </summary>
internal sealed class LabelEmbeddingTrainer
{
    private const int BlockLabels = 32;
    private readonly ProxyOptions _options;
    private readonly KernelSet _kernels;
    private readonly Workers _workers;
    private readonly int _seed;
    private readonly SparseMatrix _labelPoints;
    private readonly int[] _trainedLabels;

    /// <param name="labelPoints">[labels, points]: the points of each label.</param>
    public LabelEmbeddingTrainer(SparseMatrix labelPoints, ProxyOptions options, int seed, KernelSet kernels, Workers workers)
    {
        _labelPoints = labelPoints;
        _options = options;
        _kernels = kernels;
        _workers = workers with { Threads = RowRanges.ResolveThreads(workers.Threads) };
        _seed = seed;
        _trainedLabels = [.. Enumerable.Range(0, labelPoints.RowCount).Where(label => labelPoints.RowLength(label) > 0)];
    }

    /// <summary>Trains embeddings for the encodings as they stand.</summary>
    /// <param name="encodings">[points, dimensions].</param>
    /// <param name="checkpoint">A scope of its own.</param>
    /// <returns>[labels, dimensions] of unit length (zeros for labels without points), and the last pass's mean loss a pair.</returns>
    public (DenseMatrix Embeddings, double Loss) Train(DenseMatrix encodings, Checkpoint checkpoint, CancellationToken cancellation) => checkpoint.Result<(DenseMatrix Embeddings, double Loss)>(
        "labelEmbeddings", scope => Trained(encodings, scope, cancellation),
        static (file, result) =>
        {
            file.Add("embeddings", result.Embeddings);
            file.Add("loss", result.Loss);
        },
        static file => (file.Matrix("embeddings"), file.Doubles("loss")[0]));

    private (DenseMatrix Embeddings, double Loss) Trained(DenseMatrix encodings, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var centroids = Centroids(encodings);
        var loss = 0.0;
        if (_options.Passes > 0 && _trainedLabels.Length > 0)
        {
            using var maps = new ProxyMaps(encodings.Dimensions, _options, _seed, _kernels, _workers);
            var order = _trainedLabels.ToArray();
            var random = new RandomNumbers(_seed, RandomPurpose.ProxyOrder);
            var batches = (order.Length + _options.BatchLabels - 1) / _options.BatchLabels;
            var (done, _) = checkpoint.Read("passes", file =>
            {
                maps.Restore(file);
                loss = file.Doubles("loss")[0];
                return file.Whole("batches")[0];
            });
            checkpoint.State("passes", file =>
            {
                maps.Save(file);
                file.Add("loss", loss);
                file.Add("batches", done);
            });
            for (var pass = 0; pass < _options.Passes; pass++)
            {
                random.Shuffle(order);
                for (var batch = 0; batch < batches; batch++)
                {
                    if (pass * batches + batch < done)
                        continue;
                    checkpoint.Boundary(cancellation);
                    if (batch == 0)
                        loss = 0;
                    var labels = order.AsMemory((batch * _options.BatchLabels)..Math.Min(order.Length, (batch + 1) * _options.BatchLabels));
                    var decay = 1 - (pass * batches + batch) / (double)(_options.Passes * batches);
                    loss += maps.Step(labels, centroids, _labelPoints, encodings, _options.Rate * decay);
                    done++;
                }
            }

            loss /= _labelPoints.NonZeroCount;
            maps.Apply(centroids, _trainedLabels);
        }

        UnitEncodings.Normalize(centroids, _kernels, _workers.Threads);
        return (centroids, loss);
    }

    private DenseMatrix Centroids(DenseMatrix encodings)
    {
        var centroids = new DenseMatrix(_labelPoints.RowCount, encodings.Dimensions);
        var parts = _workers.Parts(centroids.RowCount, row => _labelPoints.RowLength(row));
        _workers.ForEach(parts, BlockLabels, (first, end) =>
        {
            for (var label = first; label < end; label++)
            {
                _kernels.LabelCentroids(
                    [0, _labelPoints.RowLength(label)], _labelPoints.RowColumns(label),
                    encodings.Span, encodings.Stride, encodings.Dimensions, centroids.Rows(label, 1), centroids.Stride);
            }
        });
        _workers.Processes.Gather(centroids.Span, centroids.Stride, parts, ProxyMaps.Exchanged);
        return centroids;
    }
}
