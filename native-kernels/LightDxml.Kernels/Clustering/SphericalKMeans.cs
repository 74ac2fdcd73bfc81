namespace LightDxml.Kernels.Clustering;

/// <summary>k-means by cosine: a row belongs to the nearest centroid, and a centroid is the mean of its rows, brought to unit length.</summary>
internal static class SphericalKMeans
{
    private static readonly Comparer<(float Lean, int Id, int Row)> LeanFirst = Comparer<(float Lean, int Id, int Row)>.Create(
        static (a, b) => a.Lean != b.Lean ? b.Lean.CompareTo(a.Lean) : a.Id.CompareTo(b.Id));

    /// <summary>Clusters the rows, of which there are as many as clusters at least.</summary>
    /// <param name="starts">[clusters], the rows that are the first centroids.</param>
    /// <returns>The rows by cluster as they were assigned last; the centroids may have moved once since.</returns>
    public static InvertedLists Cluster(Clusters clusters, ReadOnlySpan<int> starts, KMeansOptions options)
    {
        var clusterOf = new int[clusters.RowCount];
        var similarities = new float[clusters.RowCount];
        return Run(clusters, starts, options, () =>
        {
            clusters.Nearest(clusterOf, similarities);
            if (options.RefillEmpty)
                FillEmpty(clusterOf, similarities, clusters.Count);
            return (InvertedLists.From(clusterOf, clusters.Count), similarities.Sum(similarity => (double)similarity));
        });
    }

    /// <summary>
    /// Balanced 2-means (Prabhu et al., WWW 2018): both halves have the same number of rows, up to one, and each row goes where its
    /// similarity is greater, as far as the balance allows.
    /// </summary>
    /// <returns>Two lists, the first of them one longer where the number of rows is odd; rows that lean most to the first come first.</returns>
    public static InvertedLists Halve(SparseClusters rows, ReadOnlySpan<int> starts, KMeansOptions options)
    {
        var half = (rows.RowCount + 1) / 2;
        var order = new (float Lean, int Id, int Row)[rows.RowCount];
        var similarities = new float[2 * rows.RowCount];
        return Run(rows, starts, options, () =>
        {
            rows.Similarities(similarities);
            for (var row = 0; row < order.Length; row++)
                order[row] = (similarities[2 * row] - similarities[2 * row + 1], rows.Id(row), row);
            Array.Sort(order, LeanFirst);
            var total = 0.0;
            for (var i = 0; i < order.Length; i++)
                total += similarities[2 * order[i].Row + (i < half ? 0 : 1)];
            return (new InvertedLists([0, half, order.Length], Array.ConvertAll(order, lean => lean.Row)), total);
        });
    }

    /// <summary>Gives each empty cluster the row farthest from its centroid, out of a cluster that keeps others.</summary>
    /// <param name="clusterOf">[rows], the cluster of each row; there are as many rows as clusters at least.</param>
    /// <param name="similarities">[rows], to the centroid.</param>
    public static void FillEmpty(int[] clusterOf, float[] similarities, int clusters)
    {
        var counts = new int[clusters];
        foreach (var cluster in clusterOf)
            counts[cluster]++;
        if (!counts.Contains(0))
            return;
        var farthestFirst = Enumerable.Range(0, clusterOf.Length).OrderBy(row => similarities[row]).ThenBy(row => row).ToArray();
        var next = 0;
        for (var empty = 0; empty < clusters; empty++)
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

    /// <param name="assign">Gives the rows by cluster and the sum of their similarities to their own centroids.</param>
    private static InvertedLists Run(
        Clusters clusters, ReadOnlySpan<int> starts, KMeansOptions options, Func<(InvertedLists Lists, double Similarity)> assign)
    {
        clusters.Start(starts);
        var last = double.NegativeInfinity;
        for (var iteration = 1; ; iteration++)
        {
            var (lists, similarity) = assign();
            var mean = similarity / clusters.RowCount;
            if (options.Tolerance > 0 && mean - last < options.Tolerance)
                return lists;
            last = mean;
            clusters.Update(lists);
            if (iteration == options.Iterations)
                return lists;
        }
    }
}
