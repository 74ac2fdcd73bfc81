using ILGPU;
using ILGPU.Runtime;
using LightDxml.Data;
using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>
/// k-means by cosine on the device: a row belongs to the centroid of the largest inner product, and a centroid is the mean of
/// its rows, brought to unit length. Centroids are found on a sample; then every row is assigned.
/// </summary>
internal sealed class SphericalKMeans
{
    /// <summary>More rows a cluster than this move its centroid no more.</summary>
    private const int SampledRowsPerCluster = 64;

    private readonly GpuDevice _device;
    private readonly int _clusters;
    private readonly int _stride;

    /// <param name="arena">What the centroids are allocated in.</param>
    public SphericalKMeans(DeviceArena arena, int clusters, int stride)
    {
        (_device, _clusters, _stride) = (arena.Device, clusters, stride);
        Centroids = arena.Allocate<float>((long)clusters * stride, "centroids");
    }

    /// <summary>[clusters, stride], of unit length.</summary>
    public ArrayView<float> Centroids { get; }

    /// <summary>Clusters the rows, of which there are as many as clusters at least, and returns them by cluster.</summary>
    /// <param name="rows">[rows, dimensions], of unit length.</param>
    public InvertedLists Cluster(DenseMatrix rows, int iterations, int seed)
    {
        using var assignment = new QueryStream(
            _device, new SearchShape(_stride, _clusters),
            (blocks, plan, width) => new ExactSearch(blocks, plan.Queries, plan.Columns, width, Centroids, _clusters, _stride));
        Train(Sample(rows, seed), assignment, iterations);
        return InvertedLists.From(Assign(rows, assignment, fillEmpty: false), _clusters);
    }

    private void Train(DenseMatrix sample, QueryStream assignment, int iterations)
    {
        using var arena = new DeviceArena(_device);
        var stream = _device.Accelerator.DefaultStream;
        var documents = arena.Upload<float>(sample.Span, "the sampled label embeddings");
        var offsets = arena.Allocate<int>(_clusters + 1, "the lists of the sample");
        var points = arena.Allocate<int>(sample.RowCount, "the lists of the sample");
        documents.SubView(0, (long)_clusters * _stride).CopyTo(stream, Centroids);
        stream.Synchronize();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var lists = InvertedLists.From(Assign(sample, assignment, fillEmpty: true), _clusters);
            offsets.CopyFromCPU(stream, lists.Offsets);
            points.CopyFromCPU(stream, lists.Order);
            _device.Kernels.LabelCentroids(stream, (_clusters, _device.GroupSize), offsets, points, documents, Centroids, _stride);
            _device.Kernels.NormalizeRows(stream, (_clusters, _device.GroupSize), Centroids, _stride);
            stream.Synchronize();
        }
    }

    /// <summary>Distinct rows in random order; the first of them are the first centroids.</summary>
    private DenseMatrix Sample(DenseMatrix rows, int seed)
    {
        var random = new Random(seed);
        var order = new int[rows.RowCount];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        var sample = new DenseMatrix((int)Math.Min(rows.RowCount, (long)_clusters * SampledRowsPerCluster), rows.Dimensions);
        for (var i = 0; i < sample.RowCount; i++)
        {
            var other = random.Next(i, order.Length);
            (order[i], order[other]) = (order[other], order[i]);
            rows.Row(order[i]).CopyTo(sample.Row(i));
        }

        return sample;
    }

    private int[] Assign(DenseMatrix rows, QueryStream assignment, bool fillEmpty)
    {
        var clusterOf = new int[rows.RowCount];
        var similarities = new float[rows.RowCount];
        assignment.Search(rows.Span, rows.RowCount, 1, clusterOf, similarities);
        foreach (ref var cluster in clusterOf.AsSpan())
        {
            // A row with NaN has no nearest centroid; it is found in no search, wherever it lies.
            cluster = Math.Max(cluster, 0);
        }

        if (fillEmpty)
            FillEmpty(clusterOf, similarities);
        return clusterOf;
    }

    /// <summary>Gives each empty cluster the row farthest from its centroid, out of a cluster that keeps others.</summary>
    private void FillEmpty(int[] clusterOf, float[] similarities)
    {
        var counts = new int[_clusters];
        foreach (var cluster in clusterOf)
            counts[cluster]++;
        if (!counts.Contains(0))
            return;
        var farthestFirst = Enumerable.Range(0, clusterOf.Length).OrderBy(row => similarities[row]).ThenBy(row => row).ToArray();
        var next = 0;
        for (var empty = 0; empty < _clusters; empty++)
        {
            if (counts[empty] > 0)
                continue;
            while (counts[clusterOf[farthestFirst[next]]] < 2)
                next++;
            counts[clusterOf[farthestFirst[next]]]--;
            clusterOf[farthestFirst[next++]] = empty;
            counts[empty] = 1;
        }
    }
}
