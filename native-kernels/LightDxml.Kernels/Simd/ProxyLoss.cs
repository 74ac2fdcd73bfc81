using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    public override double ProxyLoss(
        ReadOnlySpan<float> embedding, ReadOnlySpan<int> points, ReadOnlySpan<float> documents, int documentStride,
        int dim, float scale, Span<float> gradient)
    {
        var loss = 0.0;
        gradient[..dim].Clear();
        var vectorEnd = dim - dim % Lanes;
        fixed (float* center = embedding, document = documents, target = gradient)
        {
            foreach (var point in points)
            {
                var row = document + (long)point * documentStride;
                var sums = Vector512<float>.Zero;
                for (var c = 0; c < vectorEnd; c += Lanes)
                {
                    var difference = Vector512.Load(center + c) - Vector512.Load(row + c);
                    sums = Vector512.FusedMultiplyAdd(difference, difference, sums);
                }

                var distance = Vector512.Sum(sums);
                for (var c = vectorEnd; c < dim; c++)
                    distance += (center[c] - row[c]) * (center[c] - row[c]);

                loss += Math.Log(1 + (double)distance);
                var factor = scale * 2 / (1 + distance);
                var factors = Vector512.Create(factor);
                for (var c = 0; c < vectorEnd; c += Lanes)
                {
                    var difference = Vector512.Load(center + c) - Vector512.Load(row + c);
                    Vector512.FusedMultiplyAdd(factors, difference, Vector512.Load(target + c)).Store(target + c);
                }

                for (var c = vectorEnd; c < dim; c++)
                    target[c] += factor * (center[c] - row[c]);
            }
        }

        return loss;
    }
}
