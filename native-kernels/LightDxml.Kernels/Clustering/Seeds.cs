namespace LightDxml.Kernels.Clustering;

/// <summary>Which rows k-means starts from.</summary>
internal static class Seeds
{
    /// <summary>Distinct rows in random order.</summary>
    public static int[] Drawn(int rowCount, int count, RandomNumbers random)
    {
        var order = new int[rowCount];
        for (var row = 0; row < rowCount; row++)
            order[row] = row;
        random.Shuffle(order);
        return order[..count];
    }

    /// <summary>Two different rows of at least two, without shuffling all.</summary>
    public static int[] Pair(int rowCount, RandomNumbers random)
    {
        var first = random.Next(rowCount);
        var second = random.Next(rowCount - 1);
        return [first, second + (second >= first ? 1 : 0)];
    }

    /// <summary>A random row, and then rows that are drawn the likelier the less they are like those drawn before (k-means++).</summary>
    /// <param name="rows">With centroids of zeros, as they are at first.</param>
    public static int[] PlusPlus(SparseClusters rows, RandomNumbers random)
    {
        var starts = new int[rows.Count];
        var nearest = new float[rows.RowCount];
        for (var cluster = 0; cluster < starts.Length; cluster++)
        {
            starts[cluster] = cluster == 0 ? random.Next(nearest.Length) : Next();
            rows.Add(starts[cluster], cluster);
            for (var row = 0; row < nearest.Length; row++)
                nearest[row] = Math.Max(nearest[row], rows.Similarity(row, cluster));
        }

        return starts;

        int Next()
        {
            var left = random.NextDouble() * nearest.Sum(Distance);
            var drawn = 0;
            while (drawn < nearest.Length - 1 && (left -= Distance(nearest[drawn])) >= 0)
                drawn++;
            return drawn;
        }

        static double Distance(float similarity) => Math.Max(0, 1 - similarity);
    }
}
