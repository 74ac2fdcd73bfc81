namespace LightDxml.Kernels;

internal partial class ScalarKernels
{
    public override void Adam(
        ReadOnlySpan<float> gradients, AdamStep step, Span<float> parameters, Span<float> firstMoments, Span<float> secondMoments)
    {
        for (var i = 0; i < gradients.Length; i++)
            AdamElement(gradients[i], step, ref parameters[i], ref firstMoments[i], ref secondMoments[i]);
    }

    private static void AdamElement(float gradient, AdamStep step, ref float parameter, ref float first, ref float second)
    {
        first = step.Beta1 * first + (1 - step.Beta1) * gradient;
        second = step.Beta2 * second + (1 - step.Beta2) * gradient * gradient;
        parameter -= step.Rate * first / (MathF.Sqrt(second) * step.InverseRootCorrection + step.Epsilon);
    }
}
