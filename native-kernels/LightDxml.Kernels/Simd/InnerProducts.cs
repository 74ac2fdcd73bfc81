using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed partial class SimdKernels
{
    public override unsafe void InnerProducts(
        ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride,
        int dim, Span<float> products, int productStride)
    {
        // The border checks: the tiles read and write through pointers.
        CheckRows(queries, queryCount, queryStride, dim);
        CheckRows(labels, labelCount, labelStride, dim);
        if (queryCount == 0 || labelCount == 0)
            return;
        ArgumentOutOfRangeException.ThrowIfLessThan(productStride, (labelCount + 15) / 16 * 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(products.Length, (long)queryCount * productStride, nameof(products));
        fixed (float* x = queries, y = labels, z = products)
        {
            if (VectorBits == 512)
                ProductTiles.Products<Lanes512, Vector512<float>>(x, queryCount, queryStride, y, labelCount, labelStride, dim, z, productStride);
            else if (VectorBits == 256)
                ProductTiles.Products<Lanes256, Vector256<float>>(x, queryCount, queryStride, y, labelCount, labelStride, dim, z, productStride);
            else
                ProductTiles.Products<Lanes128, Vector128<float>>(x, queryCount, queryStride, y, labelCount, labelStride, dim, z, productStride);
        }
    }
}
