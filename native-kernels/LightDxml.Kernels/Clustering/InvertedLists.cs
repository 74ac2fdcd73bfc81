namespace LightDxml.Kernels.Clustering;

/// <summary>Rows by cluster: rows Order[Offsets[c] .. Offsets[c + 1]) are of cluster c, in ascending order.</summary>
internal sealed record InvertedLists(int[] Offsets, int[] Order)
{
    public int Count => Offsets.Length - 1;

    /// <param name="clusterOf">[rows], the cluster of each row.</param>
    public static InvertedLists From(ReadOnlySpan<int> clusterOf, int clusters)
    {
        var offsets = new int[clusters + 1];
        foreach (var cluster in clusterOf)
            offsets[cluster + 1]++;
        for (var cluster = 0; cluster < clusters; cluster++)
            offsets[cluster + 1] += offsets[cluster];
        var next = offsets[..^1];
        var order = new int[clusterOf.Length];
        for (var row = 0; row < clusterOf.Length; row++)
            order[next[clusterOf[row]]++] = row;
        return new InvertedLists(offsets, order);
    }

    /// <summary>Rows of a cluster.</summary>
    public int Length(int cluster) => Offsets[cluster + 1] - Offsets[cluster];

    /// <summary>The most rows that <paramref name="lists"/> lists hold together.</summary>
    public int MostRows(int lists)
    {
        var lengths = new int[Count];
        for (var cluster = 0; cluster < lengths.Length; cluster++)
            lengths[cluster] = Length(cluster);
        return lengths.OrderDescending().Take(lists).Sum();
    }
}
