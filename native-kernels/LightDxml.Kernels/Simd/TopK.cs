using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LightDxml.Kernels.Selection;

namespace LightDxml.Kernels;

internal sealed partial class SimdKernels
{
    /// <summary>Scores that wait at most, and results that the radix sort's buffer holds: 32 KB of stack in all.</summary>
    private const int TopKStackScores = 1024;

    public override void TopK(ReadOnlySpan<float> scores, Span<int> topIndices, Span<float> topScores)
    {
        topScores = topScores[..topIndices.Length];
        if (topIndices.IsEmpty)
            return;
        if (VectorBits == 512)
            TopK<Lanes512, Vector512<float>>(scores, topIndices, topScores);
        else if (VectorBits == 256)
            TopK<Lanes256, Vector256<float>>(scores, topIndices, topScores);
        else
            TopK<Lanes128, Vector128<float>>(scores, topIndices, topScores);
    }

    [SkipLocalsInit]
    private static unsafe void TopK<TLanes, TVector>(ReadOnlySpan<float> scores, Span<int> topIndices, Span<float> topScores)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var k = topIndices.Length;
        var waiting = stackalloc float[2 * (TopKStackScores + Lanes512.Count)];
        var sortBuffer = stackalloc ulong[2 * TopKStackScores];
        fixed (float* source = scores, bestScores = topScores)
        fixed (int* bestIndices = topIndices)
        {
            var selection = new TopKSelection(k, bestScores, bestIndices, waiting, TopKSelection.Capacity(k, TopKStackScores));
            selection.Add<TLanes, TVector>(source, scores.Length, 0);
            selection.Finish<TLanes, TVector>(k <= TopKStackScores ? sortBuffer : null);
        }
    }
}
