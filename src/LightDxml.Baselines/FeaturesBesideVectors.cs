using System.Numerics.Tensors;
using LightDxml.Data;

namespace LightDxml.Baselines;

/// <summary>[features ⊕ vector]: the features of points and vectors that something else makes of them, side by side, each of unit length.</summary>
internal static class FeaturesBesideVectors
{
    /// <param name="features">[points, features].</param>
    /// <param name="vectors">[points, dimensions].</param>
    /// <returns>[points, features + dimensions].</returns>
    public static SparseMatrix Of(SparseMatrix features, DenseMatrix vectors)
    {
        var rows = new (int[] Columns, float[] Values)[features.RowCount];
        int[] ofVector = [.. Enumerable.Range(features.ColumnCount, vectors.Dimensions)];
        for (var point = 0; point < rows.Length; point++)
        {
            var own = features.RowValues(point);
            var vector = vectors.Row(point);
            var count = own.Length;
            var values = new float[count + vector.Length];
            TensorPrimitives.Multiply(own, UnitRows.Scale(own), values.AsSpan(0, count));
            TensorPrimitives.Multiply(vector, UnitRows.Scale(vector), values.AsSpan(count));
            rows[point] = ([.. features.RowColumns(point), .. ofVector], values);
        }

        return SparseMatrix.OfRows(rows, features.ColumnCount + vectors.Dimensions, release: true);
    }
}
