using LightDxml.Data;
using LightDxml.Kernels;

namespace LightDxml.Inference;

/// <summary>Brings the rows of a dense matrix to unit length, so that inner product is cosine; rows of zeros stay.</summary>
internal static class UnitEncodings
{
    private const int BlockRows = 256;

    public static void Normalize(DenseMatrix matrix, KernelSet kernels, int threads) =>
        RowRanges.ForEach(matrix.RowCount, BlockRows, threads, (first, end) =>
        {
            var rows = matrix.Rows(first, end - first);
            kernels.NormalizeRows(rows, end - first, matrix.Dimensions, matrix.Stride, rows);
        });
}
