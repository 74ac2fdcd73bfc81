using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LightDxml.Kernels.Selection;

namespace LightDxml.Kernels;

internal sealed partial class SimdKernels
{
    /// <summary>Scores that wait at most, and results that the radix sort's buffer holds: 32 KB of stack in all.</summary>
    private const int TopKStackScores = 1024;

    /// <summary>From so many scores on, and up to one in so many asked for, a sample tells which ones need no look.</summary>
    private const int SampledFrom = 8192;
    private const int MostShare = 16;
    private const int SampleScores = 1024;
    private const int LeastMargin = 8;

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
            for (var floor = Floor<TLanes, TVector>(scores, k); ; floor = float.NegativeInfinity)
            {
                var capacity = floor > float.NegativeInfinity ? TopKStackScores : TopKSelection.Capacity(k, TopKStackScores);
                var selection = new TopKSelection(k, bestScores, bestIndices, waiting, capacity, floor);
                selection.Add<TLanes, TVector>(source, scores.Length, 0);
                selection.Finish<TLanes, TVector>(k <= TopKStackScores ? sortBuffer : null);
                if (selection.Kept == k || floor == float.NegativeInfinity)
                    return;
            }
        }
    }

    /// <summary>
    /// A score that somewhat more than k of very many scores reach, by those of a sample: most are then passed over at once. −∞ of fewer scores.
    /// Whoever finds fewer than k above it has to do without.
    /// </summary>
    [SkipLocalsInit]
    private static unsafe float Floor<TLanes, TVector>(ReadOnlySpan<float> scores, int k)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (scores.Length < SampledFrom || k > scores.Length / MostShare)
            return float.NegativeInfinity;
        var sample = stackalloc float[SampleScores];
        var stride = scores.Length / SampleScores;
        for (var i = 0; i < SampleScores; i++)
            sample[i] = scores[i * stride];
        var expected = (int)((long)k * SampleScores / scores.Length);
        var rank = Math.Min(expected + expected / 2 + LeastMargin, SampleScores);
        var best = stackalloc float[SampleScores];
        var rows = stackalloc int[SampleScores];
        var waiting = stackalloc float[2 * (SampleScores + Lanes512.Count)];
        var selection = new TopKSelection(rank, best, rows, waiting, TopKSelection.Capacity(rank, SampleScores));
        selection.Add<TLanes, TVector>(sample, SampleScores, 0);
        selection.Finish<TLanes, TVector>(null);
        return best[rank - 1];
    }
}
