using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>
/// products[q, l] = ⟨queries[q], labels[l]⟩. A group computes a square tile, every thread 4 × 4 products in registers, from
/// slices of both matrices in shared memory. Each product is summed in the order of the dimensions, whatever the tile.
/// </summary>
internal static class InnerProducts
{
    /// <summary>Products a thread and side; rows of a tile are this times the group's side.</summary>
    public const int PerThread = 4;

    /// <summary>Threads a side of the largest group.</summary>
    public const int MostSide = 16;

    /// <summary>Dimensions in shared memory at once; divides every stride of a <see cref="Data.DenseMatrix"/>.</summary>
    private const int Depth = 16;

    /// <summary>One more than the largest tile, so that the columns of a slice lie in different banks.</summary>
    private const int Pitch = PerThread * MostSide + 1;

    /// <summary>Launched with a grid of (label tiles, query tiles) and a square group.</summary>
    /// <param name="queries">[queryCount, stride].</param>
    /// <param name="labels">[labelCount, stride].</param>
    /// <param name="products">[queryCount, labelCount], overwritten.</param>
    /// <param name="stride">A multiple of 16; the padding is zero.</param>
    public static void Run(
        ArrayView<float> queries, ArrayView<float> labels, ArrayView<float> products, int queryCount, int labelCount, int stride)
    {
        var querySlice = SharedMemory.Allocate1D<float>(Depth * Pitch);
        var labelSlice = SharedMemory.Allocate1D<float>(Depth * Pitch);
        int side = Group.DimX, x = Group.IdxX, y = Group.IdxY;
        var tile = side * PerThread;
        var firstQuery = Grid.IdxY * tile;
        var firstLabel = Grid.IdxX * tile;
        float p00 = 0, p01 = 0, p02 = 0, p03 = 0, p10 = 0, p11 = 0, p12 = 0, p13 = 0;
        float p20 = 0, p21 = 0, p22 = 0, p23 = 0, p30 = 0, p31 = 0, p32 = 0, p33 = 0;
        for (var first = 0; first < stride; first += Depth)
        {
            for (var i = y * side + x; i < tile * Depth; i += side * side)
            {
                int row = i / Depth, d = i % Depth;
                querySlice[d * Pitch + row] = firstQuery + row < queryCount ? queries[(long)(firstQuery + row) * stride + first + d] : 0f;
                labelSlice[d * Pitch + row] = firstLabel + row < labelCount ? labels[(long)(firstLabel + row) * stride + first + d] : 0f;
            }

            Group.Barrier();
            for (var d = 0; d < Depth; d++)
            {
                int query = d * Pitch + y, label = d * Pitch + x;
                float q0 = querySlice[query], q1 = querySlice[query + side], q2 = querySlice[query + 2 * side], q3 = querySlice[query + 3 * side];
                float l0 = labelSlice[label], l1 = labelSlice[label + side], l2 = labelSlice[label + 2 * side], l3 = labelSlice[label + 3 * side];
                p00 += q0 * l0;
                p01 += q0 * l1;
                p02 += q0 * l2;
                p03 += q0 * l3;
                p10 += q1 * l0;
                p11 += q1 * l1;
                p12 += q1 * l2;
                p13 += q1 * l3;
                p20 += q2 * l0;
                p21 += q2 * l1;
                p22 += q2 * l2;
                p23 += q2 * l3;
                p30 += q3 * l0;
                p31 += q3 * l1;
                p32 += q3 * l2;
                p33 += q3 * l3;
            }

            Group.Barrier();
        }

        // A thread's products are a side apart, so that neighbouring threads write neighbouring products.
        firstQuery += y;
        firstLabel += x;
        Store(products, firstQuery, firstLabel, side, queryCount, labelCount, p00, p01, p02, p03);
        Store(products, firstQuery + side, firstLabel, side, queryCount, labelCount, p10, p11, p12, p13);
        Store(products, firstQuery + 2 * side, firstLabel, side, queryCount, labelCount, p20, p21, p22, p23);
        Store(products, firstQuery + 3 * side, firstLabel, side, queryCount, labelCount, p30, p31, p32, p33);
    }

    private static void Store(
        ArrayView<float> products, int query, int label, int side, int queryCount, int labelCount, float p0, float p1, float p2, float p3)
    {
        if (query >= queryCount)
            return;
        var row = (long)query * labelCount;
        if (label < labelCount)
            products[row + label] = p0;
        if (label + side < labelCount)
            products[row + label + side] = p1;
        if (label + 2 * side < labelCount)
            products[row + label + 2 * side] = p2;
        if (label + 3 * side < labelCount)
            products[row + label + 3 * side] = p3;
    }
}
