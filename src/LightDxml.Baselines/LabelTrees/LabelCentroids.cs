using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>Labels as the normalised sums of their points' features ("positive instance feature aggregation").</summary>
internal static class LabelCentroids
{
    private const int GrainLabels = 32;

    /// <param name="features">[points, features], unit rows.</param>
    /// <param name="labelPoints">[labels, points], the transposed label matrix.</param>
    /// <returns>[labels, features], unit rows; a label without points has an empty row.</returns>
    public static SparseMatrix Of(SparseMatrix features, SparseMatrix labelPoints, int threads)
    {
        var rows = new (int[] Columns, float[] Values)[labelPoints.RowCount];
        using var sums = new ThreadLocal<SparseSum>(() => new SparseSum(features.ColumnCount));
        RowRanges.ForEach(labelPoints.RowCount, GrainLabels, threads, (first, end) =>
        {
            var sum = sums.Value!;
            for (var label = first; label < end; label++)
            {
                foreach (var point in labelPoints.RowColumns(label))
                    sum.Add(features.RowColumns(point), features.RowValues(point), 1);
                rows[label] = sum.TakeUnit();
            }
        });
        return SparseMatrix.OfRows(rows, features.ColumnCount);
    }
}
