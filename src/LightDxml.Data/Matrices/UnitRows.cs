using System.Numerics.Tensors;

namespace LightDxml.Data;

/// <summary>
/// Scales the rows of a feature matrix to unit L2 norm, which the method assumes. A row that is already of unit norm, up
/// to the rounding of values written as text, is left as it is.
/// </summary>
internal static class UnitRows
{
    private const float Tolerance = 2e-3f;

    /// <summary>Sums of squares from here to its inverse have lost nothing in single precision.</summary>
    private const float LeastSquares = 1e-30f;

    /// <summary>The factor that brings a row to unit norm: 1 for rows of unit norm and rows of zeros.</summary>
    public static float Scale(ReadOnlySpan<float> values)
    {
        var squares = TensorPrimitives.SumOfSquares(values);
        if (!(squares >= LeastSquares && squares <= 1 / LeastSquares))
            return ScaleOfExtremes(values);
        return MathF.Abs(squares - 1) <= Tolerance ? 1 : 1 / MathF.Sqrt(squares);
    }

    // Squares of single precision end at values of about 1e19 and 1e-19; those of double precision hold all of its values.
    private static float ScaleOfExtremes(ReadOnlySpan<float> values)
    {
        var squares = 0.0;
        foreach (var value in values)
            squares += (double)value * value;
        return squares == 0 ? 1 : (float)Math.Min(1 / Math.Sqrt(squares), float.MaxValue);
    }

    /// <summary>The matrix with unit rows: itself where nothing is to be scaled, else a copy that shares the columns.</summary>
    public static SparseMatrix Of(SparseMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Holds(matrix) ? matrix : matrix.ScaleRows(static values => Scale(values));
    }

    /// <summary>Whether nothing is to be scaled.</summary>
    public static bool Holds(SparseMatrix matrix)
    {
        for (var row = 0; row < matrix.RowCount; row++)
        {
            if (Scale(matrix.RowValues(row)) != 1)
                return false;
        }

        GC.KeepAlive(matrix);
        return true;
    }
}
