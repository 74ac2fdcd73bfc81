using System.Numerics.Tensors;
using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Models;

/// <summary>
/// The labels' centroids in the input features: the mean of a label's unit documents, cut to its largest terms and scaled to
/// unit length. Rare labels, whose embeddings few points have trained, are found by them.
/// </summary>
internal static class SparseCentroids
{
    /// <param name="train">Points with unit rows.</param>
    /// <param name="terms">Terms a label keeps at most: those of the largest weight, ties to the lower column.</param>
    /// <returns>[labels, features], each row of unit length, without entries for labels without points.</returns>
    public static SparseMatrix Of(Dataset train, int terms, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(terms);
        return GroupSums.Of(train.Features, train.Labels.Transpose(), workers, (columns, sums) => Largest(columns, sums, terms));
    }

    internal static (int[] Columns, float[] Values) Largest(int[] columns, float[] sums, int terms)
    {
        var magnitudes = new float[sums.Length];
        TensorPrimitives.Abs(sums, magnitudes);
        var kept = new int[Math.Min(terms, sums.Length)];
        KernelBackends.Select().TopK(magnitudes, kept, new float[kept.Length]);
        kept = Array.FindAll(kept, i => i >= 0 && sums[i] != 0);
        Array.Sort(kept);
        var weights = Array.ConvertAll(kept, i => sums[i]);
        var scale = UnitRows.Scale(weights);
        return (Array.ConvertAll(kept, i => columns[i]), Array.ConvertAll(weights, weight => weight * scale));
    }
}
