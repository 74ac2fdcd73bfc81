using LightDxml.Data;

namespace LightDxml.Models;

/// <summary>
/// The labels' centroids in the input features: the mean of a label's unit documents, cut to its largest terms and scaled to
/// unit length. Rare labels, whose embeddings few points have trained, are found by them.
/// </summary>
public static class SparseCentroids
{
    private const int BlockLabels = 64;

    /// <param name="train">Points with unit rows.</param>
    /// <param name="terms">Terms a label keeps at most: those of the largest weight, ties to the lower column.</param>
    /// <returns>[labels, features], each row of unit length, without entries for labels without points.</returns>
    public static SparseMatrix Of(Dataset train, int terms, int threads)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(terms);
        var points = train.Labels.Transpose();
        var rows = new (int[] Columns, float[] Values)[train.LabelCount];
        using var scratch = new ThreadLocal<float[]>(() => new float[train.FeatureCount]);
        RowRanges.ForEach(train.LabelCount, BlockLabels, threads, (first, end) =>
        {
            for (var label = first; label < end; label++)
                rows[label] = Centroid(train.Features, points.RowColumns(label), terms, scratch.Value!);
        });
        return SparseMatrix.OfRows(rows, train.FeatureCount);
    }

    /// <param name="sums">[features] of zeros, which are restored.</param>
    private static (int[] Columns, float[] Values) Centroid(SparseMatrix features, ReadOnlySpan<int> points, int terms, float[] sums)
    {
        var seen = new List<int>();
        foreach (var point in points)
        {
            var columns = features.RowColumns(point);
            var values = features.RowValues(point);
            for (var k = 0; k < columns.Length; k++)
            {
                ref var sum = ref sums[columns[k]];
                if (sum == 0)
                    seen.Add(columns[k]);
                sum += values[k];
            }
        }

        // A sum that returned to 0 was listed twice; its second mention goes here.
        int[] kept = [.. seen.Distinct().Where(column => sums[column] != 0)
            .OrderByDescending(column => MathF.Abs(sums[column])).ThenBy(column => column).Take(terms).Order()];
        var weights = Array.ConvertAll(kept, column => sums[column]);
        foreach (var column in seen)
            sums[column] = 0;
        var scale = UnitRows.Scale(weights);
        return (kept, Array.ConvertAll(weights, weight => weight * scale));
    }
}
