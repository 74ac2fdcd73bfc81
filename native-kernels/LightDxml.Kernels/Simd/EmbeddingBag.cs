using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    public override void EmbeddingBag(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> indices, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> rows, int dim, int stride, Span<float> bags)
    {
        fixed (int* index = indices)
        fixed (float* weight = weights, row = rows, bag = bags)
        {
            for (var r = 0; r + 1 < offsets.Length; r++)
                GatherSum(index + offsets[r], weight + offsets[r], offsets[r + 1] - offsets[r], row, dim, stride, bag + (long)r * stride);
        }
    }

    /// <summary>
    /// sum[0..dim) = Σ_j weights[j] · rows[indices[j]], in order of j. Four rows are added in one pass over the sum, which
    /// stays in the first-level cache; the next four are prefetched meanwhile, since rows come from anywhere.
    /// </summary>
    private static void GatherSum(int* indices, float* weights, int count, float* rows, int dim, int stride, float* sum)
    {
        new Span<float>(sum, dim).Clear();
        var vectorEnd = dim - dim % Lanes;
        var j = 0;
        for (; j + 4 <= count; j += 4)
        {
            var r0 = rows + (long)indices[j] * stride;
            var r1 = rows + (long)indices[j + 1] * stride;
            var r2 = rows + (long)indices[j + 2] * stride;
            var r3 = rows + (long)indices[j + 3] * stride;
            float w0 = weights[j], w1 = weights[j + 1], w2 = weights[j + 2], w3 = weights[j + 3];
            Vector512<float> v0 = Vector512.Create(w0), v1 = Vector512.Create(w1), v2 = Vector512.Create(w2), v3 = Vector512.Create(w3);
            var ahead = j + 8 <= count;
            var n0 = ahead ? rows + (long)indices[j + 4] * stride : r0;
            var n1 = ahead ? rows + (long)indices[j + 5] * stride : r1;
            var n2 = ahead ? rows + (long)indices[j + 6] * stride : r2;
            var n3 = ahead ? rows + (long)indices[j + 7] * stride : r3;
            for (var c = 0; c < vectorEnd; c += Lanes)
            {
                Prefetch(n0 + c);
                Prefetch(n1 + c);
                Prefetch(n2 + c);
                Prefetch(n3 + c);
                var s = Vector512.Load(sum + c);
                s = Vector512.FusedMultiplyAdd(v0, Vector512.Load(r0 + c), s);
                s = Vector512.FusedMultiplyAdd(v1, Vector512.Load(r1 + c), s);
                s = Vector512.FusedMultiplyAdd(v2, Vector512.Load(r2 + c), s);
                s = Vector512.FusedMultiplyAdd(v3, Vector512.Load(r3 + c), s);
                s.Store(sum + c);
            }

            for (var c = vectorEnd; c < dim; c++)
            {
                sum[c] = MathF.FusedMultiplyAdd(w3, r3[c], MathF.FusedMultiplyAdd(w2, r2[c],
                    MathF.FusedMultiplyAdd(w1, r1[c], MathF.FusedMultiplyAdd(w0, r0[c], sum[c]))));
            }
        }

        for (; j < count; j++)
            AddScaled(weights[j], rows + (long)indices[j] * stride, dim, sum);
    }

    /// <summary>target += factor · values.</summary>
    private static void AddScaled(float factor, float* values, int length, float* target)
    {
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i + Lanes <= length; i += Lanes)
            Vector512.FusedMultiplyAdd(factors, Vector512.Load(values + i), Vector512.Load(target + i)).Store(target + i);
        for (; i < length; i++)
            target[i] = MathF.FusedMultiplyAdd(factor, values[i], target[i]);
    }

    private static void Prefetch(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
