using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Kernels;

/// <summary>
/// Blocked and packed as in Goto and van de Geijn (2008): a block of A and a panel of B are copied into tiles, and a
/// kernel of 8 rows × 48 columns keeps its 24 accumulators in registers. Packing makes the four transposed forms one.
/// </summary>
public sealed unsafe partial class SimdKernels
{
    private const int Lanes = 16;
    private const int TileRows = 8;
    private const int TileColumns = 3 * Lanes;
    private const int BlockRows = 256;
    private const int BlockColumns = 4 * TileColumns;
    private const int BlockInner = 512;

    public override int MatrixMultiplyScratch(int rows, int columns, int inner)
    {
        var depth = Math.Min(inner, BlockInner);
        return (RoundUp(Math.Min(rows, BlockRows), TileRows) + RoundUp(Math.Min(columns, BlockColumns), TileColumns)) * depth;
    }

    public override void MatrixMultiply(
        ReadOnlySpan<float> a, int aStride, bool transposeA,
        ReadOnlySpan<float> b, int bStride, bool transposeB,
        int rows, int columns, int inner, bool accumulate, Span<float> scratch, Span<float> product, int productStride)
    {
        if (inner == 0 && !accumulate)
        {
            for (var row = 0; row < rows; row++)
                product.Slice(row * productStride, columns).Clear();
        }

        var packedRows = scratch[..(RoundUp(Math.Min(rows, BlockRows), TileRows) * Math.Min(inner, BlockInner))];
        var packedColumns = scratch[packedRows.Length..];
        for (var innerStart = 0; innerStart < inner; innerStart += BlockInner)
        {
            var depth = Math.Min(BlockInner, inner - innerStart);
            var add = accumulate || innerStart > 0;
            for (var rowStart = 0; rowStart < rows; rowStart += BlockRows)
            {
                var blockRows = Math.Min(BlockRows, rows - rowStart);
                PackTiles(a, aStride, transposeA, rowStart, blockRows, innerStart, depth, TileRows, packedRows);
                for (var columnStart = 0; columnStart < columns; columnStart += BlockColumns)
                {
                    var blockColumns = Math.Min(BlockColumns, columns - columnStart);
                    PackTiles(b, bStride, !transposeB, columnStart, blockColumns, innerStart, depth, TileColumns, packedColumns);
                    MultiplyBlock(
                        packedRows, packedColumns, blockRows, blockColumns, depth, add,
                        product[(rowStart * productStride + columnStart)..], productStride);
                }
            }
        }
    }

    /// <summary>
    /// Copies lines [lineStart, +lines) of a matrix whose lines are rows (or columns, when <paramref name="linesAreColumns"/>)
    /// into tiles [tile][inner][tileWidth], zero-padded to whole tiles.
    /// </summary>
    private static void PackTiles(
        ReadOnlySpan<float> source, int stride, bool linesAreColumns,
        int lineStart, int lines, int innerStart, int depth, int tileWidth, Span<float> packed)
    {
        fixed (float* from = source, to = packed)
        {
            var tile = to;
            for (var line = 0; line < lines; line += tileWidth, tile += depth * tileWidth)
            {
                var width = Math.Min(tileWidth, lines - line);
                if (width < tileWidth)
                    new Span<float>(tile, depth * tileWidth).Clear();
                if (linesAreColumns)
                {
                    for (var p = 0; p < depth; p++)
                    {
                        var sourceRow = from + (long)(innerStart + p) * stride + lineStart + line;
                        new ReadOnlySpan<float>(sourceRow, width).CopyTo(new Span<float>(tile + p * tileWidth, width));
                    }
                }
                else
                {
                    TransposeTile(from + (long)(lineStart + line) * stride + innerStart, stride, width, depth, tile, tileWidth);
                }
            }
        }
    }

    /// <summary>tile[p, w] = rows[w, p], eight by eight where the processor can.</summary>
    private static void TransposeTile(float* rows, int stride, int width, int depth, float* tile, int tileWidth)
    {
        var (wholeRows, wholeDepth) = Avx.IsSupported ? (width / 8 * 8, depth / 8 * 8) : (0, 0);
        for (var w = 0; w < wholeRows; w += 8)
        {
            for (var p = 0; p < wholeDepth; p += 8)
                Transpose8(rows + (long)w * stride + p, stride, tile + p * tileWidth + w, tileWidth);
        }

        for (var w = 0; w < width; w++)
        {
            for (var p = w < wholeRows ? wholeDepth : 0; p < depth; p++)
                tile[p * tileWidth + w] = rows[(long)w * stride + p];
        }
    }

    /// <summary>An 8 × 8 transpose: pairs of rows interleaved, then pairs of pairs, then halves exchanged.</summary>
    private static void Transpose8(float* rows, int stride, float* columns, int columnStride)
    {
        Vector256<float> r0 = Vector256.Load(rows), r1 = Vector256.Load(rows + stride), r2 = Vector256.Load(rows + 2 * stride), r3 = Vector256.Load(rows + 3 * stride);
        Vector256<float> r4 = Vector256.Load(rows + 4 * stride), r5 = Vector256.Load(rows + 5 * stride), r6 = Vector256.Load(rows + 6 * stride), r7 = Vector256.Load(rows + 7 * stride);
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        const byte Low = 0x44, High = 0xee, LowHalves = 0x20, HighHalves = 0x31;
        Vector256<float> b0 = Avx.Shuffle(a0, a2, Low), b1 = Avx.Shuffle(a0, a2, High), b2 = Avx.Shuffle(a1, a3, Low), b3 = Avx.Shuffle(a1, a3, High);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, Low), b5 = Avx.Shuffle(a4, a6, High), b6 = Avx.Shuffle(a5, a7, Low), b7 = Avx.Shuffle(a5, a7, High);
        Avx.Permute2x128(b0, b4, LowHalves).Store(columns);
        Avx.Permute2x128(b1, b5, LowHalves).Store(columns + columnStride);
        Avx.Permute2x128(b2, b6, LowHalves).Store(columns + 2 * columnStride);
        Avx.Permute2x128(b3, b7, LowHalves).Store(columns + 3 * columnStride);
        Avx.Permute2x128(b0, b4, HighHalves).Store(columns + 4 * columnStride);
        Avx.Permute2x128(b1, b5, HighHalves).Store(columns + 5 * columnStride);
        Avx.Permute2x128(b2, b6, HighHalves).Store(columns + 6 * columnStride);
        Avx.Permute2x128(b3, b7, HighHalves).Store(columns + 7 * columnStride);
    }

    private static void MultiplyBlock(
        ReadOnlySpan<float> packedRows, ReadOnlySpan<float> packedColumns,
        int rows, int columns, int depth, bool accumulate, Span<float> product, int productStride)
    {
        var edge = stackalloc float[TileRows * TileColumns];
        fixed (float* rowTiles = packedRows, columnTiles = packedColumns, target = product)
        {
            for (var column = 0; column < columns; column += TileColumns)
            {
                var columnTile = columnTiles + column * depth;
                for (var row = 0; row < rows; row += TileRows)
                {
                    var tileRows = Math.Min(TileRows, rows - row);
                    var tileColumns = Math.Min(TileColumns, columns - column);
                    var corner = target + (long)row * productStride + column;
                    if (tileRows == TileRows && tileColumns == TileColumns)
                    {
                        MultiplyTile(rowTiles + row * depth, columnTile, depth, accumulate, corner, productStride);
                        continue;
                    }

                    MultiplyTile(rowTiles + row * depth, columnTile, depth, false, edge, TileColumns);
                    for (var r = 0; r < tileRows; r++)
                    {
                        for (var c = 0; c < tileColumns; c++)
                        {
                            var value = edge[r * TileColumns + c];
                            corner[r * productStride + c] = accumulate ? corner[r * productStride + c] + value : value;
                        }
                    }
                }
            }
        }
    }

    /// <summary>One 8 × 48 tile of the product; the sum over the inner dimension runs in ascending order in registers.</summary>
    private static void MultiplyTile(float* rows, float* columns, int depth, bool accumulate, float* product, int productStride)
    {
        Vector512<float> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        Vector512<float> s40 = default, s41 = default, s42 = default, s50 = default, s51 = default, s52 = default;
        Vector512<float> s60 = default, s61 = default, s62 = default, s70 = default, s71 = default, s72 = default;
        for (var p = 0; p < depth; p++, rows += TileRows, columns += TileColumns)
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

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
