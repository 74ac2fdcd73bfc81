using ILGPU;
using ILGPU.Runtime;
using LightDxml.Data;
using LightDxml.Kernels.Ilgpu.Devices;
using LightDxml.Indexes;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>
/// k-means by cosine on the device: a row belongs to the centroid of the largest inner product, and a centroid is the mean of
/// its rows, brought to unit length. Centroids are found on a sample; then every row is assigned.
/// </summary>
internal sealed class GpuSphericalKMeans
{
    private readonly GpuDevice _device;
    private readonly int _clusters;
    private readonly int _stride;

    /// <param name="arena">What the centroids are allocated in.</param>
    public GpuSphericalKMeans(DeviceArena arena, int clusters, int stride)
    {
        (_device, _clusters, _stride) = (arena.Device, clusters, stride);
        Centroids = arena.Allocate<float>((long)clusters * stride, "centroids");
    }

    /// <summary>[clusters, stride], of unit length.</summary>
    public ArrayView<float> Centroids { get; }

    /// <summary>Clusters the rows, of which there are as many as clusters at least, and returns them by cluster.</summary>
    /// <param name="rows">[rows, dimensions], of unit length.</param>
    public InvertedLists Cluster(DenseMatrix rows, IvfOptions options)
    {
        using var assignment = new QueryStream(
            _device, new SearchShape(_stride, _clusters),
            (blocks, plan, width) => new ExactSearch(blocks, plan.Queries, plan.Columns, width, Centroids, _clusters, _stride));
        Train(KMeans.Sample(rows, (long)_clusters * options.SampledPerCluster, options.Seed), assignment, options.Iterations);
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
            KMeans.FillEmpty(clusterOf, similarities, _clusters);
        return clusterOf;
    }
}
