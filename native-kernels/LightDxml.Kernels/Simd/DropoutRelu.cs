using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    public override void DropoutRelu(
        ReadOnlySpan<float> values, int rows, int dim, int stride, float dropout, uint seed, uint rowKey, Span<float> activations)
    {
        var threshold = DropoutMask.Threshold(dropout);
        var scale = 1 / (1 - dropout);
        var thresholds = Vector512.Create(threshold);
        fixed (float* from = values, to = activations)
        {
            for (var r = 0; r < rows; r++)
            {
                var word = DropoutMask.RowWord(seed, rowKey + (uint)r);
                var source = from + (long)r * stride;
                var target = to + (long)r * stride;
                var c = 0;
                for (; c + Lanes <= dim; c += Lanes)
                {
                    var active = Vector512.Max(Vector512.Load(source + c), Vector512<float>.Zero) * scale;
                    if (threshold > 0)
                    {
                        var hash = Hash(Vector512.Create(word + (uint)c) + Vector512<uint>.Indices);
                        active = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(hash, thresholds).AsSingle(), active, Vector512<float>.Zero);
                    }

                    active.Store(target + c);
                }

                for (; c < dim; c++)
                    target[c] = DropoutMask.Keeps(word, c, threshold) ? MathF.Max(source[c], 0) * scale : 0;
            }
        }
    }

    public override void DropoutReluGradient(
        ReadOnlySpan<float> activations, int rows, int dim, int stride, float dropout, Span<float> gradients)
    {
        var scale = 1 / (1 - dropout);
        fixed (float* active = activations, gradient = gradients)
        {
            for (var r = 0; r < rows; r++)
            {
                var start = (long)r * stride;
                var c = 0;
                for (; c + Lanes <= dim; c += Lanes)
                {
                    var mask = Vector512.GreaterThan(Vector512.Load(active + start + c), Vector512<float>.Zero);
                    var scaled = Vector512.Load(gradient + start + c) * scale;
                    Vector512.ConditionalSelect(mask, scaled, Vector512<float>.Zero).Store(gradient + start + c);
                }

                for (; c < dim; c++)
                    gradient[start + c] = active[start + c] > 0 ? gradient[start + c] * scale : 0;
            }
        }
    }

    /// <summary><see cref="DropoutMask.Hash"/> in every lane.</summary>
    private static Vector512<uint> Hash(Vector512<uint> x)
    {
        x ^= x >>> 16;
        x *= Vector512.Create(DropoutMask.FirstMultiplier);
        x ^= x >>> 15;
        x *= Vector512.Create(DropoutMask.SecondMultiplier);
        return x ^ (x >>> 16);
    }
}
