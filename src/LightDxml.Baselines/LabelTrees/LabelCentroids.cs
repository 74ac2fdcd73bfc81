using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Labels as the normalised sums of their points' features ("positive instance feature aggregation").</summary>
internal static class LabelCentroids
{
    /// <param name="features">[points, features], unit rows.</param>
    /// <param name="labelPoints">[labels, points], the transposed label matrix.</param>
    /// <returns>[labels, features], unit rows; a label without points has an empty row.</returns>
    public static SparseMatrix Of(SparseMatrix features, SparseMatrix labelPoints, int threads) =>
        GroupSums.Of(features, labelPoints, threads, ToUnit);

    private static (int[] Columns, float[] Values) ToUnit(int[] columns, float[] sums)
    {
        var squares = 0.0;
        foreach (var sum in sums)
            squares += (double)sum * sum;
        var scale = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
        return (columns, Array.ConvertAll(sums, sum => sum * scale));
    }
}
