namespace LightDxml.Kernels.Clustering;

/// <summary>
/// Rows of unit length and the centroids of their clusters: what k-means asks of them, wherever they lie. A row is assigned alone and
/// a centroid is summed in the order of its list, so that nothing depends on the number of threads.
/// </summary>
internal abstract class Clusters
{
    public abstract int RowCount { get; }

    /// <summary>How many clusters there are.</summary>
    public abstract int Count { get; }

    /// <summary>Makes each given row the centroid of a cluster.</summary>
    /// <param name="starts">[clusters], distinct rows.</param>
    public abstract void Start(ReadOnlySpan<int> starts);

    /// <summary>The centroid of the largest inner product with each row, ties to the lower centroid.</summary>
    /// <param name="clusterOf">[rows], overwritten.</param>
    /// <param name="similarities">[rows], overwritten with the inner products.</param>
    public abstract void Nearest(int[] clusterOf, float[] similarities);

    /// <summary>Makes each centroid the sum of its rows, brought to unit length; zeros where there are none.</summary>
    public abstract void Update(InvertedLists lists);
}
