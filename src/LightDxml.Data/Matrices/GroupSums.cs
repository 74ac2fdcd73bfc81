namespace LightDxml.Data;

/// <summary>
/// Sums of a sparse matrix' rows over groups of them, such as the documents of each label. Rows of a group are added in their
/// order, so that the bits do not depend on threads.
/// </summary>
internal static class GroupSums
{
    private const int BlockGroups = 64;

    /// <summary>What is kept of one group's sum.</summary>
    /// <param name="columns">Columns that a row of the group has, ascending.</param>
    /// <param name="sums">One a column; 0 where the rows cancelled out.</param>
    public delegate (int[] Columns, float[] Values) Shape(int[] columns, float[] sums);

    /// <param name="groups">[groups, rows of <paramref name="matrix"/>]: which rows are in a group; values do not count.</param>
    /// <returns>[groups, columns] the sums as <paramref name="shape"/> makes them; of a group without rows it is given no columns.</returns>
    public static SparseMatrix Of(SparseMatrix matrix, SparseMatrix groups, Workers workers, Shape shape)
    {
        var rows = new (int[] Columns, float[] Values)[groups.RowCount];
        using var scratch = new ThreadLocal<TouchedSums>(() => new TouchedSums(matrix.ColumnCount));
        var parts = workers.Parts(groups.RowCount, group => groups.RowLength(group));
        workers.ForEach(parts, BlockGroups, (first, end) =>
        {
            for (var group = first; group < end; group++)
            {
                foreach (var row in groups.RowColumns(group))
                    scratch.Value!.Add(matrix.RowColumns(row), matrix.RowValues(row));
                var (columns, sums) = scratch.Value!.Take();
                rows[group] = shape(columns, sums);
            }
        });
        workers.Processes.GatherRows(rows, parts, "centroids");
        return SparseMatrix.OfRows(rows, matrix.ColumnCount);
    }
}
