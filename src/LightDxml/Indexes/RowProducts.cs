using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Indexes;

/// <summary>
/// Inner products of a vector with chosen rows of a padded matrix. The rows lie anywhere in memory, so four are read at
/// once and the next four are fetched meanwhile; a product's bits do not depend on the rows beside it.
/// </summary>
internal static unsafe class RowProducts
{
    private const int FloatsPerLine = 16;

    /// <summary>Rows on their way from memory while others are multiplied.</summary>
    private const int RowsAhead = 8;

    /// <summary>products[j] = ⟨vector, matrix[rows[j]]⟩.</summary>
    /// <param name="vector">[stride], a multiple of 16.</param>
    /// <param name="matrix">[…, stride].</param>
    public static void Compute(float* vector, float* matrix, int stride, ReadOnlySpan<int> rows, Span<float> products)
    {
        products = products[..rows.Length];
        var fetched = 0;
        for (; fetched < Math.Min(RowsAhead, rows.Length); fetched++)
            Fetch(matrix + (long)rows[fetched] * stride, stride);
        var first = 0;
        for (; first <= rows.Length - 4; first += 4)
        {
            for (; fetched < Math.Min(first + 4 + RowsAhead, rows.Length); fetched++)
                Fetch(matrix + (long)rows[fetched] * stride, stride);
            var sums = Four(
                vector,
                matrix + (long)rows[first] * stride, matrix + (long)rows[first + 1] * stride,
                matrix + (long)rows[first + 2] * stride, matrix + (long)rows[first + 3] * stride, stride);
            sums.CopyTo(products[first..]);
        }

        if (first == rows.Length)
            return;

        // One to three are left: the last of them takes the places that are empty.
        var last = matrix + (long)rows[^1] * stride;
        var left = rows.Length - first;
        var rest = Four(
            vector, matrix + (long)rows[first] * stride, left > 1 ? matrix + (long)rows[first + 1] * stride : last, last, last, stride);
        for (var j = 0; j < left; j++)
            products[first + j] = rest[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* row, int stride)
    {
        if (!Sse.IsSupported)
            return;
        for (var c = 0; c < stride; c += FloatsPerLine)
            Sse.Prefetch0(row + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Four(float* x, float* a, float* b, float* c, float* d, int stride)
    {
        Vector256<float> sumA, sumB, sumC, sumD;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> pA = default, pB = default, pC = default, pD = default;
            for (var i = 0; i < stride; i += Vector512<float>.Count)
            {
                var query = Vector512.Load(x + i);
                pA = Vector512.MultiplyAddEstimate(query, Vector512.Load(a + i), pA);
                pB = Vector512.MultiplyAddEstimate(query, Vector512.Load(b + i), pB);
                pC = Vector512.MultiplyAddEstimate(query, Vector512.Load(c + i), pC);
                pD = Vector512.MultiplyAddEstimate(query, Vector512.Load(d + i), pD);
            }

            (sumA, sumB, sumC, sumD) = (Halve(pA), Halve(pB), Halve(pC), Halve(pD));
        }
        else
        {
            (sumA, sumB, sumC, sumD) = (default, default, default, default);
            for (var i = 0; i < stride; i += Vector256<float>.Count)
            {
                var query = Vector256.Load(x + i);
                sumA = Vector256.MultiplyAddEstimate(query, Vector256.Load(a + i), sumA);
                sumB = Vector256.MultiplyAddEstimate(query, Vector256.Load(b + i), sumB);
                sumC = Vector256.MultiplyAddEstimate(query, Vector256.Load(c + i), sumC);
                sumD = Vector256.MultiplyAddEstimate(query, Vector256.Load(d + i), sumD);
            }
        }

        var (qA, qB, qC, qD) = (Halve(sumA), Halve(sumB), Halve(sumC), Halve(sumD));
        if (!Sse.IsSupported)
            return Vector128.Create(Vector128.Sum(qA), Vector128.Sum(qB), Vector128.Sum(qC), Vector128.Sum(qD));

        // The 4 × 4 lanes that are left, transposed and added.
        var ab = Sse.UnpackLow(qA, qB) + Sse.UnpackHigh(qA, qB);
        var cd = Sse.UnpackLow(qC, qD) + Sse.UnpackHigh(qC, qD);
        return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halve(Vector512<float> value) => value.GetLower() + value.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Halve(Vector256<float> value) => value.GetLower() + value.GetUpper();
}
