using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace LightDxml.Benchmarks.EndToEnd;

/// <summary>The processor's peak of fused multiply-adds, measured: the ceiling that arithmetic is compared with.</summary>
internal static class ProcessorPeak
{
    private const int Rounds = 20_000_000;

    /// <summary>Vectors that the processor lacks are taken apart in software, and measure nothing.</summary>
    private static bool Wide => Vector512.IsHardwareAccelerated;

    /// <returns>Floating-point operations a second over all threads, the best of five runs.</returns>
    public static double Measure(int threads)
    {
        var best = 0.0;
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            var sums = new float[threads];
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread => sums[thread] = Wide ? Chain512(thread) : Chain256(thread));
            if (sums.Any(float.IsNaN))
                throw new InvalidOperationException("The measured chain must stay finite.");
            best = Math.Max(best, 2.0 * 12 * (Wide ? Vector512<float>.Count : Vector256<float>.Count) * Rounds * threads / watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    /// <summary>Twelve independent chains: enough to fill two pipes of four cycles' latency.</summary>
    private static float Chain512(int seed)
    {
        var x = Vector512.Create(0.999f);
        var y = Vector512.Create(0.001f + seed);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var round = 0; round < Rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    private static float Chain256(int seed)
    {
        var x = Vector256.Create(0.999f);
        var y = Vector256.Create(0.001f + seed);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var round = 0; round < Rounds; round++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
