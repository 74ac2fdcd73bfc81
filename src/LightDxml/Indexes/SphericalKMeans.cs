using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Indexes;

/// <summary>
/// k-means by cosine: a row belongs to the centroid of the largest inner product, ties to the lower one, and a centroid is the
/// mean of its rows, brought to unit length. Centroids are found on a sample; then every row is assigned. A row is assigned
/// alone and a centroid is summed in the order of its rows, so that nothing depends on the number of threads.
/// </summary>
internal sealed class SphericalKMeans(int clusters, int dimensions, KernelSet kernels, int threads)
{
    private const int BlockRows = 128;
    private const int BlockClusters = 16;

    /// <summary>[clusters, dimensions], of unit length.</summary>
    public DenseMatrix Centroids { get; } = new(clusters, dimensions);

    /// <summary>Clusters the rows, of which there are as many as clusters at least, and returns them by cluster.</summary>
    /// <param name="rows">[rows, dimensions], of unit length.</param>
    public InvertedLists Cluster(DenseMatrix rows, IvfOptions options)
    {
        var sample = KMeans.Sample(rows, (long)clusters * options.SampledPerCluster, options.Seed);
        sample.Rows(0, clusters).CopyTo(Centroids.Span);
        for (var iteration = 0; iteration < options.Iterations; iteration++)
        {
            var (clusterOf, similarities) = Assign(sample);
            KMeans.FillEmpty(clusterOf, similarities, clusters);
            Update(sample, InvertedLists.From(clusterOf, clusters));
        }

        return InvertedLists.From(Assign(rows).ClusterOf, clusters);
    }

    private (int[] ClusterOf, float[] Similarities) Assign(DenseMatrix rows)
    {
        var clusterOf = new int[rows.RowCount];
        var similarities = new float[rows.RowCount];
        var stride = rows.Stride;
        RowRanges.ForEach(rows.RowCount, BlockRows, threads, (first, end) =>
        {
            var count = end - first;
            kernels.InnerProductTopK(
                rows.Rows(first, count), count, stride, Centroids.Span, clusters, stride, stride, 1,
                ThreadScratch.Floats(kernels.InnerProductTopKScratch(count, clusters, stride, 1)),
                clusterOf.AsSpan(first, count), similarities.AsSpan(first, count));
        });
        foreach (ref var cluster in clusterOf.AsSpan())
        {
            // A row with NaN has no nearest centroid; it is found in no search, wherever it lies.
            cluster = Math.Max(cluster, 0);
        }

        return (clusterOf, similarities);
    }

    private void Update(DenseMatrix sample, InvertedLists lists) =>
        RowRanges.ForEach(clusters, BlockClusters, threads, (first, end) =>
        {
            var count = end - first;
            var centroids = Centroids.Rows(first, count);
            kernels.LabelCentroids(
                lists.Offsets.AsSpan(first, count + 1), lists.Order, sample.Span, sample.Stride, sample.Dimensions, centroids, Centroids.Stride);
            kernels.NormalizeRows(centroids, count, Centroids.Dimensions, Centroids.Stride, centroids);
        });
}
