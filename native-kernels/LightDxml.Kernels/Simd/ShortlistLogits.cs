using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

public sealed unsafe partial class SimdKernels
{
    public override void ShortlistLogits(
        ReadOnlySpan<float> document, ReadOnlySpan<float> classifier, int dim, int stride, ReadOnlySpan<int> shortlist, Span<float> logits)
    {
        fixed (float* x = document, rows = classifier)
        {
            for (var j = 0; j < shortlist.Length; j += 4)
            {
                var last = shortlist.Length - 1;
                int l0 = shortlist[j], l1 = shortlist[Math.Min(j + 1, last)], l2 = shortlist[Math.Min(j + 2, last)], l3 = shortlist[Math.Min(j + 3, last)];
                var dots = Dot4(
                    x, rows + (long)Math.Max(l0, 0) * stride, rows + (long)Math.Max(l1, 0) * stride,
                    rows + (long)Math.Max(l2, 0) * stride, rows + (long)Math.Max(l3, 0) * stride, dim);
                logits[j] = l0 < 0 ? float.NegativeInfinity : dots[0];
                if (j + 1 <= last)
                    logits[j + 1] = l1 < 0 ? float.NegativeInfinity : dots[1];
                if (j + 2 <= last)
                    logits[j + 2] = l2 < 0 ? float.NegativeInfinity : dots[2];
                if (j + 3 <= last)
                    logits[j + 3] = l3 < 0 ? float.NegativeInfinity : dots[3];
            }
        }
    }

    /// <summary>⟨x, r0⟩ … ⟨x, r3⟩: four rows share one pass over x; each has two chains of sums so that latency is hidden.</summary>
    private static Vector128<float> Dot4(float* x, float* r0, float* r1, float* r2, float* r3, int dim)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        var c = 0;
        for (; c + 2 * Lanes <= dim; c += 2 * Lanes)
        {
            var x0 = Vector512.Load(x + c);
            var x1 = Vector512.Load(x + c + Lanes);
            a0 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r0 + c), a0);
            a1 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r1 + c), a1);
            a2 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r2 + c), a2);
            a3 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r3 + c), a3);
            b0 = Vector512.FusedMultiplyAdd(x1, Vector512.Load(r0 + c + Lanes), b0);
            b1 = Vector512.FusedMultiplyAdd(x1, Vector512.Load(r1 + c + Lanes), b1);
            b2 = Vector512.FusedMultiplyAdd(x1, Vector512.Load(r2 + c + Lanes), b2);
            b3 = Vector512.FusedMultiplyAdd(x1, Vector512.Load(r3 + c + Lanes), b3);
        }

        if (c + Lanes <= dim)
        {
            var x0 = Vector512.Load(x + c);
            a0 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r0 + c), a0);
            a1 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r1 + c), a1);
            a2 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r2 + c), a2);
            a3 = Vector512.FusedMultiplyAdd(x0, Vector512.Load(r3 + c), a3);
            c += Lanes;
        }

        float s0 = Vector512.Sum(a0 + b0), s1 = Vector512.Sum(a1 + b1), s2 = Vector512.Sum(a2 + b2), s3 = Vector512.Sum(a3 + b3);
        for (; c < dim; c++)
        {
            s0 = MathF.FusedMultiplyAdd(x[c], r0[c], s0);
            s1 = MathF.FusedMultiplyAdd(x[c], r1[c], s1);
            s2 = MathF.FusedMultiplyAdd(x[c], r2[c], s2);
            s3 = MathF.FusedMultiplyAdd(x[c], r3[c], s3);
        }

        return Vector128.Create(s0, s1, s2, s3);
    }
}
