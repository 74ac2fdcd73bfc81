using System.Runtime.Intrinsics.X86;
using LightDxml.Data;

namespace LightDxml.Linear;

/// <summary>Inner products of sparse rows and a dense vector.</summary>
internal static unsafe class SparseDot
{
    private const int EntriesOfLine = 16;

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

    /// <summary>products[j] = ⟨rows[chosen[j]], dense⟩; 0 where none is chosen (−1). Rows are asked for one ahead: they lie anywhere.</summary>
    /// <param name="dense">[columns of the matrix].</param>
    /// <param name="products">[chosen], overwritten.</param>
    public static void OfRows(SparseMatrix rows, ReadOnlySpan<int> chosen, ReadOnlySpan<float> dense, Span<float> products)
    {
        for (var j = 0; j < chosen.Length; j++)
        {
            if (j + 1 < chosen.Length && chosen[j + 1] >= 0)
                Prefetch(rows.RowColumns(chosen[j + 1]), rows.RowValues(chosen[j + 1]));
            products[j] = chosen[j] < 0 ? 0 : Of(rows.RowColumns(chosen[j]), rows.RowValues(chosen[j]), dense);
        }
    }

    private static void Prefetch(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        if (!Sse.IsSupported)
            return;
        fixed (float* value = values)
        fixed (int* column = columns)
        {
            for (var j = 0; j < columns.Length; j += EntriesOfLine)
            {
                Sse.Prefetch0(column + j);
                Sse.Prefetch0(value + j);
            }
        }
    }
}
