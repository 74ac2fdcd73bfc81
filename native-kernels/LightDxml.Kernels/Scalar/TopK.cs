using LightDxml.Data;

namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void TopK(ReadOnlySpan<float> scores, Span<int> topIndices, Span<float> topScores)
    {
        var best = new BestRows<float>(topIndices, topScores[..topIndices.Length]);
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsNaN(scores[i]))
                best.Offer(i, scores[i]);
        }
    }
}
