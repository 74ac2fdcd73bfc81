using LightDxml.Text.Terms;

namespace LightDxml.Text.Vectors;

/// <summary>
/// A text's row of terms with its vector behind: both of unit length, so that each makes half of the row, and the whole of unit length again.
/// Where one of the two is empty, the row is the other.
/// </summary>
internal static class JoinedRow
{
    /// <summary>Entries of the joined row.</summary>
    public static int Length(int terms, ReadOnlySpan<float> vector) => terms + (IsEmpty(vector) ? 0 : vector.Length);

    /// <param name="terms">Of unit length, or empty.</param>
    /// <param name="vector">Of unit length, or zeros.</param>
    /// <param name="firstColumn">The column of the vector's first number.</param>
    /// <param name="columns">[<see cref="Length"/>], overwritten; may begin with the terms' own columns.</param>
    /// <param name="values">[<see cref="Length"/>], overwritten; may begin with the terms' own values.</param>
    public static void Write(SparseRow terms, ReadOnlySpan<float> vector, int firstColumn, Span<int> columns, Span<float> values)
    {
        var count = terms.Columns.Length;
        var hasVector = columns.Length > count;
        var share = count > 0 && hasVector ? MathF.Sqrt(0.5f) : 1;
        terms.Columns.CopyTo(columns);
        for (var i = 0; i < count; i++)
            values[i] = share * terms.Values[i];
        if (!hasVector)
            return;
        for (var i = 0; i < vector.Length; i++)
            (columns[count + i], values[count + i]) = (firstColumn + i, share * vector[i]);
    }

    private static bool IsEmpty(ReadOnlySpan<float> vector) => !vector.ContainsAnyExcept(0f);
}
