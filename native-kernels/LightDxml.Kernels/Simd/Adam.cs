using System.Runtime.Intrinsics;

namespace LightDxml.Kernels;

internal sealed unsafe partial class SimdKernels
{
    public override void Adam(
        ReadOnlySpan<float> gradients, AdamStep step, Span<float> parameters, Span<float> firstMoments, Span<float> secondMoments)
    {
        fixed (float* gradient = gradients, parameter = parameters, first = firstMoments, second = secondMoments)
            AdamRow(gradient, gradients.Length, step, parameter, first, second);
    }

    private static void AdamRow(float* gradient, int length, AdamStep step, float* parameter, float* first, float* second)
    {
        var beta1 = Vector512.Create(step.Beta1);
        var beta2 = Vector512.Create(step.Beta2);
        var share1 = Vector512.Create(1 - step.Beta1);
        var share2 = Vector512.Create(1 - step.Beta2);
        var rate = Vector512.Create(step.Rate);
        var epsilon = Vector512.Create(step.Epsilon);
        var correction = Vector512.Create(step.InverseRootCorrection);
        var i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            var g = Vector512.Load(gradient + i);
            var m = Vector512.FusedMultiplyAdd(beta1, Vector512.Load(first + i), share1 * g);
            var v = Vector512.FusedMultiplyAdd(beta2, Vector512.Load(second + i), share2 * g * g);
            m.Store(first + i);
            v.Store(second + i);
            var denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), correction, epsilon);
            (Vector512.Load(parameter + i) - rate * m / denominator).Store(parameter + i);
        }

        for (; i < length; i++)
        {
            var g = gradient[i];
            first[i] = MathF.FusedMultiplyAdd(step.Beta1, first[i], (1 - step.Beta1) * g);
            second[i] = MathF.FusedMultiplyAdd(step.Beta2, second[i], (1 - step.Beta2) * g * g);
            parameter[i] -= step.Rate * first[i] / MathF.FusedMultiplyAdd(MathF.Sqrt(second[i]), step.InverseRootCorrection, step.Epsilon);
        }
    }
}
