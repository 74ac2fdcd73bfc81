namespace LightDxml.Kernels.Tests;

/// <summary>Checks a gradient against central differences of the loss in double precision.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-4;

    public static void Check(Func<double[], double> loss, ReadOnlySpan<float> at, ReadOnlySpan<float> gradient, double tolerance = 2e-5)
    {
        double[] x = [.. at.ToArray().Select(value => (double)value)];
        for (var i = 0; i < x.Length; i++)
        {
            var center = x[i];
            x[i] = center + Step;
            var above = loss(x);
            x[i] = center - Step;
            var below = loss(x);
            x[i] = center;
            var expected = (above - below) / (2 * Step);
            Assert.Equal(expected, gradient[i], tolerance * Math.Max(1, Math.Abs(expected)));
        }
    }
}
