namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>Rows by cluster: rows Order[Offsets[c] .. Offsets[c + 1]) are of cluster c, in ascending order.</summary>
internal sealed record InvertedLists(int[] Offsets, int[] Order)
{
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

    /// <summary>The most rows that <paramref name="lists"/> lists hold together.</summary>
    public int MostRows(int lists)
    {
        var lengths = new int[Offsets.Length - 1];
        for (var cluster = 0; cluster < lengths.Length; cluster++)
            lengths[cluster] = Offsets[cluster + 1] - Offsets[cluster];
        return lengths.OrderDescending().Take(lists).Sum();
    }
}
