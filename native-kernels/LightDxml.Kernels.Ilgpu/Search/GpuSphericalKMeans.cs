using ILGPU;
using ILGPU.Runtime;
using LightDxml.Data;
using LightDxml.Indexes;
using LightDxml.Kernels.Clustering;
using LightDxml.Kernels.Ilgpu.Devices;

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
        var sample = DenseClusters.Sample(rows, _clusters, options.SampledPerCluster, options.Seed, out var starts);
        using (var clusters = new SampleClusters(this, sample, assignment))
            SphericalKMeans.Cluster(clusters, starts, new KMeansOptions(options.Iterations, RefillEmpty: true));
        var clusterOf = new int[rows.RowCount];
        Nearest(rows, assignment, clusterOf, new float[rows.RowCount]);
        return InvertedLists.From(clusterOf, _clusters);
    }

    private static void Nearest(DenseMatrix rows, QueryStream assignment, int[] clusterOf, float[] similarities)
    {
        assignment.Search(rows.Span, rows.RowCount, 1, clusterOf, similarities);
        foreach (ref var cluster in clusterOf.AsSpan())
        {
            // A row with NaN has no nearest centroid; it is found in no search, wherever it lies.
            cluster = Math.Max(cluster, 0);
        }
    }

    /// <summary>The sample that the centroids are found on, in the device's memory.</summary>
    private sealed class SampleClusters : Clusters, IDisposable
    {
        private readonly GpuSphericalKMeans _owner;
        private readonly DenseMatrix _sample;
        private readonly QueryStream _assignment;
        private readonly DeviceArena _arena;
        private readonly ArrayView<float> _documents;
        private readonly ArrayView<int> _offsets;
        private readonly ArrayView<int> _points;

        public SampleClusters(GpuSphericalKMeans owner, DenseMatrix sample, QueryStream assignment)
        {
            (_owner, _sample, _assignment, _arena) = (owner, sample, assignment, new DeviceArena(owner._device));
            (_documents, _offsets, _points) = _arena.Filled(() => (
                _arena.Upload<float>(sample.Span, "the sampled label embeddings"),
                _arena.Allocate<int>(owner._clusters + 1, "the lists of the sample"),
                _arena.Allocate<int>(sample.RowCount, "the lists of the sample")));
        }

        public override int RowCount => _sample.RowCount;

        public override int Count => _owner._clusters;

        private AcceleratorStream Stream => _owner._device.Accelerator.DefaultStream;

        public override void Start(ReadOnlySpan<int> starts)
        {
            var stride = _owner._stride;
            for (var cluster = 0; cluster < starts.Length; cluster++)
                _documents.SubView((long)starts[cluster] * stride, stride).CopyTo(Stream, _owner.Centroids.SubView((long)cluster * stride, stride));
            Stream.Synchronize();
        }

        public override void Nearest(int[] clusterOf, float[] similarities) =>
            GpuSphericalKMeans.Nearest(_sample, _assignment, clusterOf, similarities);

        public override void Update(InvertedLists lists)
        {
            var device = _owner._device;
            _offsets.CopyFromCPU(Stream, lists.Offsets);
            _points.CopyFromCPU(Stream, lists.Order);
            device.Kernels.LabelCentroids(Stream, (Count, device.GroupSize), _offsets, _points, _documents, _owner.Centroids, _owner._stride);
            device.Kernels.NormalizeRows(Stream, (Count, device.GroupSize), _owner.Centroids, _owner._stride);
            Stream.Synchronize();
        }

        public void Dispose() => _arena.Dispose();
    }
}
