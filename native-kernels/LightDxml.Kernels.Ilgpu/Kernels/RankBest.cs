using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>
/// Puts each query's selected keys in order, best first, and takes them apart into label rows and scores. A key's place is
/// the number of greater ones: k² comparisons a query, of no weight beside the products, and no barrier.
/// </summary>
internal static class RankBest
{
    /// <summary>Launched with at least a thread a key.</summary>
    /// <param name="best">[queries, k], 0 where there is none.</param>
    /// <param name="topRows">[queries, k], −1 where there is none.</param>
    /// <param name="topScores">[queries, k], −∞ where there is none.</param>
    public static void Run(ArrayView<ulong> best, ArrayView<int> topRows, ArrayView<float> topScores, int queries, int k)
    {
        var i = (long)Grid.IdxX * Group.DimX + Group.IdxX;
        if (i >= (long)queries * k)
            return;
        var first = i / k * k;
        var key = best[i];
        var place = 0;
        for (var j = first; j < first + k; j++)
        {
            // Slots without a label are equal; they keep their order.
            if (best[j] > key || (best[j] == key && j < i))
                place++;
        }

        topRows[first + place] = ScoreKey.Row(key);
        topScores[first + place] = ScoreKey.Score(key);
    }
}
