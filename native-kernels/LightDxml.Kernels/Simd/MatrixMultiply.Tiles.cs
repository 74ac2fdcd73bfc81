using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

/// <summary>The tiles of the matrix product, each in registers from its first multiply-add to its last.</summary>
internal sealed unsafe partial class SimdKernels
{
    /// <summary>One 8 × 48 tile of the product; the sum over the inner dimension runs in ascending order in registers.</summary>
    private static void MultiplyTile8x48(float* rows, float* columns, int depth, bool accumulate, float* product, int productStride)
    {
        Vector512<float> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        Vector512<float> s40 = default, s41 = default, s42 = default, s50 = default, s51 = default, s52 = default;
        Vector512<float> s60 = default, s61 = default, s62 = default, s70 = default, s71 = default, s72 = default;
        for (var p = 0; p < depth; p++, rows += 8, columns += 3 * Lanes)
        {
            var b0 = Vector512.Load(columns);
            var b1 = Vector512.Load(columns + Lanes);
            var b2 = Vector512.Load(columns + 2 * Lanes);
            var a0 = Vector512.Create(rows[0]);
            s00 = Vector512.FusedMultiplyAdd(a0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a0, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(a0, b2, s02);
            var a1 = Vector512.Create(rows[1]);
            s10 = Vector512.FusedMultiplyAdd(a1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a1, b1, s11);
            s12 = Vector512.FusedMultiplyAdd(a1, b2, s12);
            var a2 = Vector512.Create(rows[2]);
            s20 = Vector512.FusedMultiplyAdd(a2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a2, b1, s21);
            s22 = Vector512.FusedMultiplyAdd(a2, b2, s22);
            var a3 = Vector512.Create(rows[3]);
            s30 = Vector512.FusedMultiplyAdd(a3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a3, b1, s31);
            s32 = Vector512.FusedMultiplyAdd(a3, b2, s32);
            var a4 = Vector512.Create(rows[4]);
            s40 = Vector512.FusedMultiplyAdd(a4, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(a4, b1, s41);
            s42 = Vector512.FusedMultiplyAdd(a4, b2, s42);
            var a5 = Vector512.Create(rows[5]);
            s50 = Vector512.FusedMultiplyAdd(a5, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(a5, b1, s51);
            s52 = Vector512.FusedMultiplyAdd(a5, b2, s52);
            var a6 = Vector512.Create(rows[6]);
            s60 = Vector512.FusedMultiplyAdd(a6, b0, s60);
            s61 = Vector512.FusedMultiplyAdd(a6, b1, s61);
            s62 = Vector512.FusedMultiplyAdd(a6, b2, s62);
            var a7 = Vector512.Create(rows[7]);
            s70 = Vector512.FusedMultiplyAdd(a7, b0, s70);
            s71 = Vector512.FusedMultiplyAdd(a7, b1, s71);
            s72 = Vector512.FusedMultiplyAdd(a7, b2, s72);
        }

        StoreRow(s00, s01, s02, accumulate, product);
        StoreRow(s10, s11, s12, accumulate, product + productStride);
        StoreRow(s20, s21, s22, accumulate, product + 2 * productStride);
        StoreRow(s30, s31, s32, accumulate, product + 3 * productStride);
        StoreRow(s40, s41, s42, accumulate, product + 4 * productStride);
        StoreRow(s50, s51, s52, accumulate, product + 5 * productStride);
        StoreRow(s60, s61, s62, accumulate, product + 6 * productStride);
        StoreRow(s70, s71, s72, accumulate, product + 7 * productStride);
    }

    private static void StoreRow(Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, bool accumulate, float* target)
    {
        if (accumulate)
        {
            s0 += Vector512.Load(target);
            s1 += Vector512.Load(target + Lanes);
            s2 += Vector512.Load(target + 2 * Lanes);
        }

        s0.Store(target);
        s1.Store(target + Lanes);
        s2.Store(target + 2 * Lanes);
    }

    /// <summary>One 6 × 16 tile, for processors whose registers are half as wide and half as many.</summary>
    private static void MultiplyTile6x16(float* rows, float* columns, int depth, bool accumulate, float* product, int productStride)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        Vector256<float> s40 = default, s41 = default, s50 = default, s51 = default;
        for (var p = 0; p < depth; p++, rows += 6, columns += Lanes)
        {
            var b0 = Vector256.Load(columns);
            var b1 = Vector256.Load(columns + 8);
            var a = Vector256.Create(rows[0]);
            s00 = Vector256.FusedMultiplyAdd(a, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(a, b1, s01);
            a = Vector256.Create(rows[1]);
            s10 = Vector256.FusedMultiplyAdd(a, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(a, b1, s11);
            a = Vector256.Create(rows[2]);
            s20 = Vector256.FusedMultiplyAdd(a, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(a, b1, s21);
            a = Vector256.Create(rows[3]);
            s30 = Vector256.FusedMultiplyAdd(a, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(a, b1, s31);
            a = Vector256.Create(rows[4]);
            s40 = Vector256.FusedMultiplyAdd(a, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(a, b1, s41);
            a = Vector256.Create(rows[5]);
            s50 = Vector256.FusedMultiplyAdd(a, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(a, b1, s51);
        }

        StoreRow(s00, s01, accumulate, product);
        StoreRow(s10, s11, accumulate, product + productStride);
        StoreRow(s20, s21, accumulate, product + 2 * productStride);
        StoreRow(s30, s31, accumulate, product + 3 * productStride);
        StoreRow(s40, s41, accumulate, product + 4 * productStride);
        StoreRow(s50, s51, accumulate, product + 5 * productStride);
    }

    private static void StoreRow(Vector256<float> s0, Vector256<float> s1, bool accumulate, float* target)
    {
        if (accumulate)
        {
            s0 += Vector256.Load(target);
            s1 += Vector256.Load(target + 8);
        }

        s0.Store(target);
        s1.Store(target + 8);
    }
}
