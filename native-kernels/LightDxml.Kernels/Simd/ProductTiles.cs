using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Kernels;

/// <summary>
/// All inner products of a block of queries with a block of labels, in register tiles that read the rows as they lie. Every
/// product is summed alike whatever tile computes it: lane by lane over the rows' whole vectors, then the lanes by
/// halving (<see cref="ILanes{TVector}.Sum"/>), then the columns behind the last whole vector one by one.
/// </summary>
internal static unsafe partial class ProductTiles
{
    /// <summary>Labels that stay in the first-level cache while all queries of the block pass: 19 KB at 304 dimensions.</summary>
    private const int LabelsAtOnce = 16;

    /// <summary>products[q, l] = ⟨queries[q], labels[l]⟩.</summary>
    /// <param name="queries">[queryCount, queryStride].</param>
    /// <param name="labels">[labelCount, labelStride].</param>
    /// <param name="products">[queryCount, productStride], the stride at least labelCount rounded up to 16; what lies behind labelCount is lost.</param>
    public static void Products<TLanes, TVector>(
        float* queries, int queryCount, int queryStride, float* labels, int labelCount, int labelStride,
        int dim, float* products, int productStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var rows = stackalloc float*[LabelsAtOnce];
        for (var l = 0; l < labelCount; l += LabelsAtOnce)
        {
            // Behind the last label stands the last label again: a tile is always whole.
            for (var b = 0; b < LabelsAtOnce; b++)
                rows[b] = labels + (long)Math.Min(l + b, labelCount - 1) * labelStride;
            if (typeof(TLanes) == typeof(Lanes512) && Avx512F.IsSupported)
                Strip512(queries, queryCount, queryStride, rows, dim - dim % TLanes.Count, products + l, productStride);
            else
                Strip<TLanes, TVector>(queries, queryCount, queryStride, rows, dim - dim % TLanes.Count, products + l, productStride);
        }

        if (dim % TLanes.Count != 0)
            AddRest(queries, queryCount, queryStride, labels, labelCount, labelStride, dim - dim % TLanes.Count, dim, products, productStride);
    }

    /// <summary>
    /// Any width: tiles of two queries and four labels, whose eight sums fit the sixteen registers of AVX2; of one query and eight
    /// labels where none is left to pair.
    /// </summary>
    private static void Strip<TLanes, TVector>(
        float* queries, int queryCount, int queryStride, float** rows, int whole, float* products, int productStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var q = 0;
        for (; q + 2 <= queryCount; q += 2)
        {
            for (var b = 0; b < LabelsAtOnce; b += 4)
            {
                Tile<TLanes, TVector>(
                    queries + (long)q * queryStride, queries + (long)(q + 1) * queryStride, rows + b, whole,
                    products + (long)q * productStride + b, products + (long)(q + 1) * productStride + b);
            }
        }

        for (; q < queryCount; q++)
        {
            for (var b = 0; b < LabelsAtOnce; b += 8)
                Tile<TLanes, TVector>(queries + (long)q * queryStride, rows + b, whole, products + (long)q * productStride + b);
        }
    }

    /// <summary>One query, eight labels.</summary>
    private static void Tile<TLanes, TVector>(float* x, float** rows, int whole, float* products)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        float* y0 = rows[0], y1 = rows[1], y2 = rows[2], y3 = rows[3], y4 = rows[4], y5 = rows[5], y6 = rows[6], y7 = rows[7];
        TVector p0 = default, p1 = default, p2 = default, p3 = default, p4 = default, p5 = default, p6 = default, p7 = default;
        for (var d = 0; d < whole; d += TLanes.Count)
        {
            var a = TLanes.Load(x + d);
            p0 = TLanes.MultiplyAdd(a, TLanes.Load(y0 + d), p0);
            p1 = TLanes.MultiplyAdd(a, TLanes.Load(y1 + d), p1);
            p2 = TLanes.MultiplyAdd(a, TLanes.Load(y2 + d), p2);
            p3 = TLanes.MultiplyAdd(a, TLanes.Load(y3 + d), p3);
            p4 = TLanes.MultiplyAdd(a, TLanes.Load(y4 + d), p4);
            p5 = TLanes.MultiplyAdd(a, TLanes.Load(y5 + d), p5);
            p6 = TLanes.MultiplyAdd(a, TLanes.Load(y6 + d), p6);
            p7 = TLanes.MultiplyAdd(a, TLanes.Load(y7 + d), p7);
        }

        TLanes.Sums(p0, p1, p2, p3).Store(products);
        TLanes.Sums(p4, p5, p6, p7).Store(products + 4);
    }

    private static void Tile<TLanes, TVector>(float* x0, float* x1, float** rows, int whole, float* products0, float* products1)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        float* y0 = rows[0], y1 = rows[1], y2 = rows[2], y3 = rows[3];
        TVector p00 = default, p01 = default, p02 = default, p03 = default;
        TVector p10 = default, p11 = default, p12 = default, p13 = default;
        for (var d = 0; d < whole; d += TLanes.Count)
        {
            var a = TLanes.Load(x0 + d);
            var b = TLanes.Load(x1 + d);
            var label = TLanes.Load(y0 + d);
            p00 = TLanes.MultiplyAdd(a, label, p00);
            p10 = TLanes.MultiplyAdd(b, label, p10);
            label = TLanes.Load(y1 + d);
            p01 = TLanes.MultiplyAdd(a, label, p01);
            p11 = TLanes.MultiplyAdd(b, label, p11);
            label = TLanes.Load(y2 + d);
            p02 = TLanes.MultiplyAdd(a, label, p02);
            p12 = TLanes.MultiplyAdd(b, label, p12);
            label = TLanes.Load(y3 + d);
            p03 = TLanes.MultiplyAdd(a, label, p03);
            p13 = TLanes.MultiplyAdd(b, label, p13);
        }

        TLanes.Sums(p00, p01, p02, p03).Store(products0);
        TLanes.Sums(p10, p11, p12, p13).Store(products1);
    }

    /// <summary>The columns behind the last whole vector. Rows padded with zeros to a multiple of 16 never come here.</summary>
    private static void AddRest(
        float* queries, int queryCount, int queryStride, float* labels, int labelCount, int labelStride,
        int whole, int dim, float* products, int productStride)
    {
        for (var q = 0; q < queryCount; q++)
        {
            for (var l = 0; l < labelCount; l++)
            {
                var rest = 0f;
                for (var d = whole; d < dim; d++)
                    rest += queries[(long)q * queryStride + d] * labels[(long)l * labelStride + d];
                products[(long)q * productStride + l] += rest;
            }
        }
    }
}
