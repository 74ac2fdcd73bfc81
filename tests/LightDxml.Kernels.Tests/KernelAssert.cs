namespace LightDxml.Kernels.Tests;

/// <summary>Comparison of a kernel with its scalar definition.</summary>
internal static class KernelAssert
{
    /// <summary>
    /// Each element within <paramref name="relative"/> of the expected one, relative to the largest expected magnitude or
    /// 1: sums of n products in another order differ by some n · 2⁻²⁴ of the sum of magnitudes.
    /// </summary>
    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double relative = 2e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = 1.0;
        foreach (var value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= relative * scale))
                Assert.Fail($"Element {i} is {actual[i]}, expected {expected[i]} within {relative * scale}.");
        }
    }

    /// <summary>The lengths and dimensions that kernels are tested over: every tail of every vector width.</summary>
    public static IEnumerable<int> Lengths => Enumerable.Range(0, 258);
}
