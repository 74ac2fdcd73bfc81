using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Spherical k-means without balance: a label goes to the centre of greatest cosine, ties to the lower centre.</summary>
internal static class SphericalKMeans
{
    private const int MaxIterations = 20;
    private const double Tolerance = 1e-4;
    private const int GrainLabels = 64;

    /// <param name="centroids">[labels, features], unit rows.</param>
    /// <param name="labels">The labels to cluster, rows of <paramref name="centroids"/>.</param>
    /// <param name="clusters">Clusters at most; drawn labels are the first centres.</param>
    /// <returns>The clusters that are not empty, labels in the order in which they were given; the same for every number of threads.</returns>
    public static int[][] Cluster(SparseMatrix centroids, int[] labels, int clusters, RandomNumbers random, int threads)
    {
        clusters = Math.Min(clusters, labels.Length);
        var order = labels.ToArray();
        random.Shuffle(order);
        var homes = new int[labels.Length];
        var similarities = new float[labels.Length];
        // Feature-major, so that one entry of a label meets all centres in consecutive floats.
        var centres = new float[(long)centroids.ColumnCount * clusters];
        for (var cluster = 0; cluster < clusters; cluster++)
            Add(centroids, order[cluster], centres, clusters, cluster);

        var last = double.NegativeInfinity;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            Assign(centroids, labels, centres, clusters, homes, similarities, threads);
            var mean = similarities.Sum(similarity => (double)similarity) / labels.Length;
            if (mean - last < Tolerance)
                break;
            last = mean;
            Centre(centroids, labels, homes, centres, clusters);
        }

        return [.. Enumerable.Range(0, labels.Length).GroupBy(i => homes[i], i => labels[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];
    }

    private static void Assign(
        SparseMatrix centroids, int[] labels, float[] centres, int clusters, int[] homes, float[] similarities, int threads)
    {
        RowRanges.ForEach(labels.Length, GrainLabels, threads, (first, end) =>
        {
            var sums = new float[clusters];
            for (var i = first; i < end; i++)
            {
                var columns = centroids.RowColumns(labels[i]);
                var values = centroids.RowValues(labels[i]);
                Array.Clear(sums);
                for (var j = 0; j < columns.Length; j++)
                    TensorPrimitives.MultiplyAdd(centres.AsSpan(columns[j] * clusters, clusters), values[j], sums, sums);
                homes[i] = TensorPrimitives.IndexOfMax(sums);
                similarities[i] = sums[homes[i]];
            }
        });
    }

    private static void Centre(SparseMatrix centroids, int[] labels, int[] homes, float[] centres, int clusters)
    {
        Array.Clear(centres);
        for (var i = 0; i < labels.Length; i++)
            Add(centroids, labels[i], centres, clusters, homes[i]);
        var scales = new float[clusters];
        for (var start = 0; start < centres.Length; start += clusters)
        {
            var row = centres.AsSpan(start, clusters);
            TensorPrimitives.MultiplyAdd(row, row, scales, scales);
        }

        for (var cluster = 0; cluster < clusters; cluster++)
            scales[cluster] = scales[cluster] > 0 ? 1 / MathF.Sqrt(scales[cluster]) : 0;
        for (var start = 0; start < centres.Length; start += clusters)
        {
            var row = centres.AsSpan(start, clusters);
            TensorPrimitives.Multiply(row, scales, row);
        }
    }

    private static void Add(SparseMatrix centroids, int label, float[] centres, int clusters, int cluster)
    {
        var columns = centroids.RowColumns(label);
        var values = centroids.RowValues(label);
        for (var i = 0; i < columns.Length; i++)
            centres[columns[i] * clusters + cluster] += values[i];
    }
}
