using LightDxml.Data;

namespace LightDxml.Shortlists;

/// <summary>What k-means on the processor and on a GPU have in common: which rows are sampled, and how no cluster stays empty.</summary>
internal static class KMeans
{
    /// <summary>Distinct rows in random order; the first of them are the first centroids.</summary>
    public static DenseMatrix Sample(DenseMatrix rows, long most, int seed)
    {
        var random = new RandomNumbers(seed, RandomPurpose.LabelIndex);
        var order = new int[rows.RowCount];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        var sample = new DenseMatrix((int)Math.Min(rows.RowCount, most), rows.Dimensions);
        for (var i = 0; i < sample.RowCount; i++)
        {
            var other = i + random.Next(order.Length - i);
            (order[i], order[other]) = (order[other], order[i]);
            rows.Row(order[i]).CopyTo(sample.Row(i));
        }

        return sample;
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
}
