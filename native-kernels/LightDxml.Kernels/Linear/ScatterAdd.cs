namespace LightDxml.Kernels.Linear;

/// <summary>Adds sparse rows to a dense vector.</summary>
internal static unsafe class ScatterAdd
{
    /// <summary>
    /// dense[columns[j]] += factor · values[j]. A row names a column once, so that four sums on the way do not wait for each other.
    /// </summary>
    /// <param name="columns">Below dense.Length; not checked.</param>
    public static void Into(Span<float> dense, float factor, ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        fixed (float* vector = dense, value = values)
        fixed (int* column = columns)
        {
            var j = 0;
            for (; j + 4 <= columns.Length; j += 4)
            {
                vector[column[j]] += factor * value[j];
                vector[column[j + 1]] += factor * value[j + 1];
                vector[column[j + 2]] += factor * value[j + 2];
                vector[column[j + 3]] += factor * value[j + 3];
            }

            for (; j < columns.Length; j++)
                vector[column[j]] += factor * value[j];
        }
    }
}
