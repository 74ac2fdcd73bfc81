using System.Buffers;
using LightDxml.Data;

namespace LightDxml.Kernels.Clustering;

/// <summary>Dense rows and their centroids, compared by the kernel that exact search uses.</summary>
/// <param name="rows">[rows, dimensions], of unit length.</param>
internal sealed class DenseClusters(DenseMatrix rows, int clusters, KernelSet kernels, int threads) : Clusters
{
    private const int BlockRows = 128;
    private const int BlockClusters = 16;

    /// <summary>[clusters, dimensions], of unit length.</summary>
    public DenseMatrix Centroids { get; } = new(clusters, rows.Dimensions);

    public override int RowCount => rows.RowCount;

    public override int Count => clusters;

    /// <summary>Finds centroids on a sample, and assigns every row to the nearest. No cluster of the sample stays empty.</summary>
    /// <param name="rows">[rows, dimensions], of unit length; as many as clusters at least.</param>
    /// <param name="sampledPerCluster">Rows for each cluster that the centroids are found on.</param>
    public static (DenseMatrix Centroids, InvertedLists Lists) OfSample(
        DenseMatrix rows, int clusters, int sampledPerCluster, int iterations, int seed, KernelSet kernels, int threads)
    {
        var sample = Sample(rows, clusters, sampledPerCluster, seed, out var starts);
        var found = new DenseClusters(sample, clusters, kernels, threads);
        SphericalKMeans.Cluster(found, starts, new KMeansOptions(iterations, RefillEmpty: true));
        var clusterOf = new int[rows.RowCount];
        found.Nearest(rows, clusterOf, new float[rows.RowCount]);
        return (found.Centroids, InvertedLists.From(clusterOf, clusters));
    }

    /// <summary>Distinct rows in random order.</summary>
    /// <param name="starts">The first of them, which are the first centroids.</param>
    public static DenseMatrix Sample(DenseMatrix rows, int clusters, int sampledPerCluster, int seed, out int[] starts)
    {
        var count = (int)Math.Min(rows.RowCount, (long)clusters * sampledPerCluster);
        starts = [.. Enumerable.Range(0, clusters)];
        return rows.SelectRows(Seeds.Drawn(rows.RowCount, count, new RandomNumbers(seed, RandomPurpose.LabelIndex)));
    }

    public override void Start(ReadOnlySpan<int> starts)
    {
        for (var cluster = 0; cluster < starts.Length; cluster++)
            rows.Row(starts[cluster]).CopyTo(Centroids.Row(cluster));
    }

    public override void Nearest(int[] clusterOf, float[] similarities) => Nearest(rows, clusterOf, similarities);

    public override void Update(InvertedLists lists) =>
        RowRanges.ForEach(clusters, BlockClusters, threads, (first, end) =>
        {
            var count = end - first;
            var centroids = Centroids.Rows(first, count);
            kernels.LabelCentroids(
                lists.Offsets.AsSpan(first, count + 1), lists.Order, rows.Span, rows.Stride, rows.Dimensions, centroids, Centroids.Stride);
            kernels.NormalizeRows(centroids, count, Centroids.Dimensions, Centroids.Stride, centroids);
        });

    private void Nearest(DenseMatrix assigned, int[] clusterOf, float[] similarities)
    {
        var stride = assigned.Stride;
        RowRanges.ForEach(assigned.RowCount, BlockRows, threads, (first, end) =>
        {
            var count = end - first;
            var scratch = ArrayPool<float>.Shared.Rent(kernels.InnerProductTopKScratch(count, clusters, stride, 1));
            kernels.InnerProductTopK(
                assigned.Rows(first, count), count, stride, Centroids.Span, clusters, stride, stride, 1,
                scratch, clusterOf.AsSpan(first, count), similarities.AsSpan(first, count));
            ArrayPool<float>.Shared.Return(scratch);
        });
        foreach (ref var cluster in clusterOf.AsSpan())
        {
            // A row with NaN has no nearest centroid; it is found in no search, wherever it lies.
            cluster = Math.Max(cluster, 0);
        }
    }
}
