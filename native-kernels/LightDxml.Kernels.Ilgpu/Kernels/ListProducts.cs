using ILGPU;

namespace LightDxml.Kernels.Ilgpu.Kernels;

/// <summary>
/// The products of each query with the labels of the lists it probes, list after list. A group works on one list of one
/// query, a thread on a label; slices of the labels go through shared memory, so that they are read in whole lines. A product
/// is summed in the order of the dimensions: the same bits as <see cref="InnerProducts"/>.
/// </summary>
internal static class ListProducts
{
    public const int MostThreads = 256;
    private const int Depth = 16;
    private const int Pitch = Depth + 1;

    /// <summary>Launched with a grid of (probes, queries).</summary>
    /// <param name="queries">[queries, stride].</param>
    /// <param name="labels">[labels, stride], list after list.</param>
    /// <param name="order">[labels], the label row at each place of the lists.</param>
    /// <param name="offsets">[lists + 1], into <paramref name="order"/>.</param>
    /// <param name="probed">[queries, probes], keys whose rows are lists.</param>
    /// <param name="products">[queries, capacity], overwritten as far as the counts go.</param>
    /// <param name="rows">[queries, capacity], likewise.</param>
    /// <param name="counts">[queries], overwritten.</param>
    public static void Run(
        ArrayView<float> queries, ArrayView<float> labels, ArrayView<int> order, ArrayView<int> offsets, ArrayView<ulong> probed,
        ArrayView<float> products, ArrayView<int> rows, ArrayView<int> counts, int stride, int probes, int capacity)
    {
        var labelSlice = SharedMemory.Allocate1D<float>(MostThreads * Pitch);
        var querySlice = SharedMemory.Allocate1D<float>(Depth);
        int thread = Group.IdxX, threads = Group.DimX, probe = Grid.IdxX, query = Grid.IdxY;
        var target = (long)query * capacity;
        for (var earlier = 0; earlier < probe; earlier++)
            target += Length(probed[(long)query * probes + earlier], offsets);
        var list = ScoreKey.Row(probed[(long)query * probes + probe]);
        var length = Length(probed[(long)query * probes + probe], offsets);
        var start = list < 0 ? 0 : offsets[list];
        for (var first = 0; first < length; first += threads)
        {
            var product = 0f;
            for (var slice = 0; slice < stride; slice += Depth)
            {
                for (var d = thread; d < Depth; d += threads)
                    querySlice[d] = queries[(long)query * stride + slice + d];
                for (var i = thread; i < threads * Depth; i += threads)
                {
                    int row = i / Depth, d = i % Depth;
                    labelSlice[row * Pitch + d] = first + row < length ? labels[(long)(start + first + row) * stride + slice + d] : 0f;
                }

                Group.Barrier();
                for (var d = 0; d < Depth; d++)
                    product += querySlice[d] * labelSlice[thread * Pitch + d];
                Group.Barrier();
            }

            if (first + thread < length)
            {
                products[target + first + thread] = product;
                rows[target + first + thread] = order[start + first + thread];
            }
        }

        if (probe == probes - 1 && thread == 0)
            counts[query] = (int)(target - (long)query * capacity) + length;
    }

    private static int Length(ulong key, ArrayView<int> offsets)
    {
        var list = ScoreKey.Row(key);
        return list < 0 ? 0 : offsets[list + 1] - offsets[list];
    }
}
