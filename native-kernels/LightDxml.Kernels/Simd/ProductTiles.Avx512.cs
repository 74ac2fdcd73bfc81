using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Kernels;

/// <summary>
/// The tiles of AVX-512. Sixteen sums of 16 lanes are enough to hide the multiply-add's latency, need only half a load a
/// multiply-add, and are reduced together: 45 instructions leave the sixteen results in one vector.
/// </summary>
internal static unsafe partial class ProductTiles
{
    private static void Strip512(
        float* queries, int queryCount, int queryStride, float** rows, int whole, float* products, int productStride)
    {
        var q = 0;
        for (; q <= queryCount - 4; q += 4)
        {
            var x = queries + (long)q * queryStride;
            var target = products + (long)q * productStride;
            for (var b = 0; b < LabelsAtOnce; b += 4)
                Tile4x4(x, queryStride, rows[b], rows[b + 1], rows[b + 2], rows[b + 3], whole, target + b, productStride);
        }

        for (; q < queryCount; q++)
            Tile1x16(queries + (long)q * queryStride, rows, whole, products + (long)q * productStride);
    }

    /// <summary>Four queries, four labels.</summary>
    private static void Tile4x4(
        float* x0, int queryStride, float* y0, float* y1, float* y2, float* y3, int whole, float* products, int productStride)
    {
        var x1 = x0 + queryStride;
        var x2 = x1 + queryStride;
        var x3 = x2 + queryStride;
        Vector512<float> p00 = default, p01 = default, p02 = default, p03 = default;
        Vector512<float> p10 = default, p11 = default, p12 = default, p13 = default;
        Vector512<float> p20 = default, p21 = default, p22 = default, p23 = default;
        Vector512<float> p30 = default, p31 = default, p32 = default, p33 = default;
        for (var d = 0; d < whole; d += Vector512<float>.Count)
        {
            var a0 = Vector512.Load(x0 + d);
            var a1 = Vector512.Load(x1 + d);
            var a2 = Vector512.Load(x2 + d);
            var a3 = Vector512.Load(x3 + d);
            var label = Vector512.Load(y0 + d);
            p00 = Avx512F.FusedMultiplyAdd(a0, label, p00);
            p10 = Avx512F.FusedMultiplyAdd(a1, label, p10);
            p20 = Avx512F.FusedMultiplyAdd(a2, label, p20);
            p30 = Avx512F.FusedMultiplyAdd(a3, label, p30);
            label = Vector512.Load(y1 + d);
            p01 = Avx512F.FusedMultiplyAdd(a0, label, p01);
            p11 = Avx512F.FusedMultiplyAdd(a1, label, p11);
            p21 = Avx512F.FusedMultiplyAdd(a2, label, p21);
            p31 = Avx512F.FusedMultiplyAdd(a3, label, p31);
            label = Vector512.Load(y2 + d);
            p02 = Avx512F.FusedMultiplyAdd(a0, label, p02);
            p12 = Avx512F.FusedMultiplyAdd(a1, label, p12);
            p22 = Avx512F.FusedMultiplyAdd(a2, label, p22);
            p32 = Avx512F.FusedMultiplyAdd(a3, label, p32);
            label = Vector512.Load(y3 + d);
            p03 = Avx512F.FusedMultiplyAdd(a0, label, p03);
            p13 = Avx512F.FusedMultiplyAdd(a1, label, p13);
            p23 = Avx512F.FusedMultiplyAdd(a2, label, p23);
            p33 = Avx512F.FusedMultiplyAdd(a3, label, p33);
        }

        var sums = Sums(
            p00, p01, p02, p03,
            p10, p11, p12, p13,
            p20, p21, p22, p23,
            p30, p31, p32, p33);
        sums.GetLower().GetLower().Store(products);
        sums.GetLower().GetUpper().Store(products + productStride);
        sums.GetUpper().GetLower().Store(products + 2 * productStride);
        sums.GetUpper().GetUpper().Store(products + 3 * productStride);
    }

    /// <summary>One query, sixteen labels.</summary>
    private static void Tile1x16(float* x, float** rows, int whole, float* products)
    {
        float* y00 = rows[0], y01 = rows[1], y02 = rows[2], y03 = rows[3];
        float* y10 = rows[4], y11 = rows[5], y12 = rows[6], y13 = rows[7];
        float* y20 = rows[8], y21 = rows[9], y22 = rows[10], y23 = rows[11];
        float* y30 = rows[12], y31 = rows[13], y32 = rows[14], y33 = rows[15];
        Vector512<float> p00 = default, p01 = default, p02 = default, p03 = default;
        Vector512<float> p10 = default, p11 = default, p12 = default, p13 = default;
        Vector512<float> p20 = default, p21 = default, p22 = default, p23 = default;
        Vector512<float> p30 = default, p31 = default, p32 = default, p33 = default;
        for (var d = 0; d < whole; d += Vector512<float>.Count)
        {
            var query = Vector512.Load(x + d);
            p00 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y00 + d), p00);
            p01 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y01 + d), p01);
            p02 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y02 + d), p02);
            p03 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y03 + d), p03);
            p10 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y10 + d), p10);
            p11 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y11 + d), p11);
            p12 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y12 + d), p12);
            p13 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y13 + d), p13);
            p20 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y20 + d), p20);
            p21 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y21 + d), p21);
            p22 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y22 + d), p22);
            p23 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y23 + d), p23);
            p30 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y30 + d), p30);
            p31 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y31 + d), p31);
            p32 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y32 + d), p32);
            p33 = Avx512F.FusedMultiplyAdd(query, Vector512.Load(y33 + d), p33);
        }

        Sums(
            p00, p01, p02, p03,
            p10, p11, p12, p13,
            p20, p21, p22, p23,
            p30, p31, p32, p33).Store(products);
    }

    /// <summary>The lane sums of sixteen vectors, in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sums(
        Vector512<float> p00, Vector512<float> p01, Vector512<float> p02, Vector512<float> p03,
        Vector512<float> p10, Vector512<float> p11, Vector512<float> p12, Vector512<float> p13,
        Vector512<float> p20, Vector512<float> p21, Vector512<float> p22, Vector512<float> p23,
        Vector512<float> p30, Vector512<float> p31, Vector512<float> p32, Vector512<float> p33)
    {
        var v0 = Quarters(p00, p10, p20, p30);
        var v1 = Quarters(p01, p11, p21, p31);
        var v2 = Quarters(p02, p12, p22, p32);
        var v3 = Quarters(p03, p13, p23, p33);

        // Within each 128 bits: (lane 0 + lane 2) + (lane 1 + lane 3), the order of Lanes128.Sum.
        var v01 = (Avx512F.UnpackLow(v0, v1) + Avx512F.UnpackHigh(v0, v1)).AsDouble();
        var v23 = (Avx512F.UnpackLow(v2, v3) + Avx512F.UnpackHigh(v2, v3)).AsDouble();
        return Avx512F.UnpackLow(v01, v23).AsSingle() + Avx512F.UnpackHigh(v01, v23).AsSingle();
    }

    /// <summary>Each of four vectors summed to 128 bits, lower half + upper half twice, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var ab = Avx512F.Shuffle4x128(a, b, 0b01_00_01_00) + Avx512F.Shuffle4x128(a, b, 0b11_10_11_10);
        var cd = Avx512F.Shuffle4x128(c, d, 0b01_00_01_00) + Avx512F.Shuffle4x128(c, d, 0b11_10_11_10);
        return Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01);
    }
}
