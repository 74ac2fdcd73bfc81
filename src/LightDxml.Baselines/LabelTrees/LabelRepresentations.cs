using LightDxml.Configuration;
using LightDxml.Data;

namespace LightDxml.Baselines.LabelTrees;

/// <summary>What labels are clustered by.</summary>
internal static class LabelRepresentations
{
    /// <param name="features">[points, features], unit rows.</param>
    /// <param name="labelPoints">[labels, points].</param>
    /// <returns>[labels, columns], unit rows.</returns>
    /// <exception cref="OptionsException">Names are asked for, but the set has none.</exception>
    public static SparseMatrix Of(Dataset train, SparseMatrix features, SparseMatrix labelPoints, LabelRepresentation kind, int threads)
    {
        if (kind == LabelRepresentation.Centroids)
            return LabelCentroids.Of(features, labelPoints, threads);
        var names = LabelNameRows.Of(train.LabelNames ?? throw new OptionsException(
            $"representation={Setting.Text(kind)} needs label names, which {train.Name} lacks; 'data convert --to cache' keeps those of raw text."));
        return kind == LabelRepresentation.Names ? names : Beside(LabelCentroids.Of(features, labelPoints, threads), names);
    }

    /// <summary>Both rows in one, each of the same weight; their cosine is the mean of the two cosines.</summary>
    private static SparseMatrix Beside(SparseMatrix first, SparseMatrix second)
    {
        var offsets = new long[first.RowCount + 1];
        for (var row = 0; row < first.RowCount; row++)
            offsets[row + 1] = offsets[row] + first.RowLength(row) + second.RowLength(row);
        if (offsets[^1] > Array.MaxLength)
            throw new LightDxmlException($"{offsets[^1]} entries of label representations are more than one array holds; leave the names out.");
        var columns = new int[offsets[^1]];
        var values = new float[offsets[^1]];
        for (var row = 0; row < first.RowCount; row++)
        {
            var (start, middle) = ((int)offsets[row], (int)offsets[row] + first.RowLength(row));
            first.RowColumns(row).CopyTo(columns.AsSpan(start));
            first.RowValues(row).CopyTo(values.AsSpan(start));
            second.RowValues(row).CopyTo(values.AsSpan(middle));
            for (var i = 0; i < second.RowLength(row); i++)
                columns[middle + i] = first.ColumnCount + second.RowColumns(row)[i];
        }

        return UnitRows.Of(new SparseMatrix(first.RowCount, first.ColumnCount + second.ColumnCount, offsets, columns, values));
    }
}
