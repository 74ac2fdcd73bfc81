using System.Numerics.Tensors;

namespace LightDxml.Data;

/// <summary>
/// Scales the rows of a feature matrix to unit L2 norm, which the method assumes. A row that is already of unit norm, up
/// to the rounding of values written as text, is left as it is.
/// </summary>
internal static class UnitRows
{
    private const float Tolerance = 2e-3f;

    /// <summary>The factor that brings a row to unit norm: 1 for rows of unit norm and rows of zeros.</summary>
    public static float Scale(ReadOnlySpan<float> values)
    {
        var squares = TensorPrimitives.SumOfSquares(values);
        return squares == 0 || MathF.Abs(squares - 1) <= Tolerance ? 1 : 1 / MathF.Sqrt(squares);
    }

    /// <summary>The matrix with unit rows: itself where nothing is to be scaled, else a copy that shares the columns.</summary>
    public static SparseMatrix Of(SparseMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        for (var row = 0; row < matrix.RowCount; row++)
        {
            if (Scale(matrix.RowValues(row)) != 1)
                return matrix.ScaleRows(static values => Scale(values));
        }

        return matrix;
    }
}
