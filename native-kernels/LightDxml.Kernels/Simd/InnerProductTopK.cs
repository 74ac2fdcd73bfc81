using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LightDxml.Kernels.Selection;

namespace LightDxml.Kernels;

internal sealed partial class SimdKernels
{
    /// <summary>Queries whose selections are open at once: their rows stay in the second-level cache.</summary>
    private const int SearchQueries = 64;

    /// <summary>Labels whose products are computed before they are offered to the selections.</summary>
    private const int SearchLabels = 256;

    /// <summary>Scores that wait in a selection at most.</summary>
    private const int SearchWaiting = 1024;

    public override int InnerProductTopKScratch(int queryCount, int labelCount, int dim, int k) =>
        checked(Math.Min(queryCount, SearchQueries) * (SearchLabels + WaitingFloats(k)) + sizeof(ulong) / sizeof(float) * 2 * k);

    public override void InnerProductTopK(
        ReadOnlySpan<float> queries, int queryCount, int queryStride,
        ReadOnlySpan<float> labels, int labelCount, int labelStride,
        int dim, int k, Span<float> scratch, Span<int> topRows, Span<float> topScores)
    {
        // The border checks: below, everything is read and written through pointers.
        scratch = scratch[..InnerProductTopKScratch(queryCount, labelCount, dim, k)];
        topRows = topRows[..(queryCount * k)];
        topScores = topScores[..(queryCount * k)];
        CheckRows(queries, queryCount, queryStride, dim);
        CheckRows(labels, labelCount, labelStride, dim);
        if (k == 0)
            return;
        var search = new ProductSearch(queryStride, labelCount, labelStride, dim, k);
        if (VectorBits == 512)
            Search<Lanes512, Vector512<float>>(search, queries, queryCount, labels, scratch, topRows, topScores);
        else if (VectorBits == 256)
            Search<Lanes256, Vector256<float>>(search, queries, queryCount, labels, scratch, topRows, topScores);
        else
            Search<Lanes128, Vector128<float>>(search, queries, queryCount, labels, scratch, topRows, topScores);
    }

    [SkipLocalsInit]
    private static unsafe void Search<TLanes, TVector>(
        in ProductSearch search, ReadOnlySpan<float> queries, int queryCount, ReadOnlySpan<float> labels,
        Span<float> scratch, Span<int> topRows, Span<float> topScores)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var selections = stackalloc TopKSelection[SearchQueries];
        var capacity = TopKSelection.Capacity(search.K, SearchWaiting);
        fixed (float* allQueries = queries, allLabels = labels, sort = scratch, allScores = topScores)
        fixed (int* allRows = topRows)
        {
            var products = sort + sizeof(ulong) / sizeof(float) * 2 * search.K;
            var waiting = products + Math.Min(queryCount, SearchQueries) * SearchLabels;
            for (var firstQuery = 0; firstQuery < queryCount; firstQuery += SearchQueries)
            {
                var count = Math.Min(SearchQueries, queryCount - firstQuery);
                for (var q = 0; q < count; q++)
                {
                    var result = (long)(firstQuery + q) * search.K;
                    selections[q] = new TopKSelection(
                        search.K, allScores + result, allRows + result, waiting + q * WaitingFloats(search.K), capacity);
                }

                var blockQueries = allQueries + (long)firstQuery * search.QueryStride;
                for (var firstLabel = 0; firstLabel < search.LabelCount; firstLabel += SearchLabels)
                {
                    var width = Math.Min(SearchLabels, search.LabelCount - firstLabel);
                    ProductTiles.Products<TLanes, TVector>(
                        blockQueries, count, search.QueryStride,
                        allLabels + (long)firstLabel * search.LabelStride, width, search.LabelStride,
                        search.Dim, products, SearchLabels);
                    for (var q = 0; q < count; q++)
                        selections[q].Add<TLanes, TVector>(products + q * SearchLabels, width, firstLabel);
                }

                for (var q = 0; q < count; q++)
                    selections[q].Finish<TLanes, TVector>((ulong*)sort);
            }
        }
    }

    private static int WaitingFloats(int k) => 2 * (TopKSelection.Capacity(k, SearchWaiting) + Lanes512.Count);

    private static void CheckRows(ReadOnlySpan<float> matrix, int rows, int stride, int dim)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, dim);
        if (rows > 0)
            ArgumentOutOfRangeException.ThrowIfLessThan(matrix.Length, (rows - 1L) * stride + dim, nameof(matrix));
    }

    private readonly record struct ProductSearch(int QueryStride, int LabelCount, int LabelStride, int Dim, int K);
}
