using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    /// <summary>
    /// Sixteen slots at a time: their rows are read once for the logits, and again out of the first-level cache for the
    /// document's gradient. Prefetching the next sixteen brought nothing on labels that fit the last-level cache.
    /// </summary>
    public override double ShortlistLoss(
        ReadOnlySpan<float> document, ReadOnlySpan<float> classifier, int dim, int stride,
        ReadOnlySpan<int> shortlist, int positiveCount, ReadOnlySpan<float> positiveWeights, float scale, bool wantLoss,
        Span<float> slotGradients, Span<float> documentGradient)
    {
        var loss = 0.0;
        documentGradient[..dim].Clear();
        var rowOf = stackalloc float*[Lanes];
        var logits = stackalloc float[Lanes];
        var gradients = stackalloc float[Lanes];
        fixed (float* x = document, rows = classifier, sum = documentGradient)
        fixed (int* slot = shortlist)
        {
            for (var start = 0; start < shortlist.Length; start += Lanes)
            {
                var count = Math.Min(Lanes, shortlist.Length - start);
                for (var j = 0; j < Lanes; j++)
                    rowOf[j] = rows + (long)slot[start + Math.Min(j, count - 1)] * stride;
                for (var j = 0; j < Lanes; j += 4)
                    Dot4(x, rowOf[j], rowOf[j + 1], rowOf[j + 2], rowOf[j + 3], dim).Store(logits + j);

                var targets = Vector512.ConditionalSelect(
                    Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(positiveCount - start)).AsSingle(),
                    Vector512<float>.One, Vector512<float>.Zero);
                (scale * (VectorMath.Sigmoid(Vector512.Load(logits)) - targets)).Store(gradients);
                for (var j = start; j < Math.Min(start + count, positiveWeights.Length); j++)
                    gradients[j - start] *= positiveWeights[j];
                new ReadOnlySpan<float>(gradients, count).CopyTo(slotGradients[start..]);
                for (var j = count; j < Lanes; j++)
                    gradients[j] = 0;

                for (var j = 0; j < count; j += 4)
                    AddRows4(gradients + j, rowOf + j, dim, sum);
                if (wantLoss)
                {
                    for (var j = 0; j < count; j++)
                    {
                        var weight = start + j < positiveWeights.Length ? positiveWeights[start + j] : 1;
                        loss += weight * BinaryCrossEntropy(logits[j], start + j < positiveCount ? 1 : 0);
                    }
                }
            }
        }

        return scale * loss;
    }

    /// <summary>BCE(t, y) = log(1 + eᵗ) − y t, written so that it cannot overflow.</summary>
    private static double BinaryCrossEntropy(double logit, double target) =>
        Math.Max(logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit))) - target * logit;

    /// <summary>sum += Σ_{j &lt; 4} weights[j] · rows[j].</summary>
    private static void AddRows4(float* weights, float** rows, int dim, float* sum)
    {
        float* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3];
        Vector512<float> w0 = Vector512.Create(weights[0]), w1 = Vector512.Create(weights[1]);
        Vector512<float> w2 = Vector512.Create(weights[2]), w3 = Vector512.Create(weights[3]);
        var c = 0;
        for (; c + Lanes <= dim; c += Lanes)
        {
            var s = Vector512.Load(sum + c);
            s = Vector512.FusedMultiplyAdd(w0, Vector512.Load(r0 + c), s);
            s = Vector512.FusedMultiplyAdd(w1, Vector512.Load(r1 + c), s);
            s = Vector512.FusedMultiplyAdd(w2, Vector512.Load(r2 + c), s);
            s = Vector512.FusedMultiplyAdd(w3, Vector512.Load(r3 + c), s);
            s.Store(sum + c);
        }

        for (; c < dim; c++)
            sum[c] += weights[0] * r0[c] + weights[1] * r1[c] + weights[2] * r2[c] + weights[3] * r3[c];
    }
}
