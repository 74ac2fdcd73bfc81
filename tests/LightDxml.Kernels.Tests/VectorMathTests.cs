using System.Runtime.Intrinsics;

namespace LightDxml.Kernels.Tests;

public class VectorMathTests
{
    /// <summary>Vector widths in bits.</summary>
    public static TheoryData<int> Widths { get; } = [512, 256, 128];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exp_UsefulRange_IsWithinTwoUlp(int bits)
    {
        // 1 ulp is the polynomial's own error bound with fused multiply-adds; one more for processors without them.
        for (var x = -103.9f; x < 88.72f; x += 0.00317f)
            AssertUlp(Math.Exp(x), Exp(bits, x), 2, x);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exp_OutsideTheRange_Saturates(int bits)
    {
        Assert.Equal(0f, Exp(bits, -104.5f));
        Assert.Equal(0f, Exp(bits, float.MinValue));
        Assert.Equal(0f, Exp(bits, float.NegativeInfinity));
        Assert.Equal(float.PositiveInfinity, Exp(bits, 88.73f));
        Assert.Equal(float.PositiveInfinity, Exp(bits, float.PositiveInfinity));
        Assert.True(float.IsNaN(Exp(bits, float.NaN)));
        Assert.Equal(1f, Exp(bits, 0f));
        Assert.Equal(1f, Exp(bits, -float.Epsilon));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sigmoid_UsefulRange_IsWithinThreeUlp(int bits)
    {
        // Two ulp of e^−x, half of the sum and half of the quotient.
        for (var x = -86f; x < 40f; x += 0.00317f)
            AssertUlp(1 / (1 + Math.Exp(-(double)x)), Sigmoid(bits, x), 3, x);
        Assert.Equal(0f, Sigmoid(bits, float.NegativeInfinity));
        Assert.Equal(1f, Sigmoid(bits, float.PositiveInfinity));
        Assert.True(float.IsNaN(Sigmoid(bits, float.NaN)));
    }

    private static float Exp(int bits, float x) => bits switch
    {
        512 => VectorMath.Exp(Vector512.Create(x))[15],
        256 => VectorMath.Exp(Vector256.Create(x))[7],
        _ => VectorMath.Exp(Vector128.Create(x))[3],
    };

    private static float Sigmoid(int bits, float x) => bits switch
    {
        512 => VectorMath.Sigmoid(Vector512.Create(x))[15],
        256 => VectorMath.Sigmoid(Vector256.Create(x))[7],
        _ => VectorMath.Sigmoid(Vector128.Create(x))[3],
    };

    private static void AssertUlp(double expected, float actual, double ulps, float x)
    {
        var nearest = (float)expected;
        var ulp = (double)MathF.BitIncrement(nearest) - nearest;
        Assert.True(Math.Abs(actual - expected) <= ulps * ulp, $"x = {x:R}: {actual:R} is {Math.Abs(actual - expected) / ulp:F2} ulp from {expected:R}.");
    }
}
