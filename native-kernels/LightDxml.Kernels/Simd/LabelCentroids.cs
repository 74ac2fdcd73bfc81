using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Kernels;

internal sealed partial class SimdKernels
{
    public override void LabelCentroids(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> points,
        ReadOnlySpan<float> documents, int documentStride, int dim, Span<float> centroids, int centroidStride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(documentStride, dim);
        ArgumentOutOfRangeException.ThrowIfLessThan(centroidStride, dim);
        if (VectorBits == 512)
            Centroids<Lanes512, Vector512<float>>(offsets, points, documents, documentStride, dim, centroids, centroidStride);
        else if (VectorBits == 256)
            Centroids<Lanes256, Vector256<float>>(offsets, points, documents, documentStride, dim, centroids, centroidStride);
        else
            Centroids<Lanes128, Vector128<float>>(offsets, points, documents, documentStride, dim, centroids, centroidStride);
    }

    private static unsafe void Centroids<TLanes, TVector>(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> points,
        ReadOnlySpan<float> documents, int documentStride, int dim, Span<float> centroids, int centroidStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var l = 0; l + 1 < offsets.Length; l++)
        {
            var centroid = centroids.Slice(l * centroidStride, dim);
            centroid.Clear();
            var labelPoints = points[offsets[l]..offsets[l + 1]];
            if (labelPoints.IsEmpty)
                continue;
            fixed (float* sums = centroid, allDocuments = documents)
            {
                for (var j = 0; j < labelPoints.Length; j++)
                {
                    // The rows lie all over the matrix; the processor cannot foresee them, the list of points can.
                    if (Sse.IsSupported && j + 2 < labelPoints.Length)
                        PrefetchRow(allDocuments + (long)labelPoints[j + 2] * documentStride, dim);
                    var row = documents.Slice(labelPoints[j] * documentStride, dim);
                    fixed (float* document = row)
                        AddRow<TLanes, TVector>(document, dim, sums);
                }
            }

            DivideRow<TLanes, TVector>(centroid, labelPoints.Length);
        }
    }

    private static unsafe void PrefetchRow(float* row, int dim)
    {
        for (var c = 0; c < dim; c += 64 / sizeof(float))
            Prefetch(row + c);
    }

    private static unsafe void AddRow<TLanes, TVector>(float* row, int dim, float* sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var c = 0;
        for (; c <= dim - TLanes.Count; c += TLanes.Count)
            TLanes.Store(TLanes.Add(TLanes.Load(sums + c), TLanes.Load(row + c)), sums + c);
        for (; c < dim; c++)
            sums[c] += row[c];
    }

    private static unsafe void DivideRow<TLanes, TVector>(Span<float> row, float divisor)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        fixed (float* values = row)
        {
            var c = 0;
            for (; c <= row.Length - TLanes.Count; c += TLanes.Count)
                TLanes.Store(TLanes.Divide(TLanes.Load(values + c), TLanes.Broadcast(divisor)), values + c);
            for (; c < row.Length; c++)
                values[c] /= divisor;
        }
    }
}
