using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>
/// The labels' centroids in the input features: the mean of a label's unit documents, cut to its largest terms and scaled to
/// unit length. Rare labels, whose embeddings few points have trained, are found by them.
/// </summary>
public static class SparseCentroids
{
    /// <param name="train">Points with unit rows.</param>
    /// <param name="terms">Terms a label keeps at most: those of the largest weight, ties to the lower column.</param>
    /// <returns>[labels, features], each row of unit length, without entries for labels without points.</returns>
    public static SparseMatrix Of(Dataset train, int terms, int threads)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(terms);
        return GroupSums.Of(train.Features, train.Labels.Transpose(), threads, (columns, sums) => Largest(columns, sums, terms));
    }

    internal static (int[] Columns, float[] Values) Largest(int[] columns, float[] sums, int terms)
    {
        int[] kept = [.. Enumerable.Range(0, columns.Length).Where(i => sums[i] != 0)
            .OrderByDescending(i => MathF.Abs(sums[i])).ThenBy(i => i).Take(terms).Order()];
        var weights = Array.ConvertAll(kept, i => sums[i]);
        var scale = UnitRows.Scale(weights);
        return (Array.ConvertAll(kept, i => columns[i]), Array.ConvertAll(weights, weight => weight * scale));
    }
}
