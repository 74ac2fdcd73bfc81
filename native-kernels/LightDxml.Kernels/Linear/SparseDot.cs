namespace LightDxml.Kernels.Linear;

/// <summary>Inner products of sparse rows and a dense vector.</summary>
internal static unsafe class SparseDot
{
    /// <summary>Σ_j values[j] · dense[columns[j]]; four chains of sums hide the latency of the scattered loads.</summary>
    /// <param name="columns">Below dense.Length; not checked.</param>
    public static float Of(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<float> dense)
    {
        fixed (float* vector = dense, value = values)
        fixed (int* column = columns)
        {
            float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            var j = 0;
            for (; j + 4 <= columns.Length; j += 4)
            {
                s0 += value[j] * vector[column[j]];
                s1 += value[j + 1] * vector[column[j + 1]];
                s2 += value[j + 2] * vector[column[j + 2]];
                s3 += value[j + 3] * vector[column[j + 3]];
            }

            for (; j < columns.Length; j++)
                s0 += value[j] * vector[column[j]];
            return s0 + s1 + (s2 + s3);
        }
    }
}
