using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
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
    private Vector128<float> Dot4(float* x, float* r0, float* r1, float* r2, float* r3, int dim) => VectorBits switch
    {
        512 => Dot4<Lanes512, Vector512<float>>(x, r0, r1, r2, r3, dim),
        256 => Dot4<Lanes256, Vector256<float>>(x, r0, r1, r2, r3, dim),
        _ => Dot4<Lanes128, Vector128<float>>(x, r0, r1, r2, r3, dim),
    };

    private static Vector128<float> Dot4<TLanes, TVector>(float* x, float* r0, float* r1, float* r2, float* r3, int dim)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector a0 = default, a1 = default, a2 = default, a3 = default;
        TVector b0 = default, b1 = default, b2 = default, b3 = default;
        var count = TLanes.Count;
        var c = 0;
        for (; c + 2 * count <= dim; c += 2 * count)
        {
            var x0 = TLanes.Load(x + c);
            var x1 = TLanes.Load(x + c + count);
            a0 = TLanes.MultiplyAdd(x0, TLanes.Load(r0 + c), a0);
            a1 = TLanes.MultiplyAdd(x0, TLanes.Load(r1 + c), a1);
            a2 = TLanes.MultiplyAdd(x0, TLanes.Load(r2 + c), a2);
            a3 = TLanes.MultiplyAdd(x0, TLanes.Load(r3 + c), a3);
            b0 = TLanes.MultiplyAdd(x1, TLanes.Load(r0 + c + count), b0);
            b1 = TLanes.MultiplyAdd(x1, TLanes.Load(r1 + c + count), b1);
            b2 = TLanes.MultiplyAdd(x1, TLanes.Load(r2 + c + count), b2);
            b3 = TLanes.MultiplyAdd(x1, TLanes.Load(r3 + c + count), b3);
        }

        if (c + count <= dim)
        {
            var x0 = TLanes.Load(x + c);
            a0 = TLanes.MultiplyAdd(x0, TLanes.Load(r0 + c), a0);
            a1 = TLanes.MultiplyAdd(x0, TLanes.Load(r1 + c), a1);
            a2 = TLanes.MultiplyAdd(x0, TLanes.Load(r2 + c), a2);
            a3 = TLanes.MultiplyAdd(x0, TLanes.Load(r3 + c), a3);
            c += count;
        }

        var sums = TLanes.Sums(TLanes.Add(a0, b0), TLanes.Add(a1, b1), TLanes.Add(a2, b2), TLanes.Add(a3, b3));
        for (; c < dim; c++)
            sums = Vector128.MultiplyAddEstimate(Vector128.Create(x[c]), Vector128.Create(r0[c], r1[c], r2[c], r3[c]), sums);
        return sums;
    }
}
