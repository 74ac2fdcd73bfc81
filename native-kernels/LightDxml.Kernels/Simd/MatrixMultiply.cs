using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Kernels;

/// <summary>
/// Blocked and packed as in Goto and van de Geijn (2008): a block of A and a panel of B are copied into tiles, and a
/// kernel keeps the accumulators of one tile of the product in registers: 8 rows × 48 columns of the 32 registers of AVX-512,
/// 6 × 16 of the 16 registers of AVX2. Packing makes the four transposed forms one. The order of a sum does not depend on the tile.
/// </summary>
internal sealed unsafe partial class SimdKernels
{
    private const int Lanes = 16;
    private const int BlockInner = 512;

    // Whole numbers of either tile.
    private const int BlockRows = 240;
    private const int BlockColumns = 192;

    private const int RowsAtOnce = 8;

    private int TileRows => VectorBits == 512 ? 8 : 6;

    private int TileColumns => VectorBits == 512 ? 48 : 16;

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
            if (lines % tileWidth != 0)
                new Span<float>(to + lines / tileWidth * tileWidth * depth, depth * tileWidth).Clear();
            if (linesAreColumns)
            {
                // Some rows at a time, each read along all tiles: a tile by itself would read a few floats of every row.
                for (var start = 0; start < depth; start += RowsAtOnce)
                {
                    for (var line = 0; line < lines; line += tileWidth)
                    {
                        var width = Math.Min(tileWidth, lines - line);
                        for (var p = start; p < Math.Min(depth, start + RowsAtOnce); p++)
                            CopyFew(from + (long)(innerStart + p) * stride + lineStart + line, width, to + line * depth + p * tileWidth);
                    }
                }

                return;
            }

            for (var line = 0; line < lines; line += tileWidth)
                TransposeTile(from + (long)(lineStart + line) * stride + innerStart, stride, Math.Min(tileWidth, lines - line), depth, to + line * depth, tileWidth);
        }
    }

    /// <summary>A tile's width of floats: too few for a call.</summary>
    private static void CopyFew(float* source, int count, float* target)
    {
        var i = 0;
        for (; i + 8 <= count; i += 8)
            Vector256.Load(source + i).Store(target + i);
        for (; i < count; i++)
            target[i] = source[i];
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

    private void MultiplyBlock(
        ReadOnlySpan<float> packedRows, ReadOnlySpan<float> packedColumns,
        int rows, int columns, int depth, bool accumulate, Span<float> product, int productStride)
    {
        var (fullRows, fullColumns) = (TileRows, TileColumns);
        var edge = stackalloc float[fullRows * fullColumns];
        fixed (float* rowTiles = packedRows, columnTiles = packedColumns, target = product)
        {
            for (var column = 0; column < columns; column += fullColumns)
            {
                var columnTile = columnTiles + column * depth;
                for (var row = 0; row < rows; row += fullRows)
                {
                    var tileRows = Math.Min(fullRows, rows - row);
                    var tileColumns = Math.Min(fullColumns, columns - column);
                    var corner = target + (long)row * productStride + column;
                    if (tileRows == fullRows && tileColumns == fullColumns)
                    {
                        MultiplyTile(rowTiles + row * depth, columnTile, depth, accumulate, corner, productStride);
                        continue;
                    }

                    MultiplyTile(rowTiles + row * depth, columnTile, depth, false, edge, fullColumns);
                    for (var r = 0; r < tileRows; r++)
                    {
                        for (var c = 0; c < tileColumns; c++)
                        {
                            var value = edge[r * fullColumns + c];
                            corner[r * productStride + c] = accumulate ? corner[r * productStride + c] + value : value;
                        }
                    }
                }
            }
        }
    }

    private void MultiplyTile(float* rows, float* columns, int depth, bool accumulate, float* product, int productStride)
    {
        if (VectorBits == 512)
            MultiplyTile8x48(rows, columns, depth, accumulate, product, productStride);
        else
            MultiplyTile6x16(rows, columns, depth, accumulate, product, productStride);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
