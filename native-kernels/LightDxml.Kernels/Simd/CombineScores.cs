using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed partial class SimdKernels
{
    public override void CombineScores(ReadOnlySpan<float> logits, ReadOnlySpan<float> similarities, float beta, Span<float> scores)
    {
        // The loops below read through pointers: the border check that slicing would have made.
        logits = logits[..scores.Length];
        similarities = similarities[..scores.Length];
        if (VectorBits == 512)
            Combine<Lanes512, Vector512<float>>(logits, similarities, beta, scores);
        else if (VectorBits == 256)
            Combine<Lanes256, Vector256<float>>(logits, similarities, beta, scores);
        else
            Combine<Lanes128, Vector128<float>>(logits, similarities, beta, scores);
    }

    private static unsafe void Combine<TLanes, TVector>(ReadOnlySpan<float> logits, ReadOnlySpan<float> similarities, float beta, Span<float> scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        fixed (float* x = logits, y = similarities, z = scores)
        {
            var whole = scores.Length - scores.Length % TLanes.Count;
            for (var j = 0; j < whole; j += TLanes.Count)
                Combine<TLanes, TVector>(x + j, y + j, beta, z + j);
            if (whole == scores.Length)
                return;

            // The rest goes through a padded vector, so that an element's bits do not depend on where the range ends.
            var rest = scores.Length - whole;
            var padded = stackalloc float[2 * TLanes.Count];
            logits[whole..].CopyTo(new Span<float>(padded, rest));
            similarities[whole..].CopyTo(new Span<float>(padded + TLanes.Count, rest));
            Combine<TLanes, TVector>(padded, padded + TLanes.Count, beta, padded);
            new Span<float>(padded, rest).CopyTo(scores[whole..]);
        }
    }

    private static unsafe void Combine<TLanes, TVector>(float* logits, float* similarities, float beta, float* scores)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var logit = TLanes.Load(logits);
        var lowest = TLanes.Broadcast(float.NegativeInfinity);
        var score = TLanes.MultiplyAdd(
            TLanes.Broadcast(beta),
            VectorMath.Sigmoid<TLanes, TVector>(logit),
            TLanes.Multiply(TLanes.Broadcast(1 - beta), VectorMath.Sigmoid<TLanes, TVector>(TLanes.Load(similarities))));
        TLanes.Store(TLanes.WhereEqual(logit, lowest, lowest, score), scores);
    }
}
